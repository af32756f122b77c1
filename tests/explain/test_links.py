from __future__ import annotations

import subprocess
import sys

import pytest

from tests.explain.small import Document
from virtxml.catalogue import DOCUMENTS

PAGE = "https://libvirt.org/formatdomain.html"
DISKS = f"{PAGE}#hard-drives-floppy-disks-cdroms"


def test_a_mistake_links_to_the_page_of_its_element():
    document = Document("<domain><devices><disk><driver typ='raw'/></disk></devices></domain>")
    assert document.said("VX102", "devices/disk/driver", attribute="typ").url == DISKS


def test_a_misspelled_element_links_to_the_page_of_the_one_around_it():
    document = Document("<domain><devices><disk><drivr><a/></drivr></disk></devices></domain>")
    assert document.said("VX101", "devices/disk/drivr").url == DISKS
    assert document.said("VX101", "devices/disk/drivr/a").url == DISKS


def test_a_misspelled_element_of_a_known_one_links_to_the_page_of_that():
    document = Document("<domain><devices><dsk/></devices></domain>")
    assert document.said("VX101", "devices/dsk", nearest=("disk",)).url == DISKS


def test_an_element_with_only_text_links_to_its_own_page_or_the_one_around_it():
    document = Document("<domain><name>a</name></domain>")
    assert document.said("VX303", "name").url.startswith(PAGE)


@pytest.mark.parametrize(("module", "root"), sorted(set(DOCUMENTS.values())))
def test_every_kind_of_document_has_a_page(module: str, root: str):
    document = Document(f"<{root}/>")
    assert document.said("VX301", ".", missing=("a",)).url.startswith("https://libvirt.org/"), module


@pytest.mark.parametrize(
    ("kind", "source", "page"),
    [
        ("disk", "<disk/>", DISKS),
        ("devices/interface", "<interface/>", f"{PAGE}#network-interfaces"),
        ("interface", "<interface/>", "https://libvirt.org/html/libvirt-libvirt-interface.html"),
        ("forward", "<forward/>", "https://libvirt.org/formatnetwork.html"),
        ("nonsense", "<nonsense/>", ""),
        ("disk", "<interface/>", ""),
    ],
)
def test_fragments_link_to_the_page_of_the_element_that_they_are(kind: str, source: str, page: str):
    said = Document(source, kind=kind).said("VX301", ".", missing=("a",))
    assert said.url.startswith(page)
    assert bool(said.url) == bool(page)


def test_a_misspelled_document_links_to_the_page_of_the_one_that_was_meant():
    assert Document("<domian/>").said("VX002", ".", nearest=("domain",)).url == PAGE
    assert Document("<dsk/>", kind="disk").said("VX002", ".", nearest=("disk",)).url == DISKS


def test_an_unknown_document_links_nowhere():
    assert Document("<nonsense/>").said("VX002", ".").url == ""


def test_links_are_there_without_docstrings():
    code = (
        "import virtxml; found = virtxml.validate('<domain><devices><dsk/></devices></domain>'); "
        "assert not virtxml.__doc__; print(found[0].url)"
    )
    done = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(PAGE)
