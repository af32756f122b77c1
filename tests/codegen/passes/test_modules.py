"""Classes are in the module of their place; in packages, each in one of its own with what it usually has."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.names import UndecidedError
from tests.codegen.tiny import box, files, models, names, write

HINGE = "<element name='hinge'><attribute name='b'/></element>"
LID = f"<optional><element name='lid'><attribute name='a'/>{HINGE}</element></optional>"
KEY = "<optional><element name='key'><attribute name='code'/></element></optional>"
ABOUT = {"box.box": "Boxes.", "box": "Boxes."}


def modules(tmp_path: Path, *usual: str) -> dict[str, str]:
    """Return the modules of the classes of a package with boxes, by their names."""
    found = models(tmp_path, LID + KEY, modules={"box": "box.box"}, modules_about=ABOUT, usual=list(usual))
    return {name: model.module for name, model in found.items()}


def test_a_class_of_a_package_is_a_module(tmp_path: Path) -> None:
    assert modules(tmp_path) == {
        "Box": "box.box",
        "Key": "box.key",
        "Lid": "box.lid",
        "LidHinge": "box.lid_hinge",
    }


@pytest.mark.parametrize(
    ("usual", "together"),
    [
        (["box/key"], ["Box", "Key"]),
        (["box/lid/hinge"], ["Lid", "LidHinge"]),
        (["box/lid", "box/lid/hinge"], ["Box", "Lid", "LidHinge"]),
    ],
)
def test_what_usually_has_a_class_takes_it_along(tmp_path: Path, usual: list[str], together: list[str]) -> None:
    found = modules(tmp_path, *usual)
    (module,) = {found[name] for name in together}
    assert [name for name in found if found[name] == module] == sorted(together)


def test_what_only_one_class_holds_may_be_usual(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match=r'\[usual\] in names.toml has "box", which matches nothing'):
        modules(tmp_path, "box")


def test_a_kind_with_a_single_module_stays_whole(tmp_path: Path) -> None:
    assert {model.module for model in models(tmp_path, LID + KEY).values()} == {"box"}


def test_classes_of_other_modules_are_named_by_their_public_place_and_type_checkers_see_them(tmp_path: Path) -> None:
    write(tmp_path, r1=box(LID + KEY))
    found = files(tmp_path, names(modules={"box": "box.box"}, modules_about=ABOUT, usual=["box/key", "box/lid/hinge"]))
    lines = found["schema/box/box.py"].splitlines()
    assert '    lid: schema.box.Lid | None = element("lid", "schema.box.Lid")' in lines
    assert '    key: Key | None = element("key", Key)' in lines
    assert "from virtxml import schema" in lines
    stub = found["schema/box/__init__.pyi"].splitlines()
    assert "from virtxml.schema.box.lid import Lid as Lid, LidHinge as LidHinge" in stub
