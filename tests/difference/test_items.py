"""Which items of two lists are the same thing."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from virtxml import Domain, NWFilter, parse
from virtxml.difference import apply, changes
from virtxml.node import Node
from virtxml.schema.domain import Devices, Disk, DiskSource, DiskTarget, Interface

GUEST = """<domain><devices>
<disk><source file='/a'/><target dev='vda' bus='virtio'/></disk>
<disk><source file='/b'/><target dev='vdb' bus='virtio'/></disk>
<disk><source file='/c'/><target dev='vdc' bus='virtio'/></disk>
<controller type='usb' index='0'/><controller type='pci' index='0' model='pci-root'/>
<interface type='network'><mac address='52:54:00:00:00:01'/><source network='one'/></interface>
<interface type='network'><mac address='52:54:00:00:00:02'/><source network='two'/></interface>
<serial type='pty'><target port='0'/></serial><serial type='pty'><target port='1'/></serial>
<graphics type='vnc' port='5900' passwd='hunter2'/>
</devices></domain>"""


def told(change: Callable[[Any], object], text: str = GUEST) -> list[str]:
    """Return the kinds and places of what a change of a guest changes."""
    old = parse(text)
    new = deepcopy(old)
    change(new)
    return [f"{one.kind} {one.path}" for one in changes(old, new)]


def test_the_first_of_two_that_is_gone_is_one_change() -> None:
    assert told(lambda guest: guest.devices.disks.pop(0)) == ["removed devices.disks[0]"]


def test_one_that_is_new_is_told_with_its_place() -> None:
    disk = Disk(target=DiskTarget(dev="vdx"))
    assert told(lambda guest: guest.devices.disks.insert(1, disk)) == ["added devices.disks[1]"]


def test_one_that_is_moved_is_one_change() -> None:
    assert told(lambda guest: guest.devices.disks.append(guest.devices.disks.pop(0))) == ["moved devices.disks[0]"]


def test_what_changes_in_one_is_told_with_both_its_places() -> None:
    old = parse(GUEST)
    assert isinstance(old, Domain)
    new = deepcopy(old)
    assert new.devices is not None
    del new.devices.disks[0]
    assert new.devices.disks[0].source is not None
    new.devices.disks[0].source.file = "/new"
    removed, changed = changes(old, new)
    assert (removed.old_index, removed.new_index, removed.old) == (0, None, old.devices and old.devices.disks[0])
    assert (str(changed.path), str(changed.new_path)) == (
        "devices.disks[1].source.file",
        "devices.disks[0].source.file",
    )
    assert (changed.kind, changed.field, changed.old, changed.new) == ("changed", "file", "/b", "/new")
    assert (changed.path.of(old), changed.new_path.of(new)) == ("/b", "/new")
    assert (changed.owner, changed.new_owner) == (DiskSource(file="/b"), DiskSource(file="/new"))


def replace_the_middle_disk(guest: Any) -> None:
    guest.devices.disks[1] = Disk(
        type="network", device="cdrom", source=DiskSource(name="x"), target=DiskTarget(dev="sdz")
    )


def turn_the_interfaces(guest: Any) -> None:
    guest.devices.interfaces.reverse()
    for interface in guest.devices.interfaces:
        interface.source.network += "x"
        interface.type = "bridge"


def turn_the_controllers(guest: Any) -> None:
    guest.devices.controllers.reverse()
    guest.devices.controllers[1].model = "qemu-xhci"


def name_other_targets_for_the_disks(guest: Any) -> None:
    guest.devices.disks.pop(0)
    guest.devices.disks.append(Disk(source=DiskSource(file="/d"), target=DiskTarget(dev="sdd", bus="scsi")))
    for disk in guest.devices.disks[:2]:
        disk.target.dev = disk.target.dev.replace("v", "s")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (replace_the_middle_disk, ["removed devices.disks[1]", "added devices.disks[1]"]),
        (
            turn_the_interfaces,
            [
                "moved devices.interfaces[1]",
                "changed devices.interfaces[1].type",
                "changed devices.interfaces[1].source.network",
                "changed devices.interfaces[0].type",
                "changed devices.interfaces[0].source.network",
            ],
        ),
        (turn_the_controllers, ["moved devices.controllers[1]", "set devices.controllers[0].model"]),
        (
            name_other_targets_for_the_disks,
            [
                "removed devices.disks[0]",
                "added devices.disks[2]",
                "changed devices.disks[1].target.dev",
                "changed devices.disks[2].target.dev",
            ],
        ),
    ],
)
def test_items_are_met_by_what_they_are(change: Callable[[Any], object], expected: list[str]) -> None:
    assert told(change) == expected


def test_items_whose_origin_is_known_are_met_by_that() -> None:
    old = Devices(disks=[Disk(type="file"), Disk(type="file"), Disk(type="block")])
    lines = {id(item): number for number, item in enumerate(old.disks)}

    def told_of(disks: list[Disk]) -> list[str]:
        found = changes(old, Devices(disks=disks), origin=lambda disk: lines.get(id(disk)))
        return [f"{one.kind} {one.path}" for one in found]

    assert told_of(old.disks[1:]) == ["removed disks[0]"]
    assert told_of([old.disks[2], *old.disks[:2]]) == ["moved disks[2]"]
    # What took the place of another is met as ever.
    assert told_of([Disk(type="file", serial="1"), *old.disks[1:]]) == ["set disks[0].serial"]
    assert [f"{one.kind} {one.path}" for one in changes(old, Devices(disks=old.disks[1:]))] == ["removed disks[1]"]


def test_values_in_a_list_are_met_by_their_place() -> None:
    args = "<domain><os><initarg>a</initarg><initarg>b</initarg><initarg>c</initarg></os></domain>"

    def change(guest: Any) -> None:
        guest.os.initargs[1:] = ["x", "c", "d"]

    assert told(change, args) == ["added os.initargs[3]", "changed os.initargs[1]"]


def test_rules_that_have_no_name_are_met_by_what_is_alike() -> None:
    text = "".join(
        f"<rule action='accept' direction='in' priority='{number}'><tcp dstportstart='{number}'/></rule>"
        for number in range(20)
    )
    old = NWFilter.from_xml(f"<filter name='a'>{text}</filter>")
    new = deepcopy(old)
    new.entries.reverse()
    del new.entries[3]
    new.entries[7].action = "drop"  # type: ignore[union-attr]
    kinds = sorted(one.kind for one in changes(old, new))
    assert kinds == ["changed", *["moved"] * 18, "removed"]


def test_no_secret_is_shown() -> None:
    def shown(value: str | None) -> str:
        old = Domain.from_xml(GUEST)
        new = deepcopy(old)
        new.devices.graphics[0].passwd = value  # type: ignore[union-attr]
        return repr(changes(old, new))

    assert shown("geheim") == "[<Change changed devices.graphics[0].passwd: <hidden> -> <hidden>>]"
    assert shown(None) == "[<Change unset devices.graphics[0].passwd: <hidden> -> None>]"


def test_what_is_written_otherwise_is_told_if_asked_for() -> None:
    pairs = [
        ("<disk><geometry cyls='16'/></disk>", "<disk><geometry cyls='0x10'/></disk>", ["changed geometry.cyls"]),
        ("<disk type='file' a='1'/>", "<disk a='1' type='file'/>", ["order extra"]),
        ("<disk><x/></disk>", "<!-- why --><disk><x/></disk>", ["extra extra"]),
        ("<disk><x><a/></x></disk>", "<disk><x xmlns:v='urn:v'><a/></x></disk>", ["extra extra"]),
    ]
    for one, other, expected in pairs:
        old, new = Disk.from_xml(one), Disk.from_xml(other)
        assert old == new
        assert changes(old, new) == []
        assert [f"{found.kind} {found.path}" for found in changes(old, new, written=True)] == expected


def test_objects_of_two_classes_do_not_become_each_other() -> None:
    with pytest.raises(TypeError, match="a Disk cannot become a Interface"):
        changes(Disk(), Interface())
    with pytest.raises(TypeError, match="a str cannot become a str"):
        changes("a", "b")  # type: ignore[arg-type]


def test_changes_of_another_model_are_refused_and_nothing_is_changed() -> None:
    old, new = Domain.from_xml(GUEST), Domain.from_xml(GUEST)
    new.name = "other"
    new.devices.disks[2].serial = "1"  # type: ignore[union-attr]
    bare = Domain(name="a", devices=Devices())
    with pytest.raises(LookupError, match=r"there is no devices\.disks\[2\] in a Domain"):
        apply(bare, changes(old, new))
    assert bare == Domain(name="a", devices=Devices())


def test_some_of_the_changes_can_be_left_out() -> None:
    old, new = Domain.from_xml(GUEST), Domain.from_xml(GUEST)
    assert old.devices is not None
    assert new.devices is not None
    new.devices.disks = [Disk(target=DiskTarget(dev="vdx")), *new.devices.disks[::-1]]
    del new.devices.disks[2]
    apply(old, [change for change in changes(old, new) if change.kind != "moved"])
    assert [disk.target and disk.target.dev for disk in old.devices.disks] == ["vdx", "vda", "vdc"]


def test_an_object_that_holds_itself_is_compared() -> None:
    from virtxml.schema.domain import DiskBackingStore

    one, other = DiskBackingStore(type="file", index=1), DiskBackingStore(type="file", index=2)
    one.backing_store, other.backing_store = one, other
    assert [str(found.path) for found in changes(one, other)] == ["index"]


def test_objects_nested_as_deep_as_a_document_may_be_are_compared() -> None:
    from virtxml.schema.domain import DiskBackingStore

    one, other = DiskBackingStore(index=1), DiskBackingStore(index=2)
    for _ in range(250):
        one, other = DiskBackingStore(backing_store=one), DiskBackingStore(backing_store=other)
    (found,) = changes(one, other)
    assert str(found.path) == "backing_store." * 250 + "index"


def disks(count: int) -> Devices:
    made = [
        Disk(type="file", source=DiskSource(file=f"/{number}"), target=DiskTarget(dev=f"vd{number}", bus="virtio"))
        for number in range(count)
    ]
    return Devices(disks=made)


def one_gone(devices: Devices) -> None:
    del devices.disks[len(devices.disks) // 3]


def shuffled(devices: Devices) -> None:
    random.Random(1).shuffle(devices.disks)


def without_names(devices: Devices) -> None:
    """Shuffle disks of which each has another target, and none has a key or a value of its own."""
    for disk in devices.disks:
        disk.target, disk.serial = None, disk.source.file if disk.source else None
    shuffled(devices)


def all_new(devices: Devices) -> None:
    for number, disk in enumerate(devices.disks):
        disk.target, disk.source, disk.serial = DiskTarget(dev=f"sd{number}"), None, f"{number}"


def all_the_same(devices: Devices) -> None:
    devices.disks = [Disk(type="block") for _ in devices.disks]


@pytest.mark.parametrize("change", [one_gone, shuffled, without_names, all_new, all_the_same])
def test_time_grows_as_the_lists_do(change: Callable[[Devices], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the comparisons of objects: they are what takes time."""
    counts: list[int] = []
    equal = Node.__eq__

    def counting(self: Node, other: object) -> bool:
        counts[-1] += 1
        return equal(self, other)

    for size in (200, 400):
        old = disks(size)
        new = deepcopy(old)
        change(new)
        counts.append(0)
        with monkeypatch.context() as patch:
            patch.setattr(Node, "__eq__", counting)
            found = changes(old, new)
        apply(old, found)
        assert old == new
    assert counts[1] < 2.2 * counts[0]
