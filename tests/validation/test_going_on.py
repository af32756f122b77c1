"""What goes on where the schema has judged: when it is asked, and with what."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import virtxml
import virtxml.lint
from virtxml.diagnostics.diagnostic import Diagnostic
from virtxml.validation import Validator

NETWORK = "<network><name>lab</name></network>"
STATUS = f"<networkstatus><class_id bitmap='0-2'/>{NETWORK}</networkstatus>"


class Further:
    """Remembers what it was asked, and adds a finding to each document that can be read."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, type, list[str], bool]] = []

    def __call__(self, root: Any, source: Any, told: list[Diagnostic], *, whole: bool) -> list[Diagnostic]:
        name = "" if root is None else root.tag
        self.asked.append((name, type(source), [one.code for one in told], whole))
        return told if root is None else [*told, Diagnostic(code="VX999", message="more", line=1, column=1)]


def judged(source: Any, **options: Any) -> tuple[list[str], list[tuple[str, str, list[str], bool]]]:
    further = Further()
    found = Validator(then=further, **options).validate(source)
    return [one.code for one in found], [
        (name, kind.__name__, told, whole) for name, kind, told, whole in further.asked
    ]


def test_it_is_asked_about_each_document_with_its_text() -> None:
    assert judged(NETWORK) == (["VX999"], [("network", "str", [], True)])
    assert judged(NETWORK.encode()) == (["VX999"], [("network", "bytes", [], True)])
    assert judged(NETWORK + NETWORK) == (["VX999"] * 2, [("network", "str", [], True)] * 2)
    assert judged(STATUS) == (["VX999"], [("network", "Reading", [], True)])
    assert judged(f"<nodes>{NETWORK}{NETWORK}</nodes>")[1] == [("network", "Reading", [], True)] * 2
    assert judged(virtxml.parse(NETWORK)) == (["VX999"], [("network", "NoneType", [], True)])


def test_it_is_told_what_is_wrong_and_what_is_no_document() -> None:
    assert judged(NETWORK.replace("name>", "nmae>"))[1] == [("network", "str", ["VX101"], True)]
    assert judged("<disk><target dev='vda'/></disk>", kind="devices/disk")[1] == [("disk", "str", [], False)]
    assert judged("<disk x='1'/>")[1] == [("disk", "str", ["VX002"], False)]


def test_of_what_is_not_well_formed_it_is_asked_once_and_told_all() -> None:
    found, asked = judged(NETWORK.replace("<name>", "<name x=1>"))
    assert set(found) == {"VX001", "VX102", "VX999"}
    assert asked[0] == ("network", "Reading", ["VX102"], True)
    assert (asked[1][0], set(asked[1][2])) == ("", set(found))
    assert len(asked) == 2


@pytest.mark.parametrize("text", ["", "<", "no"])
def test_of_what_nobody_can_read_it_is_told_that(text: str) -> None:
    found, asked = judged(text)
    assert found == ["VX001"]
    assert asked == [("", "NoneType", ["VX001"], False)]


@pytest.mark.parametrize("source", [NETWORK, STATUS, NETWORK + NETWORK, f"<nodes>{NETWORK}</nodes>"])
def test_a_verdict_is_that_of_the_schema_alone(source: str) -> None:
    further = Further()
    assert Validator(then=further).is_valid(source)
    assert further.asked == []


def test_another_may_go_on_behind_the_same_schemas() -> None:
    first, second = Further(), Further()
    validator = Validator(libvirt="9.0.0", kind="network", then=first)
    other = validator.going_on(second)
    assert [one.code for one in other.validate(NETWORK)] == ["VX999"]
    assert (first.asked, len(second.asked)) == ([], 1)
    assert (other.libvirt, other.kind) == ("9.0.0", "network")
    assert validator.going_on(None).validate(NETWORK) == []


def test_it_goes_along_to_other_processes() -> None:
    validator = pickle.loads(pickle.dumps(Validator(then=virtxml.lint.Linter())))
    assert validator.validate(NETWORK) == []
