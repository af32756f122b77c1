from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from lxml import etree

from tests.mutants.making.interleaves import RNG, joined

HEAD = '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="x">'
TAIL = "</grammar>"


def element(name: str) -> str:
    return f'<element name="{name}"><empty/></element>'


def interleave(*items: str) -> str:
    return f"<interleave>{''.join(items)}</interleave>"


REF_AB, REF_CD, REF_ABCD = (f'<ref name="{name}"/>' for name in ("ab", "cd", "abcd"))
AB = interleave(element("a"), element("b"))
CD = interleave(element("c"), element("d"))

SCHEMAS = {
    "direct": f"{HEAD}{interleave(AB, CD)}</element></start>{TAIL}",
    "references": f"{HEAD}{interleave(REF_AB, REF_CD)}</element></start>"
    f'<define name="ab">{AB}</define><define name="cd">{CD}</define>{TAIL}',
    "a reference in a reference": f"{HEAD}{interleave(REF_ABCD)}</element></start>"
    f'<define name="abcd">{interleave(REF_AB, CD)}</define><define name="ab">{AB}</define>{TAIL}',
    "with an attribute": f"{HEAD}{interleave(REF_AB, CD)}</element></start>"
    f'<define name="ab"><optional><attribute name="id"/></optional>{AB}</define>{TAIL}',
}


def rewritten(directory: Path, text: str) -> etree._Element:
    (directory / "x.rng").write_text(text)
    return joined(directory)["x.rng"].getroot()


@pytest.mark.parametrize("text", SCHEMAS.values(), ids=SCHEMAS)
def test_joined_interleaves_take_their_children_in_any_order(text: str, tmp_path: Path) -> None:
    schema = etree.RelaxNG(etree.fromstring(etree.tostring(rewritten(tmp_path, text))))
    for order in permutations("abcd"):
        assert schema.validate(etree.fromstring(f"<x>{''.join(f'<{name}/>' for name in order)}</x>")), order
    assert not schema.validate(etree.fromstring("<x><a/><b/><c/></x>"))
    assert not schema.validate(etree.fromstring("<x><a/><b/><c/><d/><d/></x>"))


def test_attributes_stay_as_they_were(tmp_path: Path) -> None:
    root = rewritten(tmp_path, SCHEMAS["with an attribute"])
    schema = etree.RelaxNG(etree.fromstring(etree.tostring(root)))
    assert schema.validate(etree.fromstring("<x id='1'><a/><c/><b/><d/></x>"))
    assert not schema.validate(etree.fromstring("<x other='1'><a/><c/><b/><d/></x>"))


@pytest.mark.parametrize(
    "kept",
    [
        f'<define name="ab"><optional>{AB}</optional></define>',
        f'<define name="ab">{element("a")}{AB}</define>',
        f'<define name="ab" combine="choice">{AB}</define><define name="ab" combine="choice">{CD}</define>',
    ],
)
def test_what_means_something_else_stays_a_reference(kept: str, tmp_path: Path) -> None:
    root = rewritten(tmp_path, f"{HEAD}{interleave(REF_AB, CD)}</element></start>{kept}{TAIL}")
    assert [ref.get("name") for ref in root.iter(f"{RNG}ref")] == ["ab"]
