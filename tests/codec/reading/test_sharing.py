"""Objects share the texts that documents repeat: equal ones, of values that never change."""

from __future__ import annotations

from tests.codec.test_tiers import compiled, using
from virtxml import Domain
from virtxml.schema.domain import DiskDriver, DiskTarget


def test_texts_that_a_field_chooses_among_are_the_same_in_all_objects() -> None:
    with using(compiled()):
        one, other = (DiskTarget.from_xml(f"<target dev='{dev}' bus='virtio'/>") for dev in ("vda", "vdb"))
    assert one.bus is other.bus
    assert (one.dev, other.dev) == ("vda", "vdb")


def test_names_that_repeat_are_the_same_text() -> None:
    with using(compiled()):
        found = [DiskDriver.from_xml(f"<driver name='{name}'/>").name for name in ("qemu", "qemu", "tap", "qemu")]
    assert found == ["qemu", "qemu", "tap", "qemu"]
    assert found[0] is found[1]


def test_texts_that_a_field_does_not_know_stay_what_they_are() -> None:
    with using(compiled()):
        assert Domain.from_xml("<domain type='none-such'/>").type == "none-such"  # type: ignore[comparison-overlap]
