"""Classes are in the module of their place, and branches of packages in modules of their own."""

from __future__ import annotations

from pathlib import Path

from tests.codegen.tiny import box, files, models, names, write

HINGE = "<element name='hinge'><attribute name='b'/></element>"
LID = f"<optional><element name='lid'><attribute name='a'/>{HINGE}</element></optional>"
KEY = "<optional><element name='key'><attribute name='code'/></element></optional>"
ABOUT = {"box.box": "Boxes.", "box": "Boxes."}


def test_a_branch_of_a_package_is_a_module_and_a_single_class_stays(tmp_path: Path) -> None:
    found = models(tmp_path, LID + KEY, modules={"box": "box.box"}, modules_about=ABOUT)
    assert {name: model.module for name, model in found.items()} == {
        "Box": "box.box",
        "Key": "box.box",
        "Lid": "box.lid",
        "LidHinge": "box.lid",
    }


def test_a_kind_with_a_single_module_stays_whole(tmp_path: Path) -> None:
    assert {model.module for model in models(tmp_path, LID + KEY).values()} == {"box"}


def test_classes_of_other_modules_are_named_by_their_public_place_and_type_checkers_see_them(tmp_path: Path) -> None:
    write(tmp_path, r1=box(LID + KEY))
    found = files(tmp_path, names(modules={"box": "box.box"}, modules_about=ABOUT))
    lines = found["schema/box/box.py"].splitlines()
    assert '    lid: schema.box.Lid | None = element("lid", "schema.box.Lid")' in lines
    assert '    key: Key | None = element("key", Key)' in lines
    assert "from virtxml import schema" in lines
    stub = found["schema/box/__init__.pyi"].splitlines()
    assert "from virtxml.schema.box.lid import Lid as Lid, LidHinge as LidHinge" in stub
