"""What the docstring of a field says."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest

import virtxml.schema
from tests.codegen.tiny import box, built, files, models, names, write

SWITCH = "<attribute name='open'><choice><value>yes</value><value>no</value></choice></attribute>"
MAC = "<attribute name='mac'><ref name='macAddr'/></attribute>"
MAC_FORM = (
    "<define name='macAddr'><data type='string'>"
    "<param name='pattern'>[a-fA-F0-9]{2}(:[a-fA-F0-9]{2}){5}</param></data></define>"
)


def about(directory: Path, content: str, definitions: str = "") -> list[str]:
    """Return the docstrings of the fields that the content of a `<box>` gives."""
    return [field.about for field in models(directory, content, definitions)["Box"].fields]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SWITCH, "The attribute `open`: true is written `yes`, false `no`."),
        (
            "<attribute name='hue'><choice><value>red</value><value>blue</value></choice></attribute>",
            "The attribute `hue`: `red` or `blue`.",
        ),
        (
            "<attribute name='n'><data type='unsignedByte'/></attribute>",
            "The attribute `n`: a whole number from 0 to 255.",
        ),
        (MAC, "The attribute `mac`: a MAC address (such as `52:54:00:12:34:56`)."),
        ("<text/>", "The text of the element."),
        ("<element name='label'><text/></element>", "The child `<label>`."),
        (
            "<element name='size'><data type='positiveInteger'/></element>",
            "The child `<size>`: a whole number of at least 1.",
        ),
        ("<zeroOrMore><element name='key'><attribute name='a'/></element></zeroOrMore>", "The children `<key>`."),
        ("<optional><element name='shut'><empty/></element></optional>", "Whether there is `<shut>`."),
    ],
)
def test_a_field_says_what_it_is_and_which_values_it_has(tmp_path: Path, content: str, said: str) -> None:
    definitions = MAC_FORM if "macAddr" in content else ""
    anchor = "" if "<attribute" in content else "<attribute name='anchor'/>"
    assert f"{said} Since libvirt 1.0.0 or earlier." in about(tmp_path, anchor + content, definitions)


def test_a_field_says_between_which_releases_it_came(tmp_path: Path) -> None:
    write(tmp_path, r1=box("<attribute name='a'/>"), r2=box("<attribute name='a'/><attribute name='b'/>"))
    first, second = built(tmp_path, names())["Box"].fields
    assert first.about == "The attribute `a`. Since libvirt 1.0.0 or earlier."
    assert second.about == "The attribute `b`. Since libvirt 2.0.0 or earlier, after 1.0.0."


def test_signs_that_end_a_string_are_written_so_that_they_do_not(tmp_path: Path) -> None:
    value = '\\"""'
    write(tmp_path, r1=box(f"<attribute name='a'><choice><value>{value}</value><value>b</value></choice></attribute>"))
    tree = ast.parse(files(tmp_path, names())["schema/box.py"])
    said = [
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ]
    assert f"The attribute `a`: `{value}` or `b`. Since libvirt 1.0.0 or earlier." in said


def test_every_field_of_every_class_has_a_docstring() -> None:
    (package,) = virtxml.schema.__path__
    classes = [
        (path.name, node)
        for path in sorted(Path(package).rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert len(classes) > 700
    for file, node in classes:
        for statement, follower in zip(node.body, [*node.body[1:], None], strict=True):
            if isinstance(statement, ast.AnnAssign):
                documented = isinstance(follower, ast.Expr) and isinstance(follower.value, ast.Constant)
                assert documented, f"{file}: {node.name}: {ast.unparse(statement)}"


def said_of(module: str, cls: str) -> dict[str, str]:
    """Return the docstrings of the fields of a class, by their names, each in one line."""
    (package,) = virtxml.schema.__path__
    tree = ast.parse(Path(package, module).read_text(encoding="utf-8"))
    (node,) = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == cls]
    found: dict[str, str] = {}
    for statement, follower in pairwise(node.body):
        if isinstance(statement, ast.AnnAssign) and isinstance(follower, ast.Expr):
            found[ast.unparse(statement.target)] = " ".join(str(ast.literal_eval(follower.value)).split())
    return found


def test_examples_of_several_forms_are_told_apart() -> None:
    said = said_of("nwfilter.py", "RuleIgmp")["srcmacaddr"]
    assert said.startswith("The attribute `srcmacaddr`: a variable (such as `$IP`) or a MAC address (such as `52:")


def test_a_size_says_in_which_unit_it_is() -> None:
    said = said_of("storagevol.py", "Capacity")["value"]
    assert "a whole number, in the unit that `unit` names, bytes without one." in said


def test_a_plain_number_has_no_example() -> None:
    said = said_of("domain/disk_geometry.py", "DiskGeometry")
    assert said["heads"].startswith("The attribute `heads`: a whole number. Since")
