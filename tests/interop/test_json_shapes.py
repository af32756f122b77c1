"""JSON that is no document of ours is refused when it is read, by the place of what does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xsdata.exceptions import ParserError
from xsdata.formats.dataclass.parsers import DictDecoder
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.serializers import DictEncoder, DictFactory, JsonSerializer

from tests.codec.writing.test_values import REFUSED as REFUSED_IN_XML
from tests.strategies import RELAXED, all_classes, objects
from virtxml import Domain, Extra, Node
from virtxml.content import Comment
from virtxml.interop.xsdata import context
from virtxml.schema.domain import Devices, Disk

CONTEXT = context()

REFUSED = [
    ({"name": True}, "Domain.name: it takes text: True is no value of it"),
    ({"name": ["a"]}, "Domain.name: it takes text: a list is no value of it"),
    ({"name": {}}, "Domain.name: it takes text: a dict is no value of it"),
    ({"name": "a\0"}, "Domain.name: XML cannot hold the character U+0000"),
    ({"id": 1.5}, "Domain.id: it takes an int: a float is no value of it"),
    ({"id": 10**50}, "Domain.id: the number has more than 39 digits"),
    ({"devices": []}, "Domain.devices: it takes Devices: a list is no value of it"),
    ({"devices": {"disks": [{}, None]}}, "Domain.devices.disks[1]: it takes Disk: None is no value of it"),
    ({"devices": {"disks": [{"readonly": 1}]}}, "Domain.devices.disks[0].readonly: it takes True or False: the int 1"),
    ({"devices": {"disks": [{"serial": 1.5}]}}, "Domain.devices.disks[0].serial: it takes text: a float is no value"),
    (
        {"devices": {"disks": [{"driver": {"iommu": 0}}]}},
        "Domain.devices.disks[0].driver.iommu: it takes True",
    ),
    ({"devices": {"disks": [{"address": {"type": "x"}}]}}, "Domain.devices.disks[0].address: Failed to bind object"),
    (
        {"devices": {"disks": [{"address": {"type": "pci", "bus": []}}]}},
        "Domain.devices.disks[0].address.bus: it takes",
    ),
    ({"devices": {"disks": [{"address": {"element": "x"}}]}}, "Domain.devices.disks[0].address: <x> stands where"),
    ({"devices": {"disks": [{"address": {"type": "pci", "unit": 1}}]}}, "Domain.devices.disks[0].address: Unknown"),
    ({"metadata": {"element": "m"}}, "Domain.metadata: <m> stands where <metadata> belongs"),
    ({"metadata": {"element": "metadata", "content": [5]}}, "Domain.metadata.content[0]: an element without a class"),
    ({"metadata": {"element": "metadata", "attributes": 5}}, "Domain.metadata.attributes: it takes texts by name"),
    ({"metadata": {"element": "metadata", "content": [{"element": "1a"}]}}, "Domain.metadata: metadata/1a: not a name"),
    ({"extra": {"order": "x"}}, "Domain.extra.order: it takes a list"),
    ({"extra": {"content": [{"position": True, "text": "x"}]}}, "Domain.extra.content[0]: each element and text"),
    ({"extra": {"attributes": {"1a": "x"}}}, "Domain.extra: not a name"),
    ({"extra": {"before": "x"}}, "Domain.extra: only comments and instructions"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_json_of_another_shape_is_refused_by_its_place(data: Any, message: str) -> None:
    with pytest.raises(ParserError) as caught:
        DictDecoder(context=CONTEXT).decode(data, Domain)
    assert str(caught.value).startswith(message)


def test_keys_that_nothing_is_called_may_be_passed_over_as_xsdata_does() -> None:
    decoder = DictDecoder(context=CONTEXT, config=ParserConfig(fail_on_unknown_properties=False))
    data = {"new": 1, "devices": {"new": {}, "disks": [{"new": [1], "device": "cdrom"}]}}
    assert decoder.decode(data, Domain) == Domain(devices=Devices(disks=[Disk(device="cdrom")]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "x", "yes", "5", "0x5", "\0"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["type", "value", "element", "content", "extra", "name"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Iterate over all places in a JSON value: what holds it, and its key or number."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


@settings(RELAXED)
@given(st.sampled_from(all_classes()).flatmap(objects), st.data())
def test_json_that_is_read_can_be_written(node: Node, data: st.DataObject) -> None:
    found = {"": DictEncoder(context=CONTEXT, dict_factory=DictFactory.FILTER_NONE).encode(node)}
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from([*_places(found)]))
        if holder is not found:
            holder[key] = data.draw(JSON)
    try:
        read = DictDecoder(context=CONTEXT).decode(found[""], type(node))
    except ParserError:
        return
    text = read.to_xml()
    assert type(node).from_xml(text).to_xml() == text


def test_json_is_written_of_what_xml_is_written_of() -> None:
    node: Any = Domain(name=Path("web"), uuid=UUID(int=5), id=5)
    node.devices = Devices(disks=(Disk(serial=12, readonly=True),))
    data = DictEncoder(context=CONTEXT, dict_factory=DictFactory.FILTER_NONE).encode(node)
    assert json.loads(json.dumps(data)) == data
    assert DictDecoder(context=CONTEXT).decode(data, Domain).to_xml() == node.to_xml()


@pytest.mark.parametrize(("node", "said"), REFUSED_IN_XML)
def test_json_is_not_written_of_what_no_xml_is_written_of(node: Node, said: str) -> None:
    # JSON names the class at fault, XML the way to it.
    with pytest.raises(TypeError, match=re.escape(said.rpartition(": ")[2])):
        DictEncoder(context=CONTEXT).encode(node)


def test_a_value_that_json_would_take_and_no_field_does_is_told_by_its_field() -> None:
    wrong: Any = Disk(readonly=0)
    with pytest.raises(TypeError, match=r"^Disk\.readonly takes True or False: the int 0 is no value of it$"):
        JsonSerializer(context=CONTEXT).render(Domain(devices=Devices(disks=[wrong])))


def test_comments_among_unknown_content_come_back_from_json() -> None:
    node = Domain(name="a", extra=Extra(content=[(0, Comment("b")), (1, "c")]))
    data = DictEncoder(context=CONTEXT, dict_factory=DictFactory.FILTER_NONE).encode(node)
    found = DictDecoder(context=CONTEXT).decode(data, Domain)
    assert found.to_xml() == node.to_xml()
    assert "<!--b-->" in found.to_xml()
