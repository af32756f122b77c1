"""Laying out changes white space and quotes, and nothing else."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.codec.kept.test_comments import with_comments
from tests.support import fixture_documents
from tests.xmltext import documents
from virtxml import Domain, Network, Node, ParseError, parse
from virtxml.cli import FINDINGS, GOOD, main
from virtxml.cli.commands.format import formatted, relaid
from virtxml.cli.loss import LossError
from virtxml.editing.laying_out import laid_out

from .remarks.anchors import anchors

CLASSES: list[type[Node]] = [Domain, Network]
UNTIDY = """<?xml version="1.0" encoding='UTF-8'?>
<domain   id="7"
          type = "kvm" >

\t<memory unit="KiB" >64</memory><!-- much --><name>t&#105;<![CDATA[n]]>y</name  >
\t<title>a 'b' "c"</title> <description
 >it's</description><os firmware="it's"></os> <!-- behind -->
</domain>"""
TIDY = """<?xml version="1.0" encoding='UTF-8'?>
<domain id='7' type='kvm'>
  <memory unit='KiB'>64</memory>
  <!-- much -->
  <name>t&#105;<![CDATA[n]]>y</name>
  <title>a 'b' "c"</title>
  <description>it's</description>
  <os firmware="it's"></os> <!-- behind -->
</domain>
"""


def bare(text: str) -> str:
    """Return a text without white space and quotes."""
    return re.sub(r"[\s'\"]", "", text)


def laid(text: str) -> str:
    """Return a text laid out as that of the document that it is."""
    return laid_out(text, type(parse(text)))


def check(text: str) -> None:
    """Assert the laws."""
    after = laid(text)
    assert bare(after) == bare(text)
    assert laid(after) == after
    assert anchors(after) == anchors(text)


def test_order_and_forms_stay() -> None:
    assert laid(UNTIDY) == TIDY


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_in_libvirts_form_but_for_layout_comes_back(path: Path) -> None:
    written = path.read_text()
    assert laid(written) == written
    if "metadata" not in written:
        for space in ("", "\r\n\t ", "\n\n"):
            assert laid(re.sub(r"\n\s*(?=<[^/])", space, written).replace("'", '"')) == written


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_formatting_does_the_same_before_and_after(path: Path) -> None:
    rng = random.Random(path.name)
    for count in (1, 20):
        text = with_comments(path.read_text(), rng, count).replace("\n", rng.choice(["\n", "\n\n ", "\r\n\t"]))
        check(text)
        assert formatted(laid(text).encode()) == formatted(text.encode())


@given(source=st.sampled_from(CLASSES).flatmap(documents))
@settings(max_examples=150, deadline=None)
def test_any_document_stays_the_same_but_for_layout(source: str) -> None:
    try:
        after = relaid(source.encode())
    except ParseError:
        assume(False)
    assert relaid(after) == after
    assert bare(after.decode()) == bare(source)
    assert parse(after) == parse(source)


def test_text_between_elements_keeps_its_white_space() -> None:
    source = """<network>
    <name>lab</name>
    {% if nat %}
    <forward   mode="{{ modes['x'] }}" >
            <nat><address start="1.2.3.4"/></nat></forward>
    {% endif %}
</network>
"""
    with pytest.raises(LossError, match="text between elements"):
        formatted(source.encode())
    assert relaid(source.encode()).decode() == (
        "<network>\n    <name>lab</name>\n    {% if nat %}\n"
        """    <forward mode="{{ modes['x'] }}">\n      <nat>\n        <address start='1.2.3.4'/>\n      </nat>\n"""
        "    </forward>\n    {% endif %}\n</network>\n"
    )


def test_metadata_stays_as_it_is_written() -> None:
    inside = '<metadata   a="b"><a:b  xmlns:a="urn:a"/>\n\n text <c/></metadata>'
    assert laid(f"<domain>{inside}</domain>") == f"<domain>\n  {inside}\n</domain>\n"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "utf-8-sig"])
def test_the_encoding_stays(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    source = f"<?xml version='1.0' encoding='{name}'?>\n<domain ><name>ü</name></domain>".encode(encoding)
    after = f"<?xml version='1.0' encoding='{name}'?>\n<domain>\n  <name>ü</name>\n</domain>\n".encode(encoding)
    assert relaid(source) == after


def test_the_command_lays_out_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(UNTIDY)
    assert main(["format", "--layout-only", "--check", str(path)]) == FINDINGS
    assert main(["format", "--layout-only", str(path)]) == GOOD
    assert path.read_text() == TIDY
    assert main(["format", "--layout-only", "--check", str(path)]) == GOOD
    assert capsys.readouterr().out == f"{path}\n"


def test_what_is_around_a_document_stays(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text('<domstatus state="running"><domain><name>x</name></domain></domstatus>')
    assert main(["format", "--layout-only", str(path)]) == GOOD
    assert path.read_text() == (
        "<domstatus state='running'>\n  <domain>\n    <name>x</name>\n  </domain>\n</domstatus>\n"
    )


def test_white_space_that_may_be_text_stays() -> None:
    inside = "<title>\n<!-- x -->\n</title>"
    assert laid(f"<domain>{inside}<vendor>\n<?x?></vendor></domain>") == (
        f"<domain>\n  {inside}\n  <vendor>\n<?x?></vendor>\n</domain>\n"
    )
