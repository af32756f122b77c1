from __future__ import annotations

import pytest

from tests.explain.small import DISK, DOMAIN, QEMU, Document, marked


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
