from __future__ import annotations

from tests.explain.small import DISK, DOMAIN, OTHER, Document, marked


def test_a_missing_attribute_is_named_with_what_to_add():
    said = DOMAIN.said("VX301", f"{OTHER}/target", missing=("dev",))
    assert said.message == '<target> lacks the attribute "dev"'
    assert said.help == "add dev='…'"
    assert marked(DOMAIN, said) == "<target dev='' bus='ide'/>"


def test_a_missing_attribute_of_few_values_is_named_with_them():
    document = Document("<domain><devices><graphics/></devices></domain>")
    said = document.said("VX301", "devices/graphics", missing=("type",))
    assert said.message == '<graphics> lacks the attribute "type"'
    assert said.help.startswith("add type='…' with ")
    assert '"vnc"' in said.help


def test_a_missing_variant_is_named_with_the_values_that_would_do():
    settings = [(OTHER, "type", ("network",))]
    said = DOMAIN.said("VX301", OTHER, missing=("type",), settings=settings)
    assert (said.message, said.help) == ('<disk> lacks the attribute "type"', "add type='network'")


def test_a_missing_element_is_named_with_its_attributes():
    said = DOMAIN.said("VX302", DISK, missing=("target",))
    assert said.message == "<disk> lacks the element <target>"
    assert said.help == "add <target dev='…'/>"
    assert said.line == 9


def test_a_missing_element_with_text_is_shown_with_room_for_it():
    document = Document("<domain type='kvm'><cpu><numa/></cpu></domain>")
    assert document.said("VX302", ".", missing=("name",)).help == "add <name>…</name>"
    assert document.said("VX302", "cpu/numa", missing=("cell",)).help == "add <cell memory='…'/>"


def test_a_missing_element_with_children_is_shown_with_room_for_them():
    document = Document("<domain type='kvm'><cpu/></domain>")
    assert document.said("VX302", ".", missing=("os",)).help == "add <os>…</os>"


def test_all_elements_of_which_one_is_missing_are_named():
    said = DOMAIN.said("VX302", DISK, missing=("a", "b"))
    assert said.message == "<disk> lacks one of <a>, <b>"
    assert said.help == "add <a> or <b>"
