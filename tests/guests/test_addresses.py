"""Addresses of servers as people write them."""

from __future__ import annotations

import pytest

from virtxml.guests.addresses import host_and_port


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("ceph1", "ceph1", None),
        ("ceph1:6789", "ceph1", "6789"),
        ("ceph1:", "ceph1", ""),
        (":6789", "", "6789"),
        ("2001:db8::1", "2001:db8::1", None),
        ("[2001:db8::1]", "2001:db8::1", None),
        ("[2001:db8::1]:6789", "2001:db8::1", "6789"),
        ("[2001:db8::1]:", "2001:db8::1", ""),
    ],
)
def test_a_host_may_have_a_port_and_colons_of_its_own_in_brackets(text: str, host: str, port: str | None) -> None:
    assert host_and_port(text) == (host, port)
