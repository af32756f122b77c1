"""How many virtual CPUs a machine has room for."""

from __future__ import annotations

import pytest

from tests.guests.making import MODERN, guest
from virtxml.guests.defaults.resources import refuse_vcpus
from virtxml.guests.errors import GuestError
from virtxml.schema.domain import Vcpu


def test_more_cpus_than_the_machine_has_room_for_are_blamed_on_their_number() -> None:
    made = guest(MODERN)
    made.domain.vcpu = Vcpu(value=99999)
    with pytest.raises(GuestError, match="has room for") as caught:
        refuse_vcpus(made)
    assert caught.value.node is made.domain.vcpu
    assert caught.value.field == "value"


def test_numbers_that_the_machine_has_room_for_are_taken() -> None:
    made = guest(MODERN)
    for vcpu in (None, Vcpu(), Vcpu(value=2, current=1)):
        made.domain.vcpu = vcpu
        refuse_vcpus(made)
