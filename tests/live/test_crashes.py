"""No valid document makes libvirt crash, and what it tells of those that it takes is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import virtxml
from tests.live.apart import Apart, LibvirtCrashError
from tests.live.comparing import release_of, unknown
from virtxml import Domain, Network, Node, driver
from virtxml.fields import ELEMENT
from virtxml.schema.domain import Devices, Memory, Os, OsType
from virtxml.testing import documents

RANDOM = settings(
    max_examples=200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
GUEST = """\
<domain type='test'>
  <name>random</name>
  <memory unit='MiB'>64</memory>
  <os><type>hvm</type></os>
  {parts}
  <devices>{devices}</devices>
</domain>"""
LAN = "<network><name>random</name>{parts}</network>"


@pytest.fixture(scope="module")
def apart(libvirt: Any) -> Iterator[Apart]:
    """Return libvirt in a process of its own."""
    with Apart() as process:
        yield process


@pytest.fixture(scope="module")
def release(libvirt: Any) -> str:
    """Return the release whose documents libvirt knows."""
    with driver.connect("test:///default") as host:
        return release_of(host)


def elements(cls: type[Node], release: str) -> st.SearchStrategy[str]:
    """Draw some elements that may stand in one of a class, of those that a release has there, each once."""
    found = {}
    for field in cls.xml_fields.values():
        with suppress(ValueError):
            if field.role == ELEMENT:
                found[field.xml] = documents(f"{cls.xml_name}/{field.xml}", release)
    chosen = st.lists(st.sampled_from(sorted(found)), max_size=2, unique=True)
    return chosen.flatmap(lambda names: st.tuples(*map(found.__getitem__, names))).map("".join)


def hand(apart: Apart, kind: str, xml: str, outcomes: Counter[str]) -> None:
    """Hand a document over as one of each kind; count whether it is taken, and check what is told of it."""
    told = apart.hand(xml)
    assert set(told) <= {kind}
    outcomes["taken" if told else "refused"] += 1
    for text in told.values():
        if not well_formed(text):
            # libvirt forgets that some texts may hold quotation marks.
            outcomes["not well-formed"] += 1
            continue
        back = virtxml.parse(text)
        # A guest that runs has an attribute or two that libvirt's own schema does not know.
        assert unknown(back) == [] or back.validate()
        assert type(back).from_xml(back.to_xml()) == back


def without_strange_cells(domain: Domain) -> Domain:
    """Return a domain in which no NUMA cell has a distance to one that there is not.

    libvirt refuses these, but 9.0.0 writes to memory that is not its own before it does: with luck, nothing happens.
    """
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    for cell in cells:
        if cell.distances is not None:
            siblings = cell.distances.siblings
            cell.distances.siblings = [one for one in siblings if isinstance(one.id, int) and one.id < len(cells)]
    return domain


def well_formed(text: str) -> bool:
    """Return whether a text is XML, as lxml alone sees it."""
    try:
        etree.fromstring(text)
    except etree.XMLSyntaxError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["network", "pool", "volume", "interface"])
def test_no_document_makes_libvirt_crash(kind: str, apart: Apart, release: str) -> None:
    outcomes: Counter[str] = Counter()

    @RANDOM
    @given(xml=documents(kind, release))
    def run(xml: str) -> None:
        hand(apart, kind, xml, outcomes)

    run()
    assert min(outcomes["taken"], outcomes["refused"]) > 0, outcomes


@pytest.mark.slow
def test_no_guest_makes_libvirt_crash(apart: Apart, release: str) -> None:
    outcomes: Counter[str] = Counter()

    @RANDOM
    @given(xml=documents("domain", release))
    def run(xml: str) -> None:
        domain = Domain.from_xml(xml)
        # Else libvirt stops reading at once: its test driver has these guests only.
        domain.type = "test"
        domain.os = domain.os or Os()
        domain.os.type = OsType(value="hvm")
        domain.bootloader = None
        domain.memory = domain.memory or Memory.of("64 MiB")
        hand(apart, "domain", without_strange_cells(domain).to_xml(), outcomes)

    run()
    assert min(outcomes["taken"], outcomes["refused"]) > 5, outcomes


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["domain", "network"])
def test_nothing_in_a_small_document_makes_libvirt_crash(kind: str, apart: Apart, release: str) -> None:
    outcomes: Counter[str] = Counter()
    small = {
        "domain": st.builds(GUEST.format, parts=elements(Domain, release), devices=elements(Devices, release)),
        "network": st.builds(LAN.format, parts=elements(Network, release)),
    }

    @RANDOM
    @given(xml=small[kind])
    def run(xml: str) -> None:
        if kind == "domain":
            xml = without_strange_cells(Domain.from_xml(xml)).to_xml()
        hand(apart, kind, xml, outcomes)

    run()
    assert min(outcomes["taken"], outcomes["refused"]) > 20, outcomes


CRASHING = """\
import os
libvirtError = OSError
registerErrorHandler = lambda *_: None
def open(uri):
    os.abort()
"""


def test_a_crash_is_seen(libvirt: Any, tmp_path: Path) -> None:
    (tmp_path / "libvirt.py").write_text(CRASHING)
    with Apart(str(tmp_path)) as apart:
        for document in ("<domain/>", "<network/>"):
            with pytest.raises(LibvirtCrashError, match=f"SIGABRT, and was given this document:\\n{document}"):
                apart.hand(document)
    with Apart() as apart:
        assert apart.hand("<domain/>") == {}
        assert set(apart.hand(GUEST.format(parts="", devices=""))) == {"domain"}
