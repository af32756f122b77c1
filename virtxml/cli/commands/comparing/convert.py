"""Print a document as another release of libvirt takes it, an older or a newer one, or in another format.

What that release does not know is dropped, or written as one wrote it then; all else stays as it is written. What was
done, and why, is told on standard error. If a device would be lost, or something else without which it is another
guest, nothing is written without --force. `--to json`, `--to yaml` and `--to xml` take documents in any of the three.
Exit status: 0 if it was converted, 1 if something would be lost, 2 if it cannot be read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from virtxml.compare.converting import ConversionError, convert
from virtxml.compare.converting.places import located as with_lines
from virtxml.editing import Document
from virtxml.editing.saving import replace_file
from virtxml.errors import ParseError
from virtxml.releases import choose
from virtxml.schema.capabilities import Capabilities
from virtxml.schema.domaincaps import DomainCapabilities

from ... import streams
from ...files import STANDARD_INPUT, read_input
from ...kinds import add_kind, is_kind
from ...linting import told
from ...rewriting import Shown, changes
from ...status import BAD_INPUT, FINDINGS, GOOD
from ...terminal import complain, located
from .formats import FORMATS, refuse_plain, write_as, write_file

if TYPE_CHECKING:
    import argparse

    from virtxml.compare.converting import Conversion, Entry
    from virtxml.node import Node

_PROGRAM = "virtxml convert"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="a document, or - for standard input")
    parser.add_argument(
        "--to",
        metavar="RELEASE",
        required=True,
        help="a release of libvirt, such as 9.0.0, a system: debian12, or a format: json, yaml, xml",
    )
    add_kind(parser)
    host = parser.add_argument_group("the host that a guest goes to")
    host.add_argument("--capabilities", metavar="FILE", help="what `virsh capabilities` prints there")
    host.add_argument("--domcapabilities", metavar="FILE", help="what `virsh domcapabilities` prints there")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("-o", "--output", metavar="FILE", help="write the document to a file that is not there yet")
    output.add_argument("--in-place", action="store_true", help="write it over the file that it is read from")
    output.add_argument("--diff", action="store_true", help="print only what changes, and write nothing")
    parser.add_argument("--force", action="store_true", help="do it even if something is lost")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the form of the report")
    parser.add_argument("--report", metavar="FILE", help="write the report to a file, not to standard error")


def run(options: argparse.Namespace) -> int:
    """Convert the document; return `FINDINGS` if something would be lost, `BAD_INPUT` if it cannot be read."""
    if not is_kind(options.kind, _PROGRAM):
        return BAD_INPUT
    place = "<stdin>" if options.file == STANDARD_INPUT else options.file
    try:
        if options.to not in FORMATS:
            choose(options.to)
        before = read_input(options.file)
        if options.to in FORMATS:
            return write_as(options, place, before)
        refuse_plain(options.file, before)
        document = Document.parse(before, options.kind)
        return _converted(options, place, before, document)
    except ParseError as error:
        complain(f"{located(place, error.line, error.column)}: error: {error.reason}")
    except ConversionError as error:
        complain(f"{place}: error: {error}")
    except OSError as error:
        complain(f"{error.filename or place}: error: {error.strerror}")
    except ValueError as error:
        complain(f"{_PROGRAM}: error: {error}")
    return BAD_INPUT


def _converted(options: argparse.Namespace, place: str, before: bytes, document: Document[Node]) -> int:
    """Convert a document, write it and the report."""
    root = document.model.xml_name
    capabilities, offered = options.capabilities, options.domcapabilities
    made = convert(
        document.model,
        options.to,
        capabilities=told(capabilities, Capabilities, "capabilities") if capabilities else None,
        domcapabilities=told(offered, DomainCapabilities, "domcapabilities") if offered else None,
    )
    report = with_lines(made.report, document.to_text(), root)
    document.model = made.model
    after = before if not made.report else document.to_bytes()
    refused = any(entry.severity == "error" for entry in report) and not options.force
    _tell(options, place, made, report, refused=refused)
    if options.diff:
        if before != after:
            streams.write(changes(place, before, after, Shown.chosen(as_diff=True)))
    elif not refused:
        _write(options, before, after)
    return FINDINGS if refused else GOOD


def _write(options: argparse.Namespace, before: bytes, after: bytes) -> None:
    if options.output is not None:
        write_file(options.output, after)
    elif options.in_place and options.file != STANDARD_INPUT:
        if before != after:
            replace_file(options.file, before, after)
    else:
        streams.write(after)


def _tell(
    options: argparse.Namespace, place: str, made: Conversion[Any], report: list[Entry], *, refused: bool
) -> None:
    """Write the report."""
    if options.format == "json":
        text = _as_json(place, made, report, written=not refused and not options.diff)
    else:
        text = "\n".join(_lines(place, made, report, refused=refused))
    if options.report is not None:
        write_file(options.report, f"{text}\n".encode() if text else b"")
    elif options.format == "json":
        streams.flush()
        streams.tell(f"{text}\n")
    else:
        for line in text.splitlines():
            complain(line)


def _lines(place: str, made: Conversion[Any], report: list[Entry], *, refused: bool) -> list[str]:
    lines = [f"{_PROGRAM}: {made.note}"] if made.note else []
    lines += [f"{located(place, one.line, one.column)}: {one.severity}: {one.text}" for one in report]
    if refused:
        lost = sum(one.severity == "error" for one in report)
        lines.append(
            f"{place}: error: nothing is written: {lost} of these would make it another guest; --force does it"
        )
    return lines


def _as_json(place: str, made: Conversion[Any], report: list[Entry], *, written: bool) -> str:
    """Return the report as JSON, in ASCII."""
    told = {
        "version": 1,
        "file": place,
        "release": made.release,
        "note": made.note,
        "valid": made.valid,
        "written": written,
        "entries": [entry.to_dict() for entry in report],
    }
    return json.dumps(told, indent=2)
