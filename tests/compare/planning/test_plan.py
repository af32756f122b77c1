"""What a plan says of documents beside those that libvirt has."""

from __future__ import annotations

import pytest

from tests.compare.planning.documents import DEFINED_GUEST, DEFINED_NETWORK, DISK, GUEST, NETWORK, with_device
from virtxml import Domain, Network, Node, NodeDevice, StorageVolume, parse
from virtxml.compare.planning import Item, Wanted, plan, read_wanted

THERE: list[Node] = [Domain.from_xml(DEFINED_GUEST), Network.from_xml(DEFINED_NETWORK)]


def item_for(text: str, *there: str) -> Item:
    """Return what a plan says of one document beside others, by default those of the guest and the network."""
    (item,) = plan([parse(text)], [parse(one) for one in there] or THERE)
    return item


def told(item: Item) -> list[tuple[str, str, str | None, str | None]]:
    """Return the changes of an item, with what is there and what is wanted."""
    return [(change.kind, change.path, change.actual, change.wanted) for change in item.changes]


@pytest.mark.parametrize("text", [GUEST, DEFINED_GUEST, NETWORK, DEFINED_NETWORK])
def test_what_libvirt_has_added_is_no_change(text: str) -> None:
    item = item_for(text)
    assert (item.outcome, item.changes) == ("same", ())


def test_what_is_not_there_is_missing() -> None:
    item = item_for(GUEST.replace("<name>web<", "<name>mail<"))
    assert (item.kind, item.name, item.outcome) == ("domain", "mail", "missing")


def test_a_changed_attribute_is_told_with_both_values() -> None:
    item = item_for(GUEST.replace("type='raw'", "type='raw' cache='none'"))
    assert item.outcome == "would change"
    assert told(item) == [("missing", "devices/disk[vda]/driver/@cache", None, "none")]
    item = item_for(GUEST.replace("web.img", "mail.img"))
    assert told(item) == [("changed", "devices/disk[vda]/source/@file", "/srv/web.img", "/srv/mail.img")]


def test_a_device_that_somebody_added_is_drift() -> None:
    item = item_for(GUEST, with_device(DEFINED_GUEST, DISK))
    assert [(change.kind, change.path) for change in item.changes] == [("drift", "devices/disk[vdb]")]


def test_a_moved_controller_is_no_change() -> None:
    moved = DEFINED_GUEST.replace("bus='0x02' slot='0x00'", "bus='0x07' slot='0x00'")
    assert moved != DEFINED_GUEST
    assert item_for(GUEST, moved).outcome == "same"


def test_another_number_of_the_same_size_is_no_change() -> None:
    assert item_for(GUEST.replace("unit='GiB'>1<", "unit='MiB'>1024<")).outcome == "same"
    assert item_for(GUEST.replace("unit='GiB'>1<", "unit='GiB'>2<")).outcome == "would change"


def test_a_secret_is_not_shown() -> None:
    item = item_for(GUEST.replace("sesame", "rhubarb"))
    assert [change.path.partition("]")[2] for change in item.changes] == ["/@passwd"]
    assert "rhubarb" not in repr(item)
    assert "sesame" not in repr(item)
    assert item.changes[0].wanted == "<hidden>"


@pytest.mark.parametrize(
    ("old", "new", "ways"),
    [
        ("type='raw'", "type='raw' cache='none'", {"restart"}),
        ("<vcpu>2", "<title>Web</title><vcpu>2", {"live"}),
        ("<os>", "<cputune><shares>500</shares></cputune><os>", {"live"}),
        ("<os>", "<cputune><vcpupin vcpu='0' cpuset='1'/></cputune><os>", {"restart"}),
        ("</devices>", f"{DISK}</devices>", {"live"}),
        ("</devices>", f"{DISK.replace('vdb', 'sdb').replace('virtio', 'sata')}</devices>", {"restart"}),
        ("</devices>", "<sound model='ich6'/></devices>", {"restart"}),
        ("network='lab'", "network='lan'", {"live"}),
        ("<model type='virtio'/>", "<model type='e1000'/>", {"restart"}),
        ("<model type='virtio'/>", "<model type='virtio'/><link state='down'/>", {"live"}),
        ("sesame", "rhubarb", {"live"}),
        ("type='kvm'", "type='kvm'", set()),
    ],
)
def test_it_is_told_what_can_be_done_while_a_guest_runs(old: str, new: str, ways: set[str]) -> None:
    assert item_for(GUEST.replace(old, new)).ways == ways


def test_nothing_is_changed_live_by_other_drivers_than_that_of_qemu() -> None:
    defined = DEFINED_GUEST.replace("type='kvm'", "type='test'")
    assert item_for(with_device(GUEST, DISK).replace("type='kvm'", "type='test'"), defined).ways == {"restart"}


@pytest.mark.parametrize(
    ("old", "new", "ways"),
    [
        ("<dhcp>", "<dhcp><host mac='52:54:00:00:00:01' ip='10.5.0.7'/>", {"live"}),
        ("mode='nat'", "mode='route'", {"restart"}),
        ("<forward", "<portgroup name='a'/><forward", {"live"}),
        ("<forward", "<mtu size='1400'/><forward", {"restart"}),
    ],
)
def test_it_is_told_what_can_be_done_while_a_network_is_up(old: str, new: str, ways: set[str]) -> None:
    assert item_for(NETWORK.replace(old, new)).ways == ways


def test_what_is_in_no_document_is_told_if_asked_for() -> None:
    other = Domain.from_xml(DEFINED_GUEST.replace("<name>web<", "<name>old<").replace("4e4f0ec8", "5e4f0ec8"))
    assert [item.outcome for item in plan([Domain.from_xml(GUEST)], [*THERE, other])] == ["same"]
    items = plan([Domain.from_xml(GUEST)], [*THERE, other], every=True)
    # The network is none of the kinds that there are documents of.
    assert [(item.name, item.outcome) for item in items] == [("web", "same"), ("old", "not wanted")]
    assert items.to_do() == []
    assert [item.name for item in items.to_do(prune=True)] == ["old"]


def test_a_document_with_mistakes_is_refused_and_what_it_is_about_stays() -> None:
    items = plan([Domain.from_xml(GUEST.replace("bus='virtio'", "bus='pigeon'"))], THERE, every=True)
    assert [(item.name, item.outcome) for item in items] == [("web", "refused")]
    assert items[0].findings[0].code == "VX201"
    assert items.refused == [*items]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            GUEST.replace("<memory", "<uuid>4E4F0EC8-2dcb-402e-ba12-d81d524f0d66</uuid><memory").replace(
                ">web<", ">w<"
            ),
            "its UUID 4e4f0ec8-2dcb-402e-ba12-d81d524f0d66 belongs to domain web",
        ),
        (
            GUEST.replace("<memory", "<uuid>00000000-2dcb-402e-ba12-d81d524f0d66</uuid><memory"),
            "there is a domain web with another UUID: 4e4f0ec8-2dcb-402e-ba12-d81d524f0d66",
        ),
    ],
)
def test_a_document_that_says_it_is_two_things_is_refused(text: str, reason: str) -> None:
    assert item_for(text).reasons == (reason,)


def test_the_same_uuid_in_another_form_is_no_change() -> None:
    uuid = "<uuid>4E4F0EC82DCB402EBA12D81D524F0D66</uuid>"
    assert item_for(GUEST.replace("<memory", f"{uuid}<memory")).outcome == "same"


def test_one_thing_is_not_wanted_twice() -> None:
    first, second = plan([Wanted(Domain.from_xml(GUEST), name) for name in ("a.xml", "b.xml")], THERE)
    assert first.outcome == "same"
    assert second.reasons == ("domain web is wanted twice, by a.xml too",)


def test_kinds_that_are_not_planned_say_why() -> None:
    device = NodeDevice.from_xml("<device><name>net_lo</name><capability type='system'/></device>")
    (item,) = plan([Wanted(device, findings=())], THERE)
    assert item.reasons == (
        "<device> cannot be planned: devices of a host are found by it; documents do not make them",
    )


def test_all_documents_of_a_text_are_wanted() -> None:
    wanted = read_wanted(GUEST + NETWORK, "all.xml", libvirt="9.0.0")
    items = plan(wanted, THERE)
    assert [(item.kind, item.source, item.outcome) for item in items] == [
        ("domain", "all.xml", "same"),
        ("network", "all.xml", "same"),
    ]


def test_what_is_no_document_is_refused() -> None:
    (item,) = plan(read_wanted("<domain><name>", "a.xml", libvirt="9.0.0"), THERE)
    assert (item.kind, item.outcome, item.findings[0].code) == ("document", "refused", "VX001")


VOLUME = "<volume><name>a.img</name><capacity unit='MiB'>{}</capacity><target><format type='raw'/></target></volume>"


@pytest.mark.parametrize(("size", "way"), [(10, None), (20, "live"), (5, "never")])
def test_a_volume_only_grows(size: int, way: str | None) -> None:
    there = StorageVolume.from_xml(VOLUME.format(10).replace("<target>", "<allocation>4096</allocation><target>"))
    wanted = StorageVolume.from_xml(VOLUME.format(size).replace("<target>", "<allocation>0</allocation><target>"))
    (item,) = plan([Wanted(wanted, pool="default")], [there])
    assert item.name == "default/a.img"
    assert [change.way for change in item.changes] == ([way] if way else [])


def test_a_volume_of_no_pool_is_refused() -> None:
    (item,) = plan([StorageVolume.from_xml(VOLUME.format(1))], THERE)
    assert item.reasons == ("nobody says in which pool the volume is: the directory of its file does, or --pool",)
    (wanted,) = read_wanted(VOLUME.format(1), "pools/default/a.xml", libvirt="9.0.0")
    assert wanted.pool == "default"
