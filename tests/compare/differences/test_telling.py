"""What is told of a difference: its kind, where it is, and from what to what."""

from __future__ import annotations

from copy import deepcopy

import pytest

import virtxml
from virtxml import Domain, Network, NWFilter
from virtxml.compare.differences.normal import normal
from virtxml.compare.meaning import same
from virtxml.schema.domain import Devices, Disk, Interface

GUEST = """<domain><memory unit='GiB'>4</memory><vcpu cpuset='0-3'>4</vcpu><devices>
<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>
<disk type='file'><source file='/b'/><target dev='vdb' bus='virtio'/></disk>
<interface type='network'><mac address='52:54:00:aa:00:01'/><source network='default'/></interface>
<serial type='pty'/><serial type='pty'/>
<graphics type='vnc' passwd='geheim'/>
</devices></domain>"""


def told(change: tuple[str, str], text: str = GUEST) -> list[str]:
    """Return what is told of a guest and another one, in which one text stands in the place of another."""
    assert change[0] in text
    return [str(one) for one in virtxml.diff(Domain.from_xml(text), Domain.from_xml(text.replace(*change, 1)))]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("'vda' bus='virtio'", "'vda' bus='sata'", ["~ devices/disk[vda]/target/@bus: virtio → sata"]),
        ("<memory unit='GiB'>4", "<memory unit='KiB'>4194304", []),
        ("<memory unit='GiB'>4", "<memory unit='KiB'>8", ["~ memory: 4 GiB → 8 KiB"]),
        ("<memory unit='GiB'>4", "<memory unit='MiB'>4", ["~ memory: 4 GiB → 4 MiB"]),
        ("0-3", "0,1,2,3", []),
        ("0-3", "0-2", ["~ vcpu/@cpuset: 0-3 → 0-2"]),
        ("52:54:00:aa", "52:54:0:AA", []),
        (
            "<serial type='pty'/>",
            "<serial type='tcp'/>",
            ["~ devices/serial[1]/@type: pty → tcp"],
        ),
        ("<serial type='pty'/>", "", ["- devices/serial[2]: pty"]),
        (
            "<graphics",
            "<disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vdc'/></disk><graphics",
            ["+ devices/disk[vdc]: block disk /dev/sdb"],
        ),
        ("<memory", "<on_crash>restart</on_crash><memory", ["+ on_crash: restart"]),
        ("<serial type='pty'/>", "<serial type='pty' x='1'/>", ["+ devices/serial[1]/@x: 1"]),
        ("<serial type='pty'/>", "<serial type='pty'><y/></serial>", ["+ devices/serial[1]/y: <y>"]),
        ("<serial type='pty'/>", "<serial type='pty' passwd='geheim'/>", ["+ devices/serial[1]/@passwd: <hidden>"]),
        ("geheim", "hunter2", ["~ devices/graphics[1]/@passwd: <hidden> → <hidden>"]),
        ("dev='vda'", "dev='vdb'", ["~ devices/disk[vda]/target/@dev: vda → vdb"]),
        ("<memory", "<features><acpi/></features><memory", ["+ features: acpi"]),
    ],
)
def test_one_thing_is_told_as_one(before: str, after: str, expected: list[str]) -> None:
    assert told((before, after)) == expected


def test_what_is_not_told_by_a_key_of_its_own_is_told_by_its_place() -> None:
    old = Domain.from_xml(GUEST.replace("vdb", "vda"))
    new = deepcopy(old)
    new.devices.disks[1].serial = "1"  # type: ignore[union-attr]
    (found,) = virtxml.diff(old, new)
    assert (found.kind, found.path, found.old, found.new) == ("added", "devices/disk[2]/serial", None, "1")


def test_a_key_that_changes_is_told_in_both_documents() -> None:
    old, new = Domain.from_xml(GUEST), Domain.from_xml(GUEST.replace("dev='vdb'", "dev='sdb'"))
    (found,) = virtxml.diff(old, new)
    assert (found.path, found.new_path) == ("devices/disk[vdb]/target/@dev", "devices/disk[sdb]/target/@dev")


def test_rules_of_filters_are_told_by_their_own_names() -> None:
    old = NWFilter.from_xml("<filter name='a'><rule action='drop' direction='in'/><filterref filter='b'/></filter>")
    new = NWFilter.from_xml("<filter name='a'><rule action='accept' direction='in'/><filterref filter='b'/></filter>")
    assert str(virtxml.diff(old, new)) == "~ rule[1]/@action: drop → accept"


def test_metadata_and_what_no_schema_knows_is_compared() -> None:
    text = "<network><name>a</name><metadata><x:y xmlns:x='urn:x'>1</x:y></metadata></network>"
    old, new = Network.from_xml(text), Network.from_xml(text.replace(">1<", ">2<"))
    assert str(virtxml.diff(old, new)) == "~ metadata: <metadata> → <metadata>"
    assert not virtxml.diff(old, Network.from_xml(text.replace("x:", "z:").replace("xmlns:x", "xmlns:z")))


def test_comments_and_layout_are_no_difference() -> None:
    old, new = Domain.from_xml(GUEST), Domain.from_xml(GUEST.replace("\n", "\n\n  <!-- a remark -->"))
    assert not virtxml.diff(old, new)
    assert not virtxml.diff(old, new, exact=True)


def test_differences_are_a_sequence_that_is_false_without_any() -> None:
    old = Domain(name="a")
    found = virtxml.diff(old, Domain(name="b", title="t"))
    assert (bool(found), len(found), found[0].new, [one.path for one in found[1:]]) == (True, 2, "b", ["title"])
    assert (str(found), repr(found)) == ("~ name: a → b\n+ title: t", "<Differences: 2>")
    assert repr(found[0]) == "<Difference changed name: a → b>"
    assert not virtxml.diff(old, old)


def test_a_model_is_left_as_it_is_where_differences_are_applied() -> None:
    old, new = Domain.from_xml(GUEST), Domain.from_xml(GUEST.replace("'GiB'>4", "'KiB'>4194304").replace("/b", "/c"))
    made = virtxml.diff(old, new).apply(old)
    assert old == Domain.from_xml(GUEST)
    # What says the same stays as it is written.
    assert made == Domain.from_xml(GUEST.replace("/b", "/c"))
    with pytest.raises(LookupError, match="there is no "):
        virtxml.diff(old, new).apply(Domain())


def test_objects_of_two_classes_cannot_be_compared() -> None:
    with pytest.raises(TypeError, match="a Disk cannot be compared with a Interface"):
        virtxml.diff(Disk(), Interface())


def test_devices_of_libvirts_own_are_left_out() -> None:
    machine = "<os><type arch='x86_64' machine='pc'>hvm</type></os><vcpu"
    emulator = "<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>"
    text = GUEST.replace("<domain>", "<domain type='kvm'>").replace("<devices>", emulator)
    wanted = Domain.from_xml(text.replace("<vcpu", machine))
    actual = deepcopy(wanted)
    assert actual.devices is not None
    more = Devices.from_xml(
        "<devices><controller type='usb' index='0'/><memballoon model='virtio'/><sound model='ich9'/></devices>"
    )
    actual.devices.controllers, actual.devices.memballoon, actual.devices.sounds = (
        more.controllers,
        more.memballoon,
        more.sounds,
    )
    (found,) = virtxml.diff(wanted, actual, ignore_defaults=True)
    assert str(found) == "+ devices/sound[1]: ich9"
    assert len(virtxml.diff(wanted, actual)) == 3
    # Whoever wants a controller does not get the document without one.
    assert "- devices/controller[usb 0]: usb" in str(virtxml.diff(actual, wanted, ignore_defaults=True))


def test_one_form_stands_for_what_is_the_same() -> None:
    other = (
        GUEST.replace("<memory unit='GiB'>4", "<memory unit='MiB'>4096")
        .replace("0-3", "0,1,2,3")
        .replace("52:54:00:aa", "52:54:0:AA")
    )
    old, new = Domain.from_xml(GUEST), Domain.from_xml(other)
    assert normal(old).to_xml() == normal(new).to_xml()
    assert "<memory unit='KiB'>4194304</memory>" in normal(new).to_xml()
    assert same(normal(new), new)
    assert new.to_xml() == Domain.from_xml(other).to_xml()
