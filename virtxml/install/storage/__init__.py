"""From where disks come: files, volumes of pools, devices of the host, servers; and volumes that would be made."""

from __future__ import annotations

from ...guests.formats import format_by_name, format_of_file, kind_of_file
from .requests import place_disks
from .urls import is_url, local_path, set_url
from .volumes import NewVolume, format_of, set_path, set_volume

__all__ = [
    "NewVolume",
    "format_by_name",
    "format_of",
    "format_of_file",
    "is_url",
    "kind_of_file",
    "local_path",
    "place_disks",
    "set_path",
    "set_url",
    "set_volume",
]
