"""Fields stand in libvirt's order, as it was decided, else in that of the schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.names import UndecidedError
from tests.codegen.tiny import fields, models

CONTENT = (
    "<element name='c'><text/></element><attribute name='b'/><element name='d'><text/></element>"
    "<attribute name='a'/><element name='e'><text/></element>"
)


def order(directory: Path, *decided: str) -> list[str]:
    tables = {"order": {"box": list(decided)}} if decided else {}
    return list(fields(models(directory, CONTENT, **tables)["Box"]))


def test_attributes_come_first_and_the_rest_as_in_the_schema(tmp_path: Path) -> None:
    assert order(tmp_path) == ["b", "a", "c", "d", "e"]


def test_a_decided_order_wins(tmp_path: Path) -> None:
    assert order(tmp_path, "@a", "@b", "e", "d", "c") == ["a", "b", "e", "d", "c"]


def test_what_is_not_decided_stays_behind_what_it_followed(tmp_path: Path) -> None:
    assert order(tmp_path, "d", "c") == ["b", "a", "d", "e", "c"]


def test_an_order_of_what_is_not_there_stops_the_generator(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match='of "box" names what is not there: z'):
        order(tmp_path, "d", "z")
