from __future__ import annotations

import pytest

from virtxml import Diagnostic, validate
from virtxml.diagnostics.codes import CODES as MEANINGS
from virtxml.errors import ParseError
from virtxml.explain import not_well_formed
from virtxml.explain.codes import CODES, NEWER, NOT_WELL_FORMED, OLDER
from virtxml.explain.wordings.kinds import MESSAGES
from virtxml.relaxng.diagnosis.finding import Kind

from .small import Document, data, marked, values

QEMU = "http://libvirt.org/schemas/domain/qemu/1.0"
DOMAIN = Document(
    f"""<domain type='kvm' xmlns:qemu='{QEMU}'>
  <name>tiny</name>
  <memory>lots</memory>
  <title/>
  <name>again</name>
  <target/>
  <devices>
    foo
    <disk type='file' device='dsk'>
      <driver name='qemu' typ='qcow2'/>
      <souce file='/a'/>
    </disk>
    <disk>
      <source file='/a' protocol='nbd'/>
      <target dev='' bus='ide'/>
    </disk>
  </devices>
  <qemu:comandline/>
  <commandline/>
</domain>
"""
)
DISK, OTHER = "devices/disk[1]", "devices/disk[2]"


def test_every_kind_of_finding_has_a_message_and_a_code():
    assert set(MESSAGES) == set(CODES) == set(Kind)


def test_every_code_means_something():
    assert {*CODES.values(), NOT_WELL_FORMED, NEWER, OLDER} == set(MEANINGS)


def test_text_that_is_not_well_formed_is_reported_where_the_parser_stopped():
    said = not_well_formed(ParseError("Premature end of data", 3, 7))
    assert (said.code, said.message, said.line, said.column) == ("VX001", "Premature end of data", 3, 7)


def test_an_unknown_root_is_named_with_the_kind_that_may_be_meant():
    document = Document("<domian/>")
    said = document.said("VX002", ".", expected=("domain", "network"), nearest=("domain",))
    assert said.message == "<domian> is the root of no known kind of document"
    assert said.help == "did you mean <domain>?"
    assert said.suggestions == ("domain",)


def test_an_element_with_the_content_of_another_is_not_called_unknown():
    said = DOMAIN.said("VX101", "title", expected=("name", "title"), nearest=("name",))
    assert said.message == "<title> in <domain> cannot be like this"
    assert said.help == "did you mean <name>?"


def test_a_fragment_of_another_kind_is_told_from_what_was_asked_for():
    document = Document("<interface/>", kind="disk")
    said = document.said("VX002", ".", expected=("disk",))
    assert said.message == "<interface> is no <disk>"
    assert said.help == "possible: <disk>"


def test_a_misspelled_element_gets_the_name_that_was_meant():
    said = DOMAIN.said("VX101", f"{DISK}/souce", expected=("source", "target"), nearest=("source",))
    assert said.message == "unknown element <souce> in <disk>"
    assert said.help == "did you mean <source>?"
    assert (said.expected, said.suggestions) == (("source", "target"), ("source",))
    assert marked(DOMAIN, said) == "souce"


def test_names_are_shown_with_their_prefixes():
    wanted = (f"{{{QEMU}}}commandline",)
    said = DOMAIN.said("VX101", "qemu:comandline", expected=wanted, nearest=wanted)
    assert said.message == "unknown element <qemu:comandline> in <domain>"
    assert said.help == "did you mean <qemu:commandline>?"
    assert said.suggestions == ("qemu:commandline",)
    assert said.path == "/domain/qemu:comandline"


def test_an_odd_name_gets_a_list_of_what_is_possible_but_no_endless_one():
    names = tuple(f"n{number}" for number in range(20))
    said = DOMAIN.said("VX101", f"{DISK}/souce", expected=names)
    assert said.help == "possible: <n0>, <n1>, <n2>, <n3>, <n4>, <n5>, <n6>, <n7> and 12 more"
    assert said.expected == names


def test_a_misspelled_attribute_gets_the_name_that_was_meant():
    said = DOMAIN.said("VX102", f"{DISK}/driver", attribute="typ", expected=("type",), nearest=("type",))
    assert said.message == 'unknown attribute "typ" on <driver>'
    assert said.help == 'did you mean "type"?'
    assert marked(DOMAIN, said) == "typ"


@pytest.mark.parametrize(
    ("path", "attribute", "help_line"),
    [
        (f"{DISK}/driver", "typ", "<driver> takes no more attributes"),
        (f"{DISK}/souce", "file", "<souce> takes no attributes"),
    ],
)
def test_an_attribute_where_none_is_possible_is_said_to_be_too_much(path: str, attribute: str, help_line: str):
    said = DOMAIN.said("VX102", path, attribute=attribute)
    assert said.help == help_line


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


def test_a_missing_namespace_is_named_with_its_prefix():
    said = DOMAIN.said("VX106", "commandline", nearest=(f"{{{QEMU}}}commandline",))
    assert said.message == f'<commandline> in <domain> is in no namespace, but has to be in "{QEMU}"'
    assert said.help == "write <qemu:commandline>"
    assert said.suggestions == ("qemu:commandline",)


def test_of_several_namespaces_the_likeliest_is_meant():
    others = [f"http://libvirt.org/schemas/domain/{name}/1.0" for name in ("bhyve", "xen", "lxc")]
    names = tuple(f"{{{ns}}}commandline" for ns in [*others, QEMU])
    assert DOMAIN.said("VX106", "commandline", nearest=names).suggestions[0] == "qemu:commandline"
    document = Document("<domain><commandline xmlns='http://libvirt.org/schemas/domain/bhyv/1.0'/></domain>")
    said = document.said("VX106", "*", nearest=names)
    assert said.suggestions[0] == "bhyve:commandline"
    assert "bhyve" in said.url


def test_a_root_in_another_namespace_is_known_all_the_same():
    said = Document("<domain xmlns='http://example.org/'/>").said("VX002", ".", expected=("domain", "network"))
    assert said.code == "VX106"
    assert said.suggestions == ("domain",)


def test_a_prefix_that_is_not_declared_is_declared():
    document = Document("<domain><commandline/></domain>")
    said = document.said("VX106", "commandline", nearest=(f"{{{QEMU}}}commandline",))
    assert said.help == f"write <qemu:commandline>, and add xmlns:qemu='{QEMU}' to <domain>"


def test_a_namespace_too_many_is_taken_away():
    document = Document("<domain xmlns='http://example.org/'><name/></domain>")
    said = document.said("VX106", ".", nearest=("domain",))
    assert said.message == '<domain> is in namespace "http://example.org/", but has to be in none'
    assert said.help == 'write <domain> without xmlns="http://example.org/"'


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


def test_what_is_given_twice_shows_the_first():
    said = DOMAIN.said("VX303", "name[2]", first="name[1]")
    assert said.message == "<name> is given twice in <domain>"
    assert said.related == ((2, 4, "first given here"),)
    assert (said.line, said.column, said.path) == (5, 4, "/domain/name[2]")


def test_stray_text_is_shown():
    said = DOMAIN.said("VX304", "devices", text=0, value="\n    foo\n    ")
    assert said.message == 'text "foo" is not allowed in <devices>'
    assert said.path == "/domain/devices/text()"
    assert marked(DOMAIN, said) == "foo"


def test_the_wrong_order_is_put_right():
    said = DOMAIN.said("VX305", "name[1]", first="title")
    assert said.message == "<name> has to come after <title> in <domain>"
    assert said.help == "move it behind <title>"
    assert said.related == ((4, 4, "this has to come first"),)


def test_what_stands_too_late_is_put_before_the_other():
    said = DOMAIN.said("VX305", "title", behind="name[1]")
    assert said.message == "<title> has to come before <name> in <domain>"
    assert said.help == "move it before <name>"
    assert said.related == ((2, 4, "<title> has to come before this"),)


def test_an_empty_element_is_asked_to_hold_something():
    said = DOMAIN.said("VX306", "title", text=0, accepted=(data("int"),))
    assert said.message == "<title> is empty, but needs a whole number"
    assert marked(DOMAIN, said) == "<title/>"


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


def test_the_text_of_a_secret_never_appears():
    document = Document("<domain><password>hunter2<a/></password></domain>")
    assert "hunter2" not in document.said("VX304", "password", text=0, value="hunter2").message
    said = document.said("VX202", "password", text=0, value="hunter2", accepted=(data("int"),))
    assert said.message == "<password> holds a value, which is not a whole number"


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
