"""Comments and instructions outside the root element stay, as libvirt writes one into each of its own files."""

from __future__ import annotations

import copy
import pickle

import pytest

from virtxml import Domain, Network, parse
from virtxml.cli.commands.format import formatted
from virtxml.content import Extra
from virtxml.interop.xsdata import context

NETWORK = "<network>\n  <name>lab</name>\n</network>\n"
WARNING = "<!--\nWARNING: THIS IS AN AUTO-GENERATED FILE.\n  virsh net-edit lab\n-->\n\n"

BEFORE = [
    WARNING,
    "<!-- a -->\n",
    "<!---->\n",
    "<!-- a --><!-- b -->\n<!-- - -->\n\n",
    "<?xml-model href='x.rng'?>\n",
    "<!-- <a> ?> <? -->\n<?x <!-- --> ?>\n",
]
AFTER = [
    "",
    "<!-- z -->\n",
    "<!-- y --> <?z y?>\n\n<!-- z -->\n",
    "<?y > <? y ?><?z <a/> <!-- ?>\n",
    "<?y <? --> ?>\n<!-- <? -->\n",
]


@pytest.mark.parametrize("before", ["", *BEFORE])
@pytest.mark.parametrize("after", AFTER)
@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-8-sig", "utf-16"])
def test_they_come_back_as_they_were(before: str, after: str, encoding: str | None) -> None:
    text = f"{before}{NETWORK}{after}"
    source = text if encoding is None else text.encode(encoding)
    for node in (parse(source), Network.from_xml(source)):
        assert node.to_xml() == text
        assert node == Network(name="lab")


@pytest.mark.parametrize("before", BEFORE)
def test_the_layout_around_them_is_made_even(before: str) -> None:
    source = f"<?xml version='1.0'?>\r\n\r\n  {before.strip()}\t\r\n  \r\n{NETWORK}\r\n<!-- z -->\r\n\r\n"
    text = parse(source).to_xml()
    assert text == f"{before.strip()}\n\n{NETWORK}<!-- z -->\n"
    assert parse(text).to_xml() == text


def test_copies_have_them() -> None:
    node = parse(WARNING + NETWORK)
    for copied in (copy.copy(node), copy.deepcopy(node), pickle.loads(pickle.dumps(node))):
        assert copied.to_xml() == WARNING + NETWORK


def test_json_has_them() -> None:
    from xsdata.formats.dataclass.parsers import JsonParser
    from xsdata.formats.dataclass.serializers import JsonSerializer

    node = Network.from_xml(WARNING + NETWORK)
    text = JsonSerializer(context=context()).render(node)
    assert JsonParser(context=context()).from_string(text, Network).to_xml() == WARNING + NETWORK


def test_files_with_them_are_formatted() -> None:
    assert formatted((WARNING + NETWORK.replace("  ", "\t")).encode()).decode() == WARNING + NETWORK


@pytest.mark.parametrize("text", ["x", "<a/>", "<!-- -- -->", "<!-- a --->", "<?xml version='1.0'?>", "<!-- a"])
def test_nothing_else_is_written_there(text: str) -> None:
    for place in ("before", "after"):
        extra = Extra()
        setattr(extra, place, text)
        with pytest.raises(ValueError, match="comment"):
            Domain(extra=extra).to_xml()
