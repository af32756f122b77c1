"""Command lines whose documents were recorded from virt-install give the same documents here.

What counts as equal: the same elements, attributes and text, children of one name in the same order. Generated UUIDs
and addresses match any of their form, and the bridge of the machine that recorded matches the network "default".
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.support import shared_dir
from virtxml.cli.commands.install import main

UUID, ANY_UUID = (
    re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
    "00000000-1111-2222-3333-444444444444",
)
MAC, ANY_MAC = re.compile(r"([0-9a-f]{2}:){5}[0-9a-f]{2}", re.IGNORECASE), "00:11:22:33:44:55"
BRIDGE = "testsuitebr0"
BY_THE_HOST = {"location-url", "iso-detect", "unattended", "cloud-init", "host-fs"}
"""What a case needs that a host alone can do: fetch from servers, write images."""
ENVIRONMENT = {"DISPLAY": ":3.4", "HOME": "/tmp"}
"""The environment in which the cases were recorded: graphics of the type SDL lead to it."""


def directory() -> Path | None:
    shared = shared_dir()
    found = shared / "virt-install" if shared is not None else None
    return found if found is not None and (found / "cases.jsonl").is_file() else None


FOUND = directory()
pytestmark = pytest.mark.skipif(FOUND is None, reason="needs recorded cases: ../shared/virt-install, or VIRTXML_SHARED")


def cases(kind: str) -> list[Any]:
    if FOUND is None:
        return []
    lines = (FOUND / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    every = [case for case in map(json.loads, lines) if case["app"] == "virt-install"]
    return [pytest.param(case, id=case["name"] or case["id"]) for case in every if group(case) == kind]


def group(case: dict[str, Any]) -> str:
    if case["kind"] == "compare" and not case["expect_success"]:
        return "invalid"
    by_the_host = case["kind"] == "compare" and BY_THE_HOST & set(case["needs"])
    return "later" if by_the_host else str(case["kind"])


def arguments_of(case: dict[str, Any]) -> list[str]:
    assert FOUND is not None
    argv = list(case["args"])
    for option in ("host", "capabilities", "domcapabilities"):
        if case[option]:
            argv += [f"--{option}", str(FOUND / "host" / case[option])]
    return [*argv, "--connect", case["uri"]] if case["uri"] else argv


def run(case: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    return main(arguments_of(case)), *capsys.readouterr()


def documents(text: str) -> list[etree._Element]:
    return [etree.fromstring(found) for found in re.findall(r"<domain[ >].*?</domain>", text, re.DOTALL)]


def matches(wanted: str | None, got: str | None, uuid: str) -> bool:
    if wanted == ANY_UUID:
        return UUID.fullmatch(got or "") is not None
    if wanted == ANY_MAC:
        return MAC.fullmatch(got or "") is not None
    # A generated UUID may also be a part of something else, such as the name of a console.
    return wanted == got or (wanted is not None and wanted.replace(ANY_UUID, uuid) == got)


def difference(wanted: etree._Element, got: etree._Element, uuid: str, path: str = "") -> str | None:
    path = f"{path}/{wanted.tag}"
    source = wanted.find("source")
    if wanted.tag == "interface" and source is not None and source.get("bridge") == BRIDGE:
        wanted.set("type", "network")
        source.attrib.clear()
        source.set("network", "default")
    for name in sorted({str(name) for element in (wanted, got) for name in element.attrib}):
        if not matches(wanted.get(name), got.get(name), uuid):
            return f"{path}/@{name}: wanted {wanted.get(name)!r}, got {got.get(name)!r}"
    children, own = [[child for child in element if isinstance(child.tag, str)] for element in (wanted, got)]
    text, other = [(element.text or "").strip() for element in (wanted, got)]
    if not children and not own and not matches(text, other, uuid):
        return f"{path}: wanted {text!r}, got {other!r}"
    return different_children(children, own, uuid, path)


def different_children(wanted: list[Any], got: list[Any], uuid: str, path: str) -> str | None:
    by_name: dict[str, list[list[Any]]] = defaultdict(lambda: [[], []])
    for side, children in enumerate((wanted, got)):
        for child in children:
            by_name[child.tag][side].append(child)
    for name, (one, other) in by_name.items():
        if len(one) != len(other):
            return f"{path}/{name}: wanted {len(one)}, got {len(other)}"
        for pair in zip(one, other, strict=True):
            found = difference(*pair, uuid, path)
            if found:
                return found
    return None


@pytest.mark.parametrize("case", cases("compare"))
def test_the_recorded_documents_are_printed(
    case: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    status, out, err = run(case, capsys)
    assert status == 0, err
    wanted, got = documents(case["expected"]), documents(out)
    assert len(got) == len(wanted)
    found = [difference(one, other, other.findtext("uuid") or "") for one, other in zip(wanted, got, strict=True)]
    assert found == [None] * len(wanted)


@pytest.mark.parametrize("case", cases("invalid"))
def test_what_was_refused_is_refused_in_one_line(case: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(case, capsys)
    assert (status, out, len(err.splitlines())) == (2, "", 1)


def test_what_was_accepted_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    statuses = Counter(run(param.values[0], capsys)[0] for param in cases("valid"))
    # One of them counts on a variable of the environment by which virt-install takes any guest without a system.
    assert statuses[2] <= 1
    assert statuses[0] >= 1


@pytest.mark.parametrize("case", cases("later"))
def test_what_only_the_host_can_do_ends_well(case: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(case, capsys)
    assert (status == 0 and not out) or (status == 0 and documents(out)) or (status == 2 and len(err.splitlines()) == 1)
