"""What is said of which file: places in files with several documents, what is skipped, which rules are asked."""

from __future__ import annotations

import pytest

from tests.growth import assert_cheap, seconds
from virtxml.lint import Linter, Selection
from virtxml.lint.together import run

UUID = "5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11"
OTHER = "0f9a1d4e-7c58-4f0e-8a38-6a0f3f2b9c22"


def _guest(name: str, uuid: str = "", inside: str = "") -> str:
    said = f"  <uuid>{uuid}</uuid>\n" if uuid else ""
    return (
        f"<domain type='kvm'>\n  <name>{name}</name>\n{said}  <memory>1048576</memory>\n"
        f"  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n{inside}</domain>\n"
    )


def test_the_later_document_is_blamed_and_the_place_of_the_other_is_told() -> None:
    found = run([("a.xml", _guest("a", UUID)), ("b.xml", "\n" + _guest("b", UUID))], Linter())
    ((name, (one,)),) = found.items()
    assert name == "b.xml"
    assert (one.code, one.line, one.column, one.path) == ("VX901", 4, 9, "/domain/uuid")
    assert one.message == 'the guest "a" has this UUID, too'
    assert [(each.line, each.message) for each in one.related] == [(None, "a.xml:3 has it, too")]


@pytest.mark.parametrize("uuid", [UUID, ""])
def test_versions_of_one_guest_may_use_the_same(uuid: str) -> None:
    interface = (
        "  <devices>\n    <interface type='bridge'>\n      <mac address='52:54:00:00:00:01'/>\n"
        "      <source bridge='br0'/>\n    </interface>\n  </devices>\n"
    )
    one = _guest("web", UUID, interface)
    assert run([("a.xml", one), ("b.xml", _guest("web", uuid, interface))], Linter()) == {}
    assert list(run([("a.xml", one), ("b.xml", _guest("db", "", interface))], Linter())) == ["b.xml"]


def test_several_documents_of_one_file_are_told_apart() -> None:
    text = _guest("a") + _guest("b", UUID) + _guest("c", UUID)
    ((name, (one,)),) = run([("all.xml", text)], Linter()).items()
    assert (name, one.line, one.path) == ("all.xml", 14, "/domain/uuid")
    assert one.related[0].message == "all.xml:8 has it, too"


def test_the_document_in_a_status_file_counts() -> None:
    status = f"<domstatus state='running' reason='booted' pid='1'>\n{_guest('a', UUID)}</domstatus>\n"
    ((name, (one,)),) = run([("status.xml", status), ("b.xml", _guest("b", UUID))], Linter()).items()
    assert (name, one.related[0].message) == ("b.xml", "status.xml:4 has it, too")


@pytest.mark.parametrize("source", ["", "no XML", "<domain>", "<html/>", b"\xff\xfe\x00", "<domain typ='kvm'/>"])
def test_what_nobody_can_read_is_skipped(source: str | bytes) -> None:
    documents = [("a.xml", _guest("a", UUID)), ("x.xml", source), ("b.xml", _guest("b", UUID))]
    assert list(run(documents, Linter())) == ["b.xml"]


def test_only_the_rules_that_are_wanted_are_asked() -> None:
    documents = [("a.xml", _guest("a", UUID)), ("b.xml", _guest("b", UUID)), ("c.xml", _guest("a", OTHER))]
    codes = {one.code for each in run(documents, Linter(selection=Selection(("VX911",)))).values() for one in each}
    assert codes == {"VX911"}
    assert run(documents, Linter(selection=Selection(ignore=("shared-uuid", "VX911")))) == {}


def test_a_name_that_can_harm_a_terminal_is_shown_harmless() -> None:
    ((_, (one,)),) = run([("a\x1b.xml", _guest("a", UUID)), ("b.xml", _guest("b", UUID))], Linter()).items()
    assert "\x1b" not in one.related[0].message


def test_time_is_linear_in_the_number_of_documents() -> None:
    def took(count: int) -> float:
        documents = [(f"{number}.xml", _guest(f"g{number}", UUID)) for number in range(count)]
        found: list[str] = []
        cost = seconds(lambda: found.extend(run(documents, Linter())))
        assert len(found) == count - 1
        return cost

    assert_cheap(took, 200, 800, at_most=16, trifle=0)
