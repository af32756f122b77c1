"""Pictures say what is connected with what, in DOT and in SVG, whatever names there are."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support import fixture_documents
from virtxml import Domain, HostInterface, Network, parse
from virtxml.show.pictures.buses import of_buses
from virtxml.show.pictures.dot import dot_of
from virtxml.show.pictures.layout import laid_out
from virtxml.show.pictures.networks import of_networks
from virtxml.show.pictures.picture import Box, Picture
from virtxml.show.pictures.svg import svg_of

STRING = r'"(?:[^"\\]|\\.)*"'
DOT = re.compile(
    rf"graph {STRING} \{{\n  rankdir=LR;\n  node \[shape=box, style=filled, fontname=\"monospace\"\];\n"
    rf"(?:  n\d+ \[label={STRING}, fillcolor={STRING}\];\n)*(?:  n\d+ -- n\d+;\n)*\}}\n"
)
NETWORK = Network.from_xml(
    "<network><name>lan</name><forward mode='nat' dev='eth0'/><bridge name='virbr0'/>"
    "<ip address='192.168.1.1' prefix='24'/></network>"
)
BRIDGE = HostInterface.from_xml(
    "<interface type='bridge' name='br0'><bridge><interface name='eth1'/></bridge></interface>"
)


def guest(name: str, *cards: str) -> Domain:
    """Return a guest with network cards."""
    return Domain.from_xml(f"<domain><name>{name}</name><devices>{''.join(cards)}</devices></domain>")


def connections(picture: Picture) -> set[tuple[str, str]]:
    """Return which boxes are connected, by the first line in them."""
    return {(picture.boxes[one].lines[0], picture.boxes[other].lines[0]) for one, other in picture.lines}


def test_guests_are_on_the_networks_and_bridges_of_their_cards() -> None:
    one = guest("one", "<interface type='network'><source network='lan'/></interface>")
    two = guest(
        "two",
        "<interface type='bridge'><source bridge='br0'/></interface>",
        "<interface type='direct'><source dev='eth1'/></interface>",
        "<interface type='user'/>",
    )
    assert connections(of_networks([two, one, NETWORK, BRIDGE])) == {
        ("eth0", "virbr0"),
        ("virbr0", "lan"),
        ("lan", "one"),
        ("eth1", "br0"),
        ("br0", "two"),
        ("eth1", "two"),
    }


def test_a_network_that_is_not_given_is_shown_all_the_same() -> None:
    lone = guest("one", "<interface type='network'><source network='elsewhere'/></interface>")
    assert connections(of_networks([lone])) == {("elsewhere", "one")}


def test_the_picture_of_buses_has_all_that_is_on_them() -> None:
    web = parse(next(path for path in fixture_documents("domain") if path.stem == "uefi-server").read_bytes(), Domain)
    picture = of_buses(web)
    assert ("02.0 port (bus 1)", "00.0 network card 52:54:00:8a:11:01 (virtio)") in connections(picture)
    assert ("1f.2 controller sata 0", "0:0:0 disk sda (sata cdrom)") in connections(picture)


def test_devices_without_a_place_are_in_the_picture() -> None:
    assert ("not yet placed", "random numbers virtio") in connections(of_buses(guest_with_rng()))


def guest_with_rng() -> Domain:
    """Return a guest with a device that has no address."""
    return Domain.from_xml("<domain type='kvm'><devices><rng model='virtio'/></devices></domain>")


NAMES = st.text(max_size=12)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=8), st.data())
def test_whatever_is_in_names_dot_and_svg_are_well_formed(boxes: list[list[str]], data: st.DataObject) -> None:
    picture = Picture(data.draw(NAMES), [Box(lines, number % 3, "guest") for number, lines in enumerate(boxes)])
    pairs = [(one, other) for one, other in combinations(range(len(boxes)), 2) if one % 3 < other % 3]
    picture.lines = data.draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else []
    assert DOT.fullmatch(dot_of(picture))
    svg = etree.fromstring(svg_of(picture).encode())
    assert len(svg.findall("{*}rect")) == len(boxes)
    assert len(svg.findall("{*}path")) == len(picture.lines)
    assert_apart(picture)


def assert_apart(picture: Picture) -> None:
    """Check that no two boxes overlap, and that no line goes back."""
    layout = laid_out(picture)
    for one, other in combinations(layout.places[: len(picture.boxes)], 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        above = one.y + one.height <= other.y + 0.01 or other.y + other.height <= one.y + 0.01
        assert beside or above
    for way in layout.ways:
        xs = [layout.places[number].x for number in way]
        assert xs == sorted(xs)


@pytest.mark.parametrize("path", fixture_documents("domain"), ids=lambda path: path.stem)
def test_boxes_of_our_guests_do_not_overlap(path: object) -> None:
    assert_apart(of_buses(Domain.read(str(path))))


def test_quotes_and_backslashes_are_escaped_in_dot() -> None:
    picture = Picture('a"b', [Box(["c\\N", '"d"'], 0, "guest")])
    dot = dot_of(picture)
    assert 'graph "a\\"b" {' in dot
    assert 'label="c\\\\N\\n\\"d\\""' in dot


def test_a_line_that_passes_a_column_has_a_way_of_its_own() -> None:
    picture = Picture("", [Box(["a"], 0, ""), Box(["b"], 1, ""), Box(["c"], 2, "")], [(0, 2), (0, 1), (1, 2)])
    layout = laid_out(picture)
    passing = layout.places[layout.ways[0][1]]
    inside = layout.places[1]
    assert passing.x == inside.x
    assert not inside.y <= passing.y <= inside.y + inside.height
