"""`--remove-device`: devices go, and what is nothing without them; the rest of the text stays."""

from __future__ import annotations

import pytest

from tests.install.changes.changing import GUEST, SPICE, difference, outcome


def test_a_device_goes_with_its_lines_and_the_comment_above_it_stays() -> None:
    text = outcome("--remove-device --disk 1")[0].to_text()
    start, end = GUEST.index('        <disk type="file"'), GUEST.index('        <disk type="block"')
    assert text == GUEST[:start] + GUEST[end:]


@pytest.mark.parametrize(("said", "count"), [("all", 2), ("usb", 1), ("-1", 1), ("ich9 --sound usb", 1)])
def test_devices_go_that_are_meant_and_the_last_option_counts(said: str, count: int) -> None:
    assert len(difference(f"--remove-device --sound {said}")) == count


def test_the_last_spice_graphics_take_along_what_spice_is_for() -> None:
    text = outcome("--remove-device --graphics spice", SPICE)[0].to_text()
    assert "spice" not in text
    assert "org.qemu.guest_agent.0" in text
    two = outcome("--add-device --graphics spice", SPICE)[0].to_text()
    assert "spicevmc" in outcome("--remove-device --graphics 2", two)[0].to_text()


def test_the_first_serial_port_takes_its_console_along_and_a_console_nothing() -> None:
    assert [line for line in difference("--remove-device --serial 1") if "<target" in line] == [
        '-<target type="serial" port="0"/>'
    ]
    assert "serial" not in "".join(difference("--remove-device --console 2"))
