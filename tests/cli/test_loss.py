"""What `virtxml format` refuses to lose or to move, and that all else comes back."""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.said import canonical
from tests.support import ROOT
from tests.xmltext import documents
from virtxml import Domain, Network, Node, NWFilter, ParseError, StoragePool
from virtxml.cli import BAD_INPUT, main
from virtxml.cli.commands import format as format_
from virtxml.cli.commands.format import formatted
from virtxml.cli.loss import LossError

TEXT = "text between elements, such as a template's: elements would be moved across it"
EXPRESSION = "an expression of a template, which would be written with escapes"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<network>\n  <name>lab</name>\n  {% if nat != 'no' %}\n  <forward/>\n  {% endif %}\n</network>", 3),
        ("<network>\n\n{{- if .Nat }}<forward mode='nat'/>\n{{- end }}</network>", 3),
        ("<domain><devices>\n<disk type='file'>\n<driver name='qemu'/>\n\n\t${more}\n</disk></devices></domain>", 5),
        ("<domain><devices>\n<disk type='file'/>\n<![CDATA[x]]></devices></domain>", 3),
        ("<domain>\n<v:any xmlns:v='urn:v'>\n<v:a/>\nx <v:b/></v:any></domain>", 4),
        ("<domain>\n<name>x</name>\n\u00a0</domain>", 3),
        ("<domain a='>\n>'><metadata>a<b xmlns='u'/>\n</metadata>\n&#65;<name/></domain>", 4),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_text_between_elements_is_refused_with_its_line(
    source: str, line: int, encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vm.xml"
    before = source.encode(encoding)
    path.write_bytes(before)
    assert main(["format", str(path)]) == BAD_INPUT
    assert capsys.readouterr() == ("", f"{path}:{line}: error: {TEXT}\n")
    assert path.read_bytes() == before


def test_text_between_elements_is_refused_even_if_nothing_would_change() -> None:
    source = b"<network>\n  <name>lab</name>\n  {% if nat %}\n  <forward mode='nat'/>\n  {% endif %}\n</network>\n"
    with pytest.raises(LossError, match=TEXT) as caught:
        formatted(source)
    assert caught.value.line == 3


def test_text_in_metadata_stays_where_it_is() -> None:
    inside = '<metadata>\n {% if a %} <a:b xmlns:a="urn:a">say "{{ x[\'y\'] }}"</a:b>\n </metadata>'
    assert inside in formatted(f"<domain>{inside}<name>x</name></domain>".encode()).decode()


@pytest.mark.parametrize(
    "element",
    [
        '<name>{{ vm["name"] }}</name>',
        "<name>{{ vm['name'] }}</name>",
        "<name>{% set a = b > c %}x</name>",
        '<title>{{ .Name | printf\n"%s" }}</title>',
        """<memory unit="{{ u['x'] }}">1</memory>""",
        """<memory unit='{{ u["x"] }}'>1</memory>""",
        '<name>${var.names["a"]}</name>',
        "<name><![CDATA[{{ a < b }}]]></name>",
    ],
)
def test_expressions_of_templates_are_not_escaped(element: str) -> None:
    with pytest.raises(LossError, match=EXPRESSION) as caught:
        formatted(f"<domain>\n<uuid>{{{{ uuid }}}}</uuid>\n{element}</domain>".encode())
    assert caught.value.line == 3


def test_expressions_that_stay_as_they_are_are_no_loss() -> None:
    source = b'<domain><name>{{ name }}</name><memory unit="{{ unit }}">${n}</memory><title>a "b"</title></domain>'
    assert formatted(source).decode() == (
        "<domain>\n  <name>{{ name }}</name>\n  <title>a &quot;b&quot;</title>\n"
        "  <memory unit='{{ unit }}'>${n}</memory>\n</domain>\n"
    )


def test_lines_behind_those_that_libxml2_counts_are_told() -> None:
    lines = "\n" * 70_000
    with pytest.raises(LossError) as caught:
        formatted(f"<domain>{lines}text<name>x</name></domain>".encode())
    assert caught.value.line == 70_001


@pytest.mark.parametrize("lost", ["<!-- b -->", "<?b?>"])
def test_a_comment_that_were_to_be_lost_would_be_a_fault(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_, "with_remarks", lambda tree, root, written, comments: written)
    with pytest.raises(LossError, match="a fault of virtxml"):
        formatted(f"<domain><!-- a -->{lost}</domain>".encode())


def test_what_is_around_the_root_element_stays() -> None:
    source = "<!-- a\n  licence -->\n<?editor tabs?>\n<domain>\n  <name>x</name>\n</domain>\n<!-- end -->\n"
    assert formatted(source.replace("\n  <name>", "<name>").encode()).decode() == source


def test_elements_may_be_as_deep_as_libvirt_takes_them() -> None:
    """In a cold process, in which each step of the way still takes the most frames."""
    script = (
        "from virtxml.cli.commands.format import formatted\n"
        "for tag in ('x', 'metadata', 'v'):\n"
        "    inside = ''.join(f'<{tag}>' for _ in range(254)) + ''.join(f'</{tag}>' for _ in range(254))\n"
        "    after = formatted(f'<domain><name>a</name>{inside}</domain>'.encode())\n"
        "    assert formatted(after) == after and after.count(b'<' + tag.encode()) == 254\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


CLASSES: list[type[Node]] = [Domain, Network, NWFilter, StoragePool]


@given(source=st.sampled_from(CLASSES).flatmap(documents), drop=st.booleans())
@settings(max_examples=150, deadline=None)
def test_formatting_loses_nothing_but_white_space_and_comes_to_an_end(source: str, drop: bool) -> None:
    data = source.encode()
    try:
        after = formatted(data, drop)
    except ParseError:
        return
    except LossError as error:
        reason = str(error)
    else:
        reason = ""
    assert reason in ("", TEXT)
    if reason:
        event(reason)
        return
    event("formatted")
    assert formatted(after) == after
    assert canonical(after) == canonical(data)
    left = _beside(after)
    assert left == _beside(data) if not drop else Counter(left) <= Counter(_beside(data))
    assert not _is_mixed(after)


def _beside(source: bytes) -> list[tuple[str, str]]:
    """Return all comments and instructions, which have no order among elements that are moved."""
    read = etree.iterparse(io.BytesIO(source), events=("comment", "pi"))
    return sorted((what, node.text or "") for what, node in read)


def _is_mixed(source: bytes) -> bool:
    """Tell whether there is text between elements outside those that may hold anything."""
    return any(
        (text or "").strip(" \t\r\n")
        for element in etree.fromstring(source).iter(etree.Element)
        if element.find("*") is not None
        and not any(above.tag in ("metadata", "cookie") for above in (element, *element.iterancestors()))
        for text in (element.text, *(child.tail for child in element))
    )
