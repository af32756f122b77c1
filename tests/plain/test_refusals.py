"""What is no plain data of a document gets one clear error with its place, which repeats no value."""

from __future__ import annotations

from typing import Any

import pytest

from virtxml import Domain, Extra, Network, Node, NWFilter
from virtxml.errors import DataError, VirtXMLError
from virtxml.schema import domain as d

SELF: dict[str, Any] = {}
SELF["backing_store"] = SELF


def refused(cls: type[Node], data: Any) -> str:
    with pytest.raises(DataError) as caught:
        cls.from_dict(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            {"devices": {"disks": [{}, {"targt": {}}]}},
            'devices.disks[1].targt: Disk has no such field: did you mean "target"?',
        ),
        ({"onpoweroff": ""}, 'onpoweroff: Domain has no such field: did you mean "on_poweroff"?'),
        ({"devices": {"disk": []}}, 'devices.disk: Devices has no such field: did you mean "disks"?'),
        ({"qwertzuiop": 1}, "qwertzuiop: Domain has no such field"),
        ({"devices": {"disks": {}}}, "devices.disks: a list is taken here, not an object with keys"),
        ({"devices": []}, "devices: an object with keys is taken here, not a list"),
        ({"name": ["a"]}, "name: text is taken here, not a list"),
        ({"name": True}, "name: text is taken here, not true: write it in quotes"),
        ({"name": 1.5}, "name: text is taken here, not a number with a fraction: write it in quotes"),
        ({"name": None}, "name: text is taken here, not null: leave the key out for what is not there"),
        (
            {"memory": {"value": 1e3}},
            "memory.value: a whole number or text is taken here, not a number with a fraction: write it in quotes",
        ),
        ({"memory": {"value": 10**50}}, "memory.value: the number has more digits than any of libvirt's"),
        (
            {"memory": {"dump_core": 1}},
            "memory.dump_core: true, false or text is taken here, not a number",
        ),
        (
            {"features": {"acpi": {}}},
            "features.acpi: true or false is taken here, not an object with keys: "
            "this element holds nothing, and is there or not",
        ),
        (
            {"devices": {"memballoon": True}},
            "devices.memballoon: an object with keys is taken here, not true: {} stands for an empty element",
        ),
        (
            {"devices": {"disks": [{"address": {"bus": 1}}]}},
            'devices.disks[0].address: "type" has to tell what it is: ccid, ccw, dimm, drive, isa, pci, …',
        ),
        ({True: "x"}, "a key is text, not true: write it in quotes"),
        ({"metadata": {"elements": []}}, 'metadata.elements: there is no such key here: did you mean "element"?'),
        ({"metadata": {"content": [{}]}}, 'metadata.content[0]: the key "element" is missing'),
        ({"metadata": {"content": [1.5]}}, "metadata.content[0]: text is taken here, not a number with a fraction"),
        (
            {"metadata": {"text": "a", "content": []}},
            'metadata: "text" is all that is in an element, or "content" is',
        ),
        ({"extra": {"content": [{"element": "a"}]}}, 'extra.content[0]: the key "at" is missing'),
        (
            {"extra": {"content": [{"at": -1, "text": "a"}]}},
            "extra.content[0].at: a number of children is taken here, not a number",
        ),
        ({"extra": {"attributes": []}}, "extra.attributes: texts by names are taken here, not a list"),
        ({"kind": "network"}, "kind: Domain is not of this kind"),
        ({"kind": "domian"}, 'kind: there is no kind of document or element "domian": did you mean "domain"?'),
        ({"kind": 1}, "kind: text is taken here, not a number"),
        ([], "an object with keys is taken, not a list"),
        ("domain", "an object with keys is taken, not text"),
        ({"name": object()}, "name: text is taken here, not a Python object"),
    ],
)
def test_the_error_names_the_place_and_what_is_taken_there(data: Any, message: str) -> None:
    assert refused(Domain, data) == message


def test_the_base_of_all_needs_a_kind() -> None:
    assert refused(Node, {"name": "a"}) == 'the key "kind" has to tell what it is, such as "domain"'
    assert refused(Node, {"kind": "storagepool"}).endswith('did you mean "pool"?')
    assert refused(Node, {"kind": "disk/address"}).startswith('"type" has to tell what it is: ')


def test_an_item_of_several_names_has_one_of_them() -> None:
    assert refused(NWFilter, {"entries": [{}]}) == "entries[0]: an object with one key is taken here: filterref or rule"
    assert refused(NWFilter, {"entries": [{"rulle": {}}]}).startswith(
        'entries[0].rulle: there is no such key here: did you mean "rule"?'
    )
    assert refused(NWFilter, {"entries": [{"rule": 1}]}) == (
        "entries[0].rule: an object with keys is taken here, not a number"
    )


def test_what_holds_itself_is_refused() -> None:
    assert refused(d.Disk, SELF) == "elements are nested more than 256 deep"
    disk = d.Disk(backing_store=d.DiskBackingStore())
    assert disk.backing_store is not None
    disk.backing_store.backing_store = disk.backing_store
    with pytest.raises(ValueError, match="more than 256 deep"):
        disk.to_dict()


def test_the_error_has_the_steps_and_the_reason() -> None:
    with pytest.raises(DataError) as caught:
        Network.from_dict({"ips": [{"dhcps": 1}]})
    assert caught.value.steps == ("ips", 0, "dhcps")
    assert caught.value.place == "ips[0].dhcps"
    assert str(caught.value) == f"{caught.value.place}: {caught.value.reason}"
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, VirtXMLError)


def test_no_value_is_repeated() -> None:
    for data in ({"passwd": ["sesame"]}, {"passwd": {"sesame": 1}}, {"port": ["sesame"]}):
        assert "sesame" not in refused(d.Graphics, {"type": "vnc", **data})


def test_values_that_no_field_takes_are_named_with_their_place() -> None:
    with pytest.raises(TypeError, match=r"^Domain.name takes text: a float is no value of it$"):
        Domain(name=1.5).to_dict()  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^Disk.extra: float is no value of an attribute or element$"):
        d.Disk(extra=Extra(attributes={"a": 1.5})).to_dict()  # type: ignore[dict-item]
    with pytest.raises(TypeError, match=r"^Devices.disks takes a list of Disk: "):
        d.Devices(disks="abc").to_dict()  # type: ignore[arg-type]
