"""The Python type of a value follows from the patterns that it matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.model import ClassModel
from codegen.reading.values import ValueType
from tests.codegen.tiny import models


def values(*words: str) -> str:
    return "<choice>" + "".join(f"<value>{word}</value>" for word in words) + "</choice>"


def pattern(form: str) -> str:
    return f"<data type='string'><param name='pattern'>{form}</param></data>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<text/>", ValueType("str")),
        ("<data type='string'/>", ValueType("str")),
        ("<data type='unsignedInt'/>", ValueType("int")),
        ("<data type='integer'/>", ValueType("int")),
        (pattern("[0-9]+"), ValueType("int")),
        (pattern("(0x)?[0-9a-fA-F]{1,4}"), ValueType("int")),
        (pattern("[0-9]{1,3}[a-z]"), ValueType("str")),
        (values("yes", "no"), ValueType("yes_no")),
        (values("no"), ValueType("yes_no")),
        (values("on", "off"), ValueType("on_off")),
        (values("on", "off", "auto"), ValueType("literal", ("on", "off", "auto"))),
        (values("0", "1"), ValueType("literal", ("0", "1"))),
        ("<choice><data type='int'/><value>auto</value></choice>", ValueType("int_or_literal", ("auto",))),
        ("<choice><data type='int'/><value>-1</value></choice>", ValueType("int")),
        ("<choice><data type='int'/><text/></choice>", ValueType("int_or_str")),
        ("<choice><value>a</value><text/></choice>", ValueType("str")),
        ("<list><value>a</value></list>", ValueType("str")),
        ("<ref name='mode'/>", ValueType("str")),
        ("<empty/>", ValueType("str")),
    ],
)
def test_an_attribute_has_the_type_of_its_values(tmp_path: Path, content: str, expected: ValueType) -> None:
    mode = "<define name='mode'><data type='unsignedInt'/></define>"
    found = models(
        tmp_path, f"<attribute name='a'>{content}</attribute>", mode, types={"mode": "str"} if "mode" in content else {}
    )
    assert _type(found["Box"], "a") == expected


def test_alternatives_of_one_attribute_are_put_together(tmp_path: Path) -> None:
    content = "".join(f"<group><attribute name='a'>{values(word)}</attribute></group>" for word in ("x", "y", "x"))
    assert _type(models(tmp_path, f"<choice>{content}</choice>")["Box"], "a") == ValueType("literal", ("x", "y"))


def test_a_decision_for_one_place_wins(tmp_path: Path) -> None:
    content = "<element name='wwn'><data type='unsignedLong'/></element>"
    found = models(tmp_path, content, value_types={"box/wwn": ValueType("str")})
    assert _type(found["Box"], "wwn") == ValueType("str")


def _type(model: ClassModel, name: str) -> ValueType:
    return next(field.type for field in model.fields if field.name == name)
