"""Which devices of hosts need a parent."""

from __future__ import annotations

import virtxml
from virtxml.lint import Linter


def _codes(inside: str) -> list[str]:
    return [one.code for one in Linter().run(virtxml.parse(f"<device><name>d</name>{inside}</device>"))]


def test_devices_that_the_host_has_need_no_parent() -> None:
    assert _codes("<capability type='system'><hardware/><firmware/></capability>") == []


def test_an_empty_parent_is_none() -> None:
    assert _codes("<parent/><capability type='mdev'><type id='t'/></capability>") == ["VX871"]
