"""Names that nobody else has."""

from __future__ import annotations

import uuid

from virtxml.guests.names import random_uuid, unique_name


def test_a_random_uuid_is_one_of_random_numbers_and_another_each_time() -> None:
    first, second = uuid.UUID(random_uuid()), uuid.UUID(random_uuid())
    assert first != second
    assert (first.version, first.variant) == (4, uuid.RFC_4122)


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    assert unique_name("vm", {"vm1", "vm2"}, start=1, separator="") == "vm3"
    assert unique_name("disk", (), start=2, separator="-", suffix=".qcow2") == "disk-2.qcow2"
