"""Whatever order the children of an element are in, how often each is there, and what stands between them."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import RELAXED
from virtxml import Domain, Network, Node
from virtxml.schema.domain import Devices, Disk
from virtxml.source.layout import is_layout

PARTS: dict[type[Node], list[str]] = {
    Domain: [
        "<name>a</name>",
        "<name>b</name>",
        "<uuid><x/></uuid>",
        "<vcpu>1</vcpu>",
        "<vcpu current='1'>2</vcpu>",
        "<os/>",
        "<os><boot dev='hd'/></os>",
        "<metadata/>",
        "<metadata>x<a/> <b/></metadata>",
        "<iothreadids/>",
        "<seclabel type='none'/>",
        "<seclabel/>",
        "<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'/>",
    ],
    Network: [
        "<name>a</name>",
        "<bridge/>",
        "<bridge name='b'/>",
        "<forward/>",
        "<ip/>",
        "<ip family='ipv4'/>",
        "<mac/>",
    ],
    Devices: [
        "<disk/>",
        "<disk type='x'/>",
        "<emulator>e</emulator>",
        "<emulator/>",
        "<emulator><a/></emulator>",
        "<vsock/>",
    ],
    Disk: [
        "<readonly/>",
        "<readonly>x</readonly>",
        "<serial>1</serial>",
        "<serial/>",
        "<boot/>",
        "<alias/>",
        "<target/>",
    ],
}
UNKNOWN = [
    "<new/>",
    "<new><b/></new>",
    "<v:new xmlns:v='urn:v'/>",
    "<w:new xmlns:w='urn:v' w:a='1'/>",
    "<new>x<b/> </new>",
]
TEXTS = ["x", " y ", "{% if %}", " ", "\n  ", "&lt;"]
_PIECE = re.compile(r"<([\w:]+)[^<>]*?(?:/>|>(?:.(?!</\1>))*?.?</\1>)|[^<>]+", re.DOTALL)


@st.composite
def sources(draw: st.DrawFn, texts: list[str]) -> tuple[type[Node], list[str]]:
    """Draw a class and the pieces inside an element of it."""
    cls = draw(st.sampled_from(list(PARTS)))
    return cls, draw(st.lists(st.sampled_from(PARTS[cls] + UNKNOWN + texts), max_size=8))


def written(cls: type[Node], pieces: list[str]) -> tuple[Node, str]:
    """Return what is read of an element, and what is written of that: it is the same when it is read again."""
    node = cls.from_xml(f"<{cls.xml_name}>{''.join(pieces)}</{cls.xml_name}>")
    text = node.to_xml()
    again = cls.from_xml(text)
    assert again == node, text
    assert again.to_xml() == text
    return node, text


def names(text: str) -> list[str]:
    """Return the names of the children of an element in their order, and the stray texts between them."""
    inside = text[text.index(">") + 1 : text.rindex("</")] if "</" in text else ""
    found: list[str] = []
    for match in _PIECE.finditer(inside):
        if match[1]:
            found.append(match[1].rpartition(":")[2])
        elif not is_layout(match[0]):
            if found and found[-1][:1] == "=":
                found[-1] += match[0].strip()
            else:
                found.append(f"={match[0].strip()}")
    return found


def said(found: list[str]) -> str:
    """Return the texts among names, without white space: two are one when what was between them is gone."""
    return "".join("".join(name[1:].split()) for name in found if name[:1] == "=")


@RELAXED
@given(sources([]))
@example((Disk, ["<readonly>x</readonly>", "<boot/>", "<readonly/>", "<serial>1</serial>"]))
@example((Domain, ["<vcpu>1</vcpu>", "<os/>", "<os><boot dev='hd'/></os>", "<new/>", "<name>a</name>"]))
def test_what_is_written_says_the_same(drawn: tuple[type[Node], list[str]]) -> None:
    cls, pieces = drawn
    _, text = written(cls, pieces)
    assert sorted(names(text)) == sorted(names(f"<x>{''.join(pieces)}</x>"))


@RELAXED
@given(sources(TEXTS))
@example((Network, ["<name>a</name>", "{% if %}", "<bridge/>", "{% if %}", "<forward/>"]))
def test_nothing_is_moved_across_text(drawn: tuple[type[Node], list[str]]) -> None:
    cls, pieces = drawn
    _, text = written(cls, pieces)
    before, after = names(f"<x>{''.join(pieces)}</x>"), names(text)
    if any(name[:1] == "=" for name in before):
        assert after == before
    else:
        assert sorted(after) == sorted(before)


@RELAXED
@given(sources(TEXTS), st.data())
def test_edits_move_nothing_across_text(drawn: tuple[type[Node], list[str]], data: st.DataObject) -> None:
    cls, pieces = drawn
    _, text = written(cls, pieces)
    node = cls.from_xml(text)
    lists = [name for name, field in node.xml_fields.items() if field.many and getattr(node, name)]
    if not lists:
        return
    chosen = getattr(node, data.draw(st.sampled_from(lists)))
    del chosen[data.draw(st.integers(0, len(chosen) - 1))]
    before, after = names(text), names(node.to_xml())
    assert said(after) == said(before)
    before, after = ([name for name in found if name[:1] != "="] for found in (before, after))
    assert len(after) == len(before) - 1
    rest = iter(before)
    assert all(name in rest for name in after)
    again = cls.from_xml(node.to_xml())
    assert again == node
    assert again.to_xml() == node.to_xml()
