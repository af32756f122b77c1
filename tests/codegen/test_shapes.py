"""What may stand at one place becomes one class, with all alternatives merged."""

from __future__ import annotations

from pathlib import Path

from tests.codegen.tiny import fields, models

SOURCE = "<element name='source'>{}</element>"


def test_alternatives_of_one_name_are_merged(tmp_path: Path) -> None:
    file = SOURCE.format("<attribute name='file'/>")
    block = SOURCE.format("<attribute name='dev'/><element name='slice'><attribute name='size'/></element>")
    found = models(tmp_path, f"<choice>{file}{block}</choice>")
    assert fields(found["Box"]) == {"source": "class"}
    assert fields(found["Source"]) == {"file": "attribute", "dev": "attribute", "slice": "class"}


def test_the_same_name_side_by_side_is_a_list(tmp_path: Path) -> None:
    key = "<element name='key'><attribute name='a'/></element>"
    assert fields(models(tmp_path, f"<group>{key}{key}</group>")["Box"]) == {"keys": "class*"}


def test_what_may_be_repeated_is_a_list(tmp_path: Path) -> None:
    one = "<oneOrMore><element name='lid'><attribute name='x'/></element></oneOrMore>"
    any_number = "<zeroOrMore><choice><element name='b'><text/></element><empty/></choice></zeroOrMore>"
    single = "<optional><element name='c'><text/></element></optional>"
    assert fields(models(tmp_path, one + any_number + single)["Box"]) == {
        "lids": "class*",
        "bs": "value*",
        "c": "value",
    }


def test_elements_become_what_they_hold(tmp_path: Path) -> None:
    content = (
        "<element name='word'><text/></element><element name='on'><empty/></element>"
        "<element name='part'><attribute name='x'/><text/></element>"
        "<element name='any'><zeroOrMore><ref name='anything'/></zeroOrMore></element>"
    )
    anything = (
        "<define name='anything'><element><anyName/><zeroOrMore><choice><attribute><anyName/></attribute><text/>"
        "<ref name='anything'/></choice></zeroOrMore></element></define>"
    )
    found = models(tmp_path, f"<interleave>{content}</interleave>", anything)
    assert fields(found["Box"]) == {"word": "value", "on": "flag", "part": "class", "any": "any"}
    assert fields(found["Part"]) == {"x": "attribute", "value": "text"}


def test_what_is_not_allowed_is_no_field(tmp_path: Path) -> None:
    gone = "<element name='gone'><notAllowed/></element><attribute name='old'><notAllowed/></attribute>"
    assert fields(models(tmp_path, f"{gone}<attribute name='a'/>")["Box"]) == {"a": "attribute"}


def test_an_element_that_holds_itself_is_one_class(tmp_path: Path) -> None:
    element = "<element name='store'><attribute name='a'/><optional><ref name='store'/></optional></element>"
    store = f"<define name='store'>{element}</define>"
    found = models(tmp_path, "<ref name='store'/>", store)
    assert set(found) == {"Box", "Store"}
    (inner,) = found["Store"].fields[-1].members
    assert inner.target is found["Store"]


class TestUnions:
    CONTENT = (
        "<element name='address'><choice>"
        "<group><attribute name='type'><value>pci</value></attribute><attribute name='bus'/></group>"
        "<group><attribute name='type'><value>usb</value></attribute><attribute name='port'/></group>"
        "</choice><optional><attribute name='both'/></optional></element>"
    )

    def test_variants_have_only_their_own_fields(self, tmp_path: Path) -> None:
        found = models(tmp_path, self.CONTENT, unions={"address": "type"})
        assert set(fields(found["PciAddress"])) == {"type", "bus", "both"}
        assert set(fields(found["UsbAddress"])) == {"type", "port", "both"}
        assert [field.default for field in found["UsbAddress"].fields if field.name == "type"] == ["usb"]

    def test_variants_are_told_apart_across_element_patterns(self, tmp_path: Path) -> None:
        attributes = "<attribute name='type'><value>{0}</value></attribute><attribute name='{0}'/>"
        pattern = f"<element name='address'>{attributes}</element>"
        content = f"<choice>{pattern.format('pci')}{pattern.format('usb')}</choice>"
        found = models(tmp_path, content, unions={"address": "type"})
        assert set(fields(found["PciAddress"])) == {"type", "pci"}

    def test_without_a_decision_there_is_one_class(self, tmp_path: Path) -> None:
        found = models(tmp_path, self.CONTENT)
        assert set(fields(found["Address"])) == {"type", "bus", "port", "both"}
