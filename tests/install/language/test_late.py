"""`--xml` and the XPath sub-options change the finished document."""

from __future__ import annotations

import copy

import pytest

from tests.install.applying import applied, xml
from virtxml import Domain
from virtxml.install.command_line.arguments import parse_arguments
from virtxml.install.errors import InstallError
from virtxml.install.language.applying import apply, run_late_actions


def document(*argv: str) -> str:
    """Return the document that arguments make, on one line."""
    domain, _ = applied(*argv)
    return "".join(line.strip() for line in domain.to_xml().splitlines())


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["--xml", "./title=a"], "<domain><title>a</title></domain>"),
        (["--xml", "/domain/@type=kvm"], "<domain type='kvm'/>"),
        (["--xml", "@type=kvm"], "<domain type='kvm'/>"),
        (["--xml", "./a/b/@c=1,2"], "<domain><a><b c='1,2'/></a></domain>"),
        (["--xml", "xpath.create=./a/b"], "<domain><a><b/></a></domain>"),
        (["--xml", "xpath.set=./a,xpath.value=b=c,d"], "<domain><a>b=c,d</a></domain>"),
        (["--xml", "./a=1", "--xml", "./a="], "<domain/>"),
        (["--xml", "./@a=1", "--xml", "./@a="], "<domain/>"),
        (["--xml", "./a/b=1", "--xml", "xpath.delete=./a/b"], "<domain><a/></domain>"),
        (["--xml", "./a/@b=1", "--xml", "xpath.delete=./a/@b"], "<domain><a/></domain>"),
        (["--xml", "xpath.delete=./nothing/here"], "<domain/>"),
        (["--metadata", "title=x", "--xml", "./title[text()='x']=y"], "<domain><title>y</title></domain>"),
    ],
)
def test_xml_makes_sets_and_deletes(argv: list[str], expected: str) -> None:
    assert document(*argv) == expected


def test_actions_of_an_option_start_from_its_element() -> None:
    domain, _ = applied(
        "--input tablet --input tablet"
        " --input mouse,model=x,xpath0.set=./@bus=usb,xpath1.create=./new,xpath2.set=./@model= --input keyboard"
    )
    assert xml(domain, "devices.inputs") == (
        "<input type='tablet'/><input type='tablet'/>"
        "<input type='mouse' bus='usb'><new/></input><input type='keyboard'/>"
    )


def test_actions_come_in_the_order_of_their_numbers() -> None:
    domain, _ = applied("--cpu foo,xpath10.set=./vendor=ten,xpath2.set=./vendor=two")
    assert domain.cpu is not None
    assert domain.cpu.vendor == "ten"


def test_of_actions_with_one_number_creating_counts_most() -> None:
    domain, _ = applied("--cpu foo,xpath1.set=./vendor=x,xpath1.create=./maxphysaddr,xpath1.delete=./model")
    assert domain.cpu is not None
    assert (domain.cpu.vendor, domain.cpu.model is None) == (None, False)
    assert domain.cpu.maxphysaddr is not None


def test_actions_find_their_element_in_a_copy_of_the_domain() -> None:
    domain = Domain()
    found = apply(parse_arguments(["--disk", "/a,xpath.set=./@x=1", "--input", "mouse,xpath.set=./@y=2"]), domain)
    later = copy.deepcopy(domain)
    assert later.devices is not None
    later.devices.disks.append(copy.deepcopy(found.disks[0].disk))
    text = run_late_actions(found, later).to_xml()
    assert "<disk x='1'" in text
    assert "<input type='mouse' y='2'/>" in text
    assert "virtxml-late" not in text


def test_without_actions_the_domain_stays_the_same_object() -> None:
    domain = Domain()
    assert run_late_actions(apply(parse_arguments([]), domain), domain) is domain


@pytest.mark.parametrize(
    "xpath", ["./a[=b", "count(.)=1", "//=x", "./@=x", "/other=x", "./a b=x", "string(.)/@a=1", "..=x", "./a:b=x"]
)
def test_an_xpath_that_cannot_be_is_an_error(xpath: str) -> None:
    with pytest.raises(InstallError, match="--xml"):
        applied("--xml", xpath)


@pytest.mark.parametrize("xpath", ["/domain", "."])
def test_the_document_itself_cannot_be_deleted(xpath: str) -> None:
    with pytest.raises(InstallError, match="--xml"):
        applied("--xml", f"xpath.delete={xpath}")
