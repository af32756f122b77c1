from __future__ import annotations

import pytest

from tests.explain.small import DISK, DOMAIN, OTHER


def test_an_element_that_belongs_elsewhere_is_sent_there():
    said = DOMAIN.said("VX103", "target", holders=("disk", "interface"))
    assert said.message == "<target> does not belong in <domain>"
    assert said.help == "it belongs in <disk> or <interface>"


def test_an_attribute_that_belongs_elsewhere_is_sent_there():
    said = DOMAIN.said("VX104", f"{OTHER}/source", attribute="file", holders=("target",))
    assert said.message == 'attribute "file" does not belong on <source>'
    assert said.help == "it belongs on <target>"


def test_what_is_of_another_variant_says_which():
    settings = [(DISK, "type", ("network",))]
    said = DOMAIN.said("VX105", f"{OTHER}/source", attribute="protocol", settings=settings)
    assert said.message == "attribute \"protocol\" on <source> is not for <disk type='file'>"
    assert said.help == "it goes with type='network'"


def test_an_element_is_not_said_to_be_in_the_variant_twice():
    said = DOMAIN.said("VX105", f"{DISK}/souce", settings=[(DISK, "type", ("block", "dir"))])
    assert said.message == "<souce> is not for <disk type='file'>"
    assert said.help == "it goes with type='block' or type='dir'"


def test_an_attribute_is_not_said_to_be_on_the_variant_twice():
    said = DOMAIN.said("VX105", DISK, attribute="device", settings=[(DISK, "type", ("block",))])
    assert said.message == "attribute \"device\" is not for <disk type='file'>"


def test_a_variant_that_is_not_chosen_is_asked_for():
    settings = [(OTHER, "type", ("network",))]
    said = DOMAIN.said("VX105", f"{OTHER}/source", attribute="protocol", settings=settings)
    assert said.message == "<disk> needs type='network' for attribute \"protocol\" on <source>"
    assert said.help == "add type='network'"


def test_a_sibling_with_the_text_that_would_be_right_is_named():
    said = DOMAIN.said("VX105", "devices", settings=[("memory", "", ("1", "2"))])
    assert said.message == '<devices> in <domain> does not go with <memory> "lots"'
    assert said.help == "it goes with <memory>1</memory> or <memory>2</memory>"


def test_what_excludes_each_other_is_named():
    said = DOMAIN.said("VX105", f"{OTHER}/target", first=f"{OTHER}/source")
    assert said.message == "<target> in <disk> does not go with <source>"
    assert said.help == "remove it or <source>"
    assert [(place.line, place.message) for place in said.related] == [(14, "excludes it")]


@pytest.mark.parametrize("attribute", ["", "file"])
def test_a_conflict_without_a_known_rival_still_names_the_culprit(attribute: str):
    said = DOMAIN.said("VX105", f"{OTHER}/source", attribute=attribute)
    assert (attribute or "<source>") in said.message
    assert "does not go with" in said.message
