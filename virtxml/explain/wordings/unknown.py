"""What to say of names that nothing is known of, or only in another namespace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from virtxml.catalogue import PREFIXES
from virtxml.diagnostics.suggest import did_you_mean, nearest
from virtxml.kinds.recognition import is_around_documents
from virtxml.relaxng.diagnosis.finding import Kind
from virtxml.relaxng.match.patterns import split_name

from ..codes import CODES
from ..message import Message
from ..vocabulary import name_meant
from .names import bracketed, local, prefix_of, quoted, scope_of, setting, tag
from .phrases import (
    as_attributes,
    as_elements,
    inside,
    possible,
    spell_all,
    the_attribute,
)

if TYPE_CHECKING:
    from virtxml.relaxng.diagnosis.finding import Finding

    from ..message import Scene


def unknown_root(finding: Finding, scene: Scene) -> Message:
    """Say that a root element is none of a known document, or not the one that was asked for."""
    plain = split_name(finding.element.tag)[1]
    if plain in finding.expected:
        return replace(wrong_namespace(replace(finding, nearest=(plain,)), scene), code=CODES[Kind.WRONG_NAMESPACE])
    if not scene.kind and is_around_documents(finding.element):
        return Message(
            message=f"{tag(finding.element)} is no document, only around some",
            help="leave it out: a file holds one document, or several one after the other",
        )
    kinds, near = spell_all(finding.expected, finding), spell_all(finding.nearest, finding)
    what = f"is no {bracketed(scene.kind)}" if scene.kind else "is the root of no known kind of document"
    return Message(
        message=f"{tag(finding.element)} {what}",
        help=did_you_mean(*near, show=bracketed) or possible(kinds, bracketed),
        expected=kinds,
        suggestions=near,
    )


def unknown_element(finding: Finding, scene: Scene) -> Message:
    """Say that there is no such element, or none with such content."""
    expected, near = spell_all(finding.expected, finding), spell_all(finding.nearest, finding)
    near = name_meant(local(finding.element), expected) or near
    known = finding.element.tag in finding.expected
    return Message(
        message=f"{inside(finding)} cannot be like this" if known else f"unknown element {inside(finding)}",
        help=did_you_mean(*near, show=bracketed) or as_attributes(finding) or possible(expected, bracketed),
        expected=expected,
        suggestions=near,
    )


def unknown_attribute(finding: Finding, scene: Scene) -> Message:
    """Say that there is no such attribute."""
    expected, near = spell_all(finding.expected, finding), spell_all(finding.nearest, finding)
    near = near or name_meant(finding.attribute, expected)
    more = " more" if len(finding.element.attrib) > 1 else ""
    none = "" if expected else f"{tag(finding.element)} takes no{more} attributes"
    return Message(
        message=f"unknown {the_attribute(finding)}",
        help=did_you_mean(*near, show=quoted) or as_elements(finding) or possible(expected, quoted) or none,
        expected=expected,
        suggestions=near,
    )


def wrong_namespace(finding: Finding, scene: Scene) -> Message:
    """Say which namespace is wanted, and how to write the name with it."""
    is_attribute = bool(finding.attribute)
    here = split_name(finding.attribute or finding.element.tag)[0]
    meant = finding.nearest[0]
    wanted = split_name(meant)[0]
    what = the_attribute(finding) if is_attribute else inside(finding)
    is_in = f"namespace {quoted(here)}" if here else "no namespace"
    should = quoted(wanted) if wanted else "none"
    near = spell_all(finding.nearest, finding)
    return Message(
        message=f"{what} is in {is_in}, but has to be in {should}",
        help=_declaring(meant, near[0], finding),
        expected=spell_all(finding.expected, finding),
        suggestions=near,
    )


def likeliest_first(finding: Finding) -> Finding:
    """Return a finding about a namespace with those at the front that are declared, or resemble the wrong one."""
    spaces = {name: split_name(name)[0] for name in finding.nearest}
    here = split_name(finding.attribute or finding.element.tag)[0]
    scope = scope_of(finding.element)
    alike = nearest(here, spaces.values(), limit=len(spaces)) if here else ()
    usual = list(PREFIXES)

    def rank(name: str) -> tuple[bool, int, int]:
        ns = spaces[name]
        return (
            not scope.knows(ns),
            alike.index(ns) if ns in alike else len(alike),
            usual.index(ns) if ns in usual else len(usual),
        )

    return replace(finding, nearest=tuple(sorted(finding.nearest, key=rank)))


def _declaring(meant: str, name: str, finding: Finding) -> str:
    """Return how to write a name, with the declaration of its prefix if that is missing."""
    element, ns = finding.element, split_name(meant)[0]
    shown = quoted(name) if finding.attribute else bracketed(name)
    if not ns:
        default = "" if finding.attribute else scope_of(element).default
        return f"write {shown} without xmlns={quoted(default)}" if default else f"write {shown}"
    if scope_of(element).knows(ns):
        return f"write {shown}"
    prefix = prefix_of(ns, element)
    if not prefix:
        return f"write {shown} with xmlns={quoted(ns)}"
    root = element.getroottree().getroot()
    return f"write {shown}, and add {setting(f'xmlns:{prefix}', ns)} to {tag(root)}"
