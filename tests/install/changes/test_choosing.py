"""Which elements are meant: by number, all of them, or those that are as an option's value says."""

from __future__ import annotations

import pytest

from tests.install.changes.changing import GUEST, difference, outcome
from virtxml import Document, Domain
from virtxml.install import InstallError, change


@pytest.mark.parametrize("selector", ["", "1", "-2", "target=vda", "/srv/shop.qcow2", "driver.type=qcow2", "type=file"])
def test_the_first_disk_is_meant_by(selector: str) -> None:
    added = difference(f"--edit {selector} --disk serial=S1")
    assert added == ["+<serial>S1</serial>"]
    text = outcome(f"--edit {selector} --disk serial=S1")[0].to_text()
    assert text.index("S1") < text.index("vdb")


@pytest.mark.parametrize("selector", ["all", "bus=virtio", "device=disk", "readonly=no", "target.bus=virtio,serial="])
def test_all_disks_are_meant_by(selector: str) -> None:
    assert difference(f"--edit {selector} --disk serial=S1") == ["+<serial>S1</serial>"] * 2


@pytest.mark.parametrize("selector", ["mac=52:54:00:aa:00:01", "mac=52:54:00:AA:00:01", "default", "network=default"])
def test_an_interface_is_known_by_its_address_in_any_case_and_by_its_network(selector: str) -> None:
    assert difference(f"--edit {selector} --network link_state=down") == ['+<link state="down"/>']


def test_an_element_is_chosen_by_what_another_form_of_it_would_drop() -> None:
    assert difference("--remove-device --graphics port=-1")[0] == '-<graphics type="vnc" port="-1" autoport="yes">'


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        ("--edit 3 --disk cache=none", "only 2 elements of --disk"),
        ("--edit -3 --disk cache=none", "only 2 elements"),
        ("--edit 2 --cpu host-passthrough", "only 1 element of --cpu"),
        ("--edit 0 --disk cache=none", "from 1"),
        ("--edit --hostdev driver.name=vfio", "no element of --hostdev"),
        ("--edit 1 --hostdev driver.name=vfio", "no element of --hostdev"),
        ("--edit all --hostdev driver.name=vfio", "no element of --hostdev"),
        ("--edit target=vdz --disk cache=none", "is meant by this"),
        ("--edit sparse=no --disk cache=none", "sparse"),
        ("--edit clearxml=yes --disk cache=none", "clearxml"),
        ("--edit xpath0.delete=./x --disk cache=none", "xpath0"),
        ("--edit colour=red --disk cache=none", "colour"),
        ("--remove-device --disk 3", "only 2 elements"),
    ],
)
def test_what_means_nothing_is_an_error_that_says_what_there_is(argv: str, reason: str) -> None:
    document = Document.parse(GUEST, Domain)
    with pytest.raises(InstallError, match=reason):
        change(document.model, argv)
    assert document.changes() == []


def test_a_selector_of_a_device_of_the_host_changes_nothing_itself() -> None:
    source = GUEST.replace(
        "    </devices>",
        '        <hostdev mode="subsystem" type="usb">\n            <source>\n                <vendor id="0x0781"/>\n'
        '                <product id="0x5151"/>\n            </source>\n        </hostdev>\n    </devices>',
    )
    assert difference("--edit 0x0781:0x5151 --hostdev driver.name=vfio", source) == ['+<driver name="vfio"/>']
    assert difference("--remove-device --hostdev 0781:5151", source)[0] == '-<hostdev mode="subsystem" type="usb">'
