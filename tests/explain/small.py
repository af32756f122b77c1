"""Findings made by hand about small documents, and what is said of them."""

from __future__ import annotations

from typing import Any

from lxml import etree

from virtxml.codec.reading.document import parse_text
from virtxml.diagnostics.diagnostic import Diagnostic
from virtxml.explain import explain
from virtxml.explain.codes import CODES
from virtxml.explain.releases import Releases
from virtxml.relaxng.diagnosis.finding import Finding, Setting
from virtxml.relaxng.match.patterns import Data, Value
from virtxml.relaxng.match.states import State
from virtxml.releases.grammars import NEWEST, RELEASES, grammar_of, start_of
from virtxml.source.places import Positions

_KINDS = {code: kind for kind, code in CODES.items()}


class Document:
    """A document to find mistakes in.

    ``kind`` is that of a fragment. Elements are named by XPath, with the prefixes of the root.
    """

    def __init__(self, source: str, release: str = NEWEST, kind: str | None = None) -> None:
        self.source = source
        self.release = release
        self.kind = kind
        self.root = parse_text(source)

    def start(self, release: str) -> State | None:
        return start_of(grammar_of(release), self.root.tag, self.kind)

    def element(self, path: str) -> etree._Element:
        prefixes = {prefix: uri for prefix, uri in self.root.nsmap.items() if prefix}
        (found,) = self.root.xpath(path, namespaces=prefixes)
        return found

    def finding(self, code: str, path: str, **fields: Any) -> Finding:
        """Return a finding about an element; `first`, `behind` and the elements of `settings` are paths, too."""
        for other in {"first", "behind"} & set(fields):
            fields[other] = self.element(fields[other])
        settings = fields.pop("settings", ())
        fields["settings"] = tuple(Setting(self.element(at), name, values) for at, name, values in settings)
        return Finding(kind=_KINDS[code], element=self.element(path), **fields)

    def explain(self, *findings: Finding, positions: bool = True, releases: bool = True) -> list[Diagnostic]:
        return explain(
            findings,
            self.start(self.release),
            Positions(self.source) if positions else None,
            releases=Releases(RELEASES, self.release, self.start) if releases else None,
            kind=self.kind,
        )

    def said(self, code: str, path: str, **fields: Any) -> Diagnostic:
        """Return what is said of one finding."""
        (found,) = self.explain(self.finding(code, path, **fields))
        return found


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


def values(*texts: str) -> tuple[Value, ...]:
    """Return the only values that are accepted."""
    pool = grammar_of().pool
    datatype = data("string").datatype
    return tuple(found for text in texts if isinstance(found := pool.value(datatype, text), Value))


def data(name: str, define: str = "", **params: str) -> Data:
    """Return an XML Schema datatype with parameters."""
    from virtxml.relaxng.datatypes import XSD, datatype
    from virtxml.relaxng.match.patterns import NOT_ALLOWED

    found = grammar_of().pool.data(datatype(XSD, name, tuple(params.items())), NOT_ALLOWED, define)
    assert isinstance(found, Data)
    return found


def marked(document: Document, diagnostic: Diagnostic) -> str:
    """Return the piece of the source that a diagnostic is about; it is all in one line."""
    assert diagnostic.line is not None
    assert diagnostic.column is not None
    assert diagnostic.end_column is not None
    assert diagnostic.line == diagnostic.end_line
    line = document.source.split("\n")[diagnostic.line - 1]
    return line[diagnostic.column - 1 : diagnostic.end_column - 1]
