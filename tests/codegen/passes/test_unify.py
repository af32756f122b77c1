"""What several kinds of documents share is one class."""

from __future__ import annotations

from pathlib import Path

from codegen.pipeline import build_models
from tests.codegen.tiny import built, grammar, names, write

COMMON = (
    "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><define name='lid'><element name='lid'><attribute name='a'/>"
    "<optional><ref name='hinge'/></optional></element></define></grammar>"
)
HINGE = "<define name='hinge'><element name='hinge'><attribute name='{}'/></element></define>"


def kind(name: str, definitions: str, content: str = "<ref name='lid'/>") -> str:
    return grammar(f"<element name='{name}'>{content}</element>", f"<include href='common.rng'/>{definitions}")


def test_the_same_lines_of_the_same_file_are_one_class(tmp_path: Path) -> None:
    hinge = HINGE.format("b")
    common = COMMON.replace("</grammar>", f"{hinge}</grammar>")
    write(tmp_path, r1={"box": kind("box", ""), "crate": kind("crate", ""), "common": common})
    found = built(tmp_path, names("box", "crate"))
    assert sorted(found) == ["Box", "Crate", "Lid", "LidHinge"]
    assert sorted(found["Lid"].paths) == ["box/lid", "crate/lid"]
    assert found["Lid"].module == "common.box"


def test_what_differs_further_down_is_not_the_same(tmp_path: Path) -> None:
    write(
        tmp_path,
        r1={"box": kind("box", HINGE.format("b")), "crate": kind("crate", HINGE.format("c")), "common": COMMON},
    )
    found = [model for model in build_models(tmp_path, ["1.0.0"], names("box", "crate")) if model.xml.local == "lid"]
    assert sorted((model.module, model.name) for model in found) == [("box", "Lid"), ("crate", "Lid")]
