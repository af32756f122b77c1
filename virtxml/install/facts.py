"""Hosts and operating systems for those who translate: what `virtxml.guests` refuses is told in words of options."""

from __future__ import annotations

from ..guests import hosts, osinfo
from .errors import worded

builtin_host = worded(hosts.builtin_host)
find_os = worded(osinfo.find_os)
read_host = worded(hosts.read_host)
