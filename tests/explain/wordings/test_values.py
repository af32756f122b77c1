from __future__ import annotations

import pytest

from tests.explain.small import DISK, DOMAIN, OTHER, Document, data, marked, values
from virtxml import Diagnostic, validate


def test_a_wrong_value_gets_the_one_that_was_meant_and_the_possible_ones_nearest_first():
    accepted = values("floppy", "disk", "cdrom", "lun")
    said = DOMAIN.said("VX201", DISK, attribute="device", value="dsk", accepted=accepted, nearest=("disk",))
    assert said.message == 'value "dsk" of attribute "device" on <disk> is not one of the possible values'
    assert said.help == 'did you mean "disk"? possible: "disk", "floppy", "cdrom", "lun"'
    assert said.expected == ("floppy", "disk", "cdrom", "lun")
    assert said.suggestions == ("disk",)
    assert marked(DOMAIN, said) == "dsk"


def test_a_wrong_value_of_an_element_is_what_it_holds():
    said = DOMAIN.said("VX201", "memory", text=0, value="lots", accepted=values("a", "b"))
    assert said.message == '<memory> holds "lots", which is not one of the possible values'
    assert said.help == 'possible: "a", "b"'
    assert marked(DOMAIN, said) == "lots"


def test_a_value_of_the_wrong_form_gets_the_right_one_in_words():
    said = DOMAIN.said("VX202", "memory", text=0, value="lots", accepted=(data("unsignedLong", pattern="[0-9]+"),))
    assert said.message == '<memory> holds "lots", which is not a whole number'


def test_a_form_comes_with_an_example():
    mac = data("string", "uniMacAddr", pattern="[a-fA-F0-9][02468aAcCeE](:[a-fA-F0-9]{2}){5}")
    said = DOMAIN.said("VX202", f"{OTHER}/target", attribute="bus", value="ide", accepted=(mac,))
    assert said.help == 'for example "52:54:00:12:34:56"'
    assert "[" not in said.message + said.help


def test_values_beside_a_form_are_named_with_it():
    accepted = (*values("auto", "none"), data("int", minInclusive="0", maxInclusive="255"))
    said = DOMAIN.said("VX202", f"{OTHER}/target", attribute="bus", value="ide", accepted=accepted)
    assert said.message.endswith('is not "auto", "none" or a whole number from 0 to 255')
    said = DOMAIN.said("VX202", f"{OTHER}/target", attribute="bus", value="atuo", accepted=accepted, nearest=("auto",))
    assert said.help == 'did you mean "auto"?'


def test_forms_that_are_sets_of_words_are_suggested_from():
    protocol = data("string", "protocol", pattern="(tcp)|(udp)")
    said = DOMAIN.said("VX202", f"{OTHER}/target", attribute="bus", value="tpc", accepted=(protocol,))
    assert said.suggestions == ("tcp",)
    assert said.help == 'did you mean "tcp"? possible: "tcp", "udp"'


def test_the_only_possible_value_is_in_the_message():
    document = Document("<domain><os><type>HVM</type></os></domain>")
    said = document.said("VX201", "os/type", text=0, value="HVM", accepted=values("hvm"), nearest=("hvm",))
    assert said.message == '<type> holds "HVM", which is not "hvm", the only possible value'
    assert said.help == 'did you mean "hvm"?'


def test_of_several_spellings_the_usual_one_is_suggested():
    unit = data("string", "unit", pattern="([bB]([yY][tT][eE][sS]?)?)|([kKmMgGtTpPeE]([iI]?[bB])?)")
    document = Document("<domain><memory unit='KKiB'>1</memory></domain>")
    fields = {"attribute": "unit", "value": "KKiB", "accepted": (unit,), "nearest": ("KIB", "KiB", "kiB")}
    said = document.said("VX202", "memory", **fields)
    assert said.suggestions == ("KiB",)
    assert said.help.startswith('did you mean "KiB"? possible: "KiB", "bytes", "MiB"')


def test_an_empty_value_is_said_to_be_empty():
    said = DOMAIN.said("VX201", f"{OTHER}/target", attribute="dev", accepted=values("a", "b"))
    assert said.message == 'attribute "dev" on <target> is empty, which is not one of the possible values'


def test_messages_are_one_line_whatever_the_value():
    document = Document("<domain><name>a\nb\x7f</name></domain>")
    said = document.said("VX201", "name", text=0, value="a\nb\x7f", accepted=values("a"))
    assert said.message == '<name> holds "a\\nb\\x7f", which is not "a", the only possible value'


def test_a_long_value_is_shortened():
    said = DOMAIN.said("VX201", DISK, attribute="device", value="x" * 10_000 + "y", accepted=values("a"))
    assert len(said.message) < 200
    assert "xxx…xxx" in said.message
    assert 'y"' in said.message


@pytest.mark.parametrize("attribute", ["passwd", "Password"])
def test_a_secret_never_appears(attribute: str):
    document = Document(f"<domain><devices><graphics {attribute}='hunter2'/></devices></domain>")
    fields = {"attribute": attribute, "value": "hunter2", "accepted": values("hunter3"), "nearest": ("hunter3",)}
    said = document.said("VX201", "devices/graphics", **fields)
    assert "hunter2" not in said.message + said.help
    assert said.message.startswith(f'a value of attribute "{attribute}" on <graphics>')
    assert said.suggestions == ()


def said_of_memory(content: str) -> Diagnostic:
    (said,) = validate(f"<domain type='kvm'><name>a</name><memory>{content}</memory><os><type>hvm</type></os></domain>")
    return said


def test_a_unit_behind_a_size_belongs_in_an_attribute():
    assert said_of_memory("4 GiB").help == "the unit is an attribute: write <memory unit='GiB'>4</memory>"
    assert said_of_memory("4 apples").help == 'for example "4096"'


def test_white_space_around_a_number_is_named():
    said = said_of_memory("4194304 ")
    assert said.message == '<memory> holds "4194304 ", which has white space around it'
    assert said.suggestions == ("4194304",)
