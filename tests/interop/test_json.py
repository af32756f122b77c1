"""JSON of xsdata's serializers, as one would write it, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from xsdata.exceptions import ParserError
from xsdata.formats.dataclass.parsers import DictDecoder, JsonParser, XmlParser
from xsdata.formats.dataclass.serializers import DictEncoder, DictFactory, JsonSerializer

from tests.strategies import all_classes
from virtxml import AnyElement, Domain, GuestCPU, Network, Node, NWFilter
from virtxml.interop.xsdata import Handler, context
from virtxml.schema.domain import Disk
from virtxml.schema.nwfilter import Filterref, Rule

CONTEXT = context()


def through_json(node: Node, **options: Any) -> Node:
    """Write an object as JSON with xsdata, and read it back."""
    text = JsonSerializer(context=CONTEXT, **options).render(node)
    return JsonParser(context=CONTEXT).from_string(text, type(node))


def test_every_class_comes_back_from_json_empty() -> None:
    for cls in all_classes():
        assert through_json(cls()) == cls()


def test_json_is_what_one_would_write() -> None:
    node = Domain.from_xml(
        "<domain type='kvm'><name>web</name><memory unit='MiB'>2048</memory>"
        "<os><bootmenu enable='no' timeout='0x10'/></os><devices>"
        "<disk type='file'><target dev='vda'/><readonly/><address type='pci' domain='0x0000' bus='0'/></disk>"
        "<disk><address type='new' a='1'/></disk></devices></domain>"
    )
    assert json.loads(JsonSerializer(context=CONTEXT, dict_factory=DictFactory.FILTER_NONE).render(node)) == {
        "type": "kvm",
        "name": "web",
        "memory": {"unit": "MiB", "value": 2048},
        "os": {"bootmenu": {"enable": False, "timeout": "0x10"}},
        "devices": {
            "disks": [
                {
                    "type": "file",
                    "target": {"dev": "vda"},
                    "readonly": True,
                    "address": {"type": "pci", "domain": "0x0000", "bus": 0},
                },
                {"address": {"element": "address", "attributes": {"type": "new", "a": "1"}}},
            ]
        },
    }


def test_json_shows_what_belongs_to_no_field() -> None:
    node = Domain.from_xml(
        "<domain type='kvm' new='1'><name>n</name><v:x xmlns:v='urn:v' a='1'>t<y/></v:x>stray"
        "<metadata><a>1</a><!--c--></metadata></domain>"
    )
    assert DictEncoder(context=CONTEXT, dict_factory=DictFactory.FILTER_NONE).encode(node) == {
        "type": "kvm",
        "name": "n",
        "metadata": {"element": "metadata", "content": [{"element": "a", "content": ["1"]}, {"comment": "c"}]},
        "extra": {
            "attributes": {"new": "1"},
            "order": ["type", "new"],
            "content": [
                {
                    "position": 1,
                    "element": "v:x",
                    "attributes": {"a": "1"},
                    "namespaces": {"v": "urn:v"},
                    "content": ["t", {"element": "y"}],
                },
                {"position": 2, "text": "stray"},
            ],
        },
    }


def test_unset_fields_of_the_outermost_object_are_null_or_left_out() -> None:
    node = Disk(device="cdrom", readonly=True)
    assert {"device", "readonly", "serial", "transient"} < json.loads(
        JsonSerializer(context=CONTEXT).render(node)
    ).keys()
    assert DictEncoder(context=CONTEXT, dict_factory=DictFactory.FILTER_NONE).encode(node) == {
        "device": "cdrom",
        "readonly": True,
    }


def test_members_of_a_union_are_told_by_their_attribute() -> None:
    def address(**data: Any) -> Any:
        return DictDecoder(context=CONTEXT).decode({"address": data}, Disk).address

    assert type(address(type="drive", bus=1)).__name__ == "DriveAddress"
    assert type(address(bus=1, type="pci")).__name__ == "PciAddress"
    assert address(element="address") == AnyElement("address")
    with pytest.raises(ParserError, match="Failed to bind object"):
        address(bus=1)


def test_empty_elements_of_several_names_keep_their_order() -> None:
    node = NWFilter(entries=[Rule(), Filterref(), Rule()])
    assert through_json(node) == node


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"no_such": 1}, "Unknown property Domain.no_such"),
        ({"devices": "x"}, "Domain.devices: it takes Devices"),
        ({"devices": {"disks": "x"}}, "Domain.devices.disks: it takes a list of Disk"),
        ({"devices": {"disks": {}}}, "Domain.devices.disks: it takes a list of Disk"),
        ({"devices": {"disks": {"type": "file"}}}, "Domain.devices.disks: it takes a list of Disk"),
        ({"devices": {"disks": ["x"]}}, r"Domain.devices.disks\[0\]: it takes Disk"),
        (
            {"devices": {"disks": [{"readonly": "maybe"}]}},
            r"Domain.devices.disks\[0\].readonly: it takes True or False",
        ),
        ({"devices": {"disks": [{"address": "x"}]}}, r"Domain.devices.disks\[0\].address: it takes CcidAddress"),
        (
            {"devices": {"disks": [{"address": {"type": "no such"}}]}},
            r"Domain.devices.disks\[0\].address: Failed to bind object",
        ),
        ({"metadata": {"content": ["x"]}}, "Domain.metadata: an element without a class has a name"),
        (
            {"metadata": {"element": "m", "content": [5]}},
            r"Domain.metadata.content\[0\]: an element without a class has a name",
        ),
        (
            {"metadata": {"element": "m", "content": [{"element": "x", "content": [{"bad": 1}]}]}},
            "Unknown property AnyElement.bad",
        ),
        ({"metadata": {"element": "m", "attributes": {"a": 1}}}, "Domain.metadata.attributes: it takes texts by name"),
        (
            {"extra": {"content": [{"element": "x"}]}},
            r"Domain.extra.content\[0\]: each element and text of 'extra' has its 'position'",
        ),
        (
            {"extra": {"content": [{"position": 1, "text": "x", "element": "y"}]}},
            r"Domain.extra.content\[0\]: an element without a class has no 'text'",
        ),
        ([], "Document is array"),
    ],
    ids=str,
)
def test_json_that_is_no_domain_is_refused(data: Any, said: str) -> None:
    with pytest.raises(ParserError, match=said):
        DictDecoder(context=CONTEXT).decode(data, Domain)


def test_lists_of_objects_come_back_from_json() -> None:
    nodes = [Domain(name="a"), Domain(name="b", id=0)]
    text = JsonSerializer(context=CONTEXT).render(nodes)
    assert JsonParser(context=CONTEXT).from_string(text, list[Domain]) == nodes


def test_the_class_is_found_where_none_is_given() -> None:
    assert XmlParser(context=CONTEXT).from_string("<network><name>n</name></network>") == Network(name="n")
    assert XmlParser(context=CONTEXT, handler=Handler).from_string("<cpu><model>m</model></cpu>") == GuestCPU.from_xml(
        "<cpu><model>m</model></cpu>"
    )
    assert JsonParser(context=CONTEXT).from_string('{"name": "n", "devices": {}}') == Domain.from_xml(
        "<domain><name>n</name><devices/></domain>"
    )
    with pytest.raises(ParserError, match="nope"):
        XmlParser(context=CONTEXT).from_string("<nope/>")
