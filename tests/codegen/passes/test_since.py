"""Classes and fields know the first release whose schema had them."""

from __future__ import annotations

from pathlib import Path

from tests.codegen.tiny import box, built, names, write

LID = "<element name='lid'>{}</element>"
A, B = "<attribute name='a'/>", "<attribute name='b'/>"


def ages(directory: Path, *releases: str, **tables: object) -> dict[str, dict[str, str]]:
    """Return, for each class, its own age under "" and those of its fields; releases are contents of a box."""
    write(directory, **{f"r{index}": box(content) for index, content in enumerate(releases, 1)})
    found = built(directory, names(**tables))
    return {
        name: {"": model.since} | {field.name: field.since for field in model.fields} for name, model in found.items()
    }


def test_what_the_oldest_release_has_says_nothing(tmp_path: Path) -> None:
    assert ages(tmp_path, A, A) == {"Box": {"": "", "a": ""}}


def test_a_field_is_as_old_as_the_first_release_that_has_it(tmp_path: Path) -> None:
    assert ages(tmp_path, A, A + B, A + B) == {"Box": {"": "", "a": "", "b": "2.0.0"}}


def test_a_class_is_as_old_as_its_element(tmp_path: Path) -> None:
    found = ages(tmp_path, A, A + LID.format(A), A + LID.format(A + B))
    assert found["Box"]["lid"] == "2.0.0"
    assert found["Lid"] == {"": "2.0.0", "a": "", "b": "3.0.0"}


def test_what_moved_to_another_definition_is_as_old_as_before(tmp_path: Path) -> None:
    lid = LID.format("<ref name='x'/>")
    definitions = f"<define name='lid'>{lid}</define><define name='x'>{A}</define>"
    write(tmp_path, r1=box(LID.format(A)), r2=box("<ref name='lid'/>", definitions))
    assert built(tmp_path, names())["Lid"].fields[0].since == ""


def test_the_same_name_elsewhere_is_not_the_same_field(tmp_path: Path) -> None:
    case = "<element name='case'>{}</element>"
    found = ages(tmp_path, LID.format(A) + case.format(B), LID.format(A) + case.format(A))
    assert found["Lid"]["a"] == ""
    assert found["Case"]["a"] == "2.0.0"


def test_a_variant_of_a_union_has_its_own_age(tmp_path: Path) -> None:
    variant = (
        "<element name='address'><attribute name='type'><value>{0}</value></attribute><attribute name='{0}'/></element>"
    )
    old = f"<choice>{variant.format('pci')}<empty/></choice>"
    new = f"<choice>{variant.format('pci')}{variant.format('usb')}</choice>"
    found = ages(tmp_path, old, new, unions={"address": "type"})
    assert found["PciAddress"][""] == ""
    assert found["UsbAddress"][""] == "2.0.0"


def test_a_kind_that_an_old_release_lacks_came_later(tmp_path: Path) -> None:
    write(tmp_path, r1={"other": box(A)}, r2=box(A))
    assert built(tmp_path, names())["Box"].since == "2.0.0"


def test_releases_are_sorted_by_number(tmp_path: Path) -> None:
    write(tmp_path, r9=box(A), r10=box(A + B), r11=box(A + B))
    assert built(tmp_path, names())["Box"].fields[1].since == "10.0.0"
