"""What there can be one of, or no more than so many."""

from __future__ import annotations

import pytest

from tests.guests.making import MODERN, guest
from virtxml.guests.clashes import refuse_clashes
from virtxml.guests.errors import GuestError
from virtxml.guests.hardware import UHCI_COMPANIONS
from virtxml.schema.domain import Controller, Disk, DiskTarget, Vcpu


def test_two_disks_of_a_name_clash() -> None:
    made = guest(MODERN)
    made.devices.disks = [Disk(target=DiskTarget(dev=name)) for name in ("vda", "vdb", "vda")]
    with pytest.raises(GuestError, match="another disk has this name") as caught:
        refuse_clashes(made)
    assert caught.value.node is made.devices.disks[2].target
    assert (caught.value.field, caught.value.value) == ("dev", "vda")


def test_two_controllers_of_a_kind_and_number_clash_unless_they_are_companions() -> None:
    made = guest(MODERN)
    made.devices.controllers = [Controller(type=kind, index=0) for kind in ("usb", "scsi")]
    made.devices.controllers += [
        Controller.from_xml(f"<controller model='{one}' index='0'/>") for one in UHCI_COMPANIONS
    ]
    refuse_clashes(made)
    made.devices.controllers.append(Controller(type="scsi", index=0))
    with pytest.raises(GuestError, match="another controller of the type scsi") as caught:
        refuse_clashes(made)
    assert caught.value.node is made.devices.controllers[-1]
    assert caught.value.field == "index"


@pytest.mark.parametrize(("vcpu", "field"), [(Vcpu(value=2, current=3), "current"), (Vcpu(value=99999), "value")])
def test_cpus_that_are_too_many_are_blamed_on_the_number_that_says_it(vcpu: Vcpu, field: str) -> None:
    made = guest(MODERN)
    made.domain.vcpu = vcpu
    with pytest.raises(GuestError, match=r"more CPUs than|has room for") as caught:
        refuse_clashes(made)
    assert caught.value.node is vcpu
    assert caught.value.field == field
