"""Statements that make one object equal to another."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import RELAXED
from tests.xmltext import documents
from virtxml import Domain, Network, Node, NWFilter, parse
from virtxml.python_code.changes import Statements
from virtxml.python_code.expressions import lines
from virtxml.python_code.imports import Imports
from virtxml.python_code.models import ModelWriter

GUEST = f"""<domain><os><initarg>a</initarg>{"<initarg>and then another word</initarg>" * 3}</os><devices>
<disk type='file' device='disk'><source file='/a.qcow2'/><target dev='vda' bus='virtio'/></disk>
<disk type='file' device='disk'><source file='/b.qcow2'/><target dev='vdb' bus='virtio'/></disk>
<disk type='file' device='disk'><source file='/c.qcow2'/><target dev='vdc' bus='virtio'/></disk>
</devices></domain>"""


def statements(old: Node, new: Node) -> list[str]:
    """Return the lines that make an object called `it` another, and check that they do."""
    imports = Imports(type(new).__module__)
    writer = ModelWriter(imports)
    found = Statements(writer).between("it", old, new)
    code = [line for one in found for line in one.lines(writer)]
    before = [line for name, value in writer.statements for line in lines(value, f"{name} = ")]
    names: dict[str, Any] = {"it": deepcopy(old)}
    exec("\n".join([*imports.lines(), *before, *code]), names)  # noqa: S102 - the code is what is tested
    assert names["it"] == new
    assert names["it"].to_xml() == new.to_xml()
    return code


def changed(change: Callable[[Any], object]) -> list[str]:
    """Return the lines that change a guest, without what only tells type checkers that something is there."""
    old = parse(GUEST)
    new = deepcopy(old)
    change(new)
    return [line for line in statements(old, new) if not line.startswith("assert")]


def delete_one_and_change_another(guest: Any) -> None:
    del guest.devices.disks[0]
    guest.devices.disks[1].serial = "7"


def change_one_of_many_words(guest: Any) -> None:
    guest.os.initargs[0] = "new"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda guest: guest.devices.disks.pop(0), ["del it.devices.disks[0]"]),
        (lambda guest: guest.devices.disks.pop(), ["del it.devices.disks[2]"]),
        (
            lambda guest: guest.devices.disks.append(guest.devices.disks.pop(0)),
            ["it.devices.disks.append(it.devices.disks.pop(0))"],
        ),
        (
            lambda guest: guest.devices.disks.insert(0, guest.devices.disks.pop()),
            ["it.devices.disks.insert(0, it.devices.disks.pop(2))"],
        ),
        (delete_one_and_change_another, ["del it.devices.disks[0]", 'it.devices.disks[1].serial = "7"']),
        (change_one_of_many_words, ['it.os.initargs[0] = "new"']),
    ],
)
def test_what_is_kept_is_left_alone(change: Callable[[Any], object], expected: list[str]) -> None:
    assert changed(change) == expected


@pytest.mark.parametrize("cls", [Domain, Network, NWFilter], ids=lambda cls: cls.__name__)
def test_statements_make_any_model_any_other(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=40)
    @given(documents(cls), documents(cls))
    def law(one: str, other: str) -> None:
        statements(cls.from_xml(one), cls.from_xml(other))

    law()


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_statements_make_any_list_any_other(one: list[str], other: list[str]) -> None:
    def network(names: list[str]) -> Network:
        hosts = "".join(f"<host ip='{name}'><hostname>{name * 30}</hostname></host>" for name in names)
        return Network.from_xml(f"<network><dns>{hosts}</dns></network>")

    statements(network(one), network(other))
