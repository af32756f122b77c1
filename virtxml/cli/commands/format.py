"""Rewrite documents in libvirt's own form: two spaces, single quotes, libvirt's order of elements and attributes.

Or lay them out in libvirt's way, in the order that they have. Files are replaced as a whole or not at all, and only if
nothing but layout would change.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from virtxml.documents import parse
from virtxml.editing import decoded, with_remarks
from virtxml.editing.laying_out import laid_out
from virtxml.editing.saving import replace_file
from virtxml.errors import ParseError
from virtxml.source.tree import parsed

from .. import streams
from ..batches import WorkerError
from ..changes import Shown, changes
from ..files import NOTHING_FOUND, STANDARD_INPUT, find_files, read_input, size_elsewhere
from ..jobs import add_jobs, cores, in_order
from ..kinds import add_kind, is_kind
from ..loss import LossError, check_loss, check_same, has_remarks, read_tree
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import Progress, complain, located

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a directory to look for *.xml in, or - for standard input"
    )
    add_kind(parser)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; list the files that would change")
    mode.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--drop-comments", action="store_true", help="leave out comments, but for those in <metadata>")
    extent.add_argument(
        "--layout-only", action="store_true", help="change white space and quotes, and the order of nothing"
    )
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Format each file; return `FINDINGS` if one would change, `BAD_INPUT` if one could not be formatted."""
    if not is_kind(options.kind, "virtxml format"):
        return BAD_INPUT
    form = _Form.chosen(options)
    progress = Progress()
    done = 0

    def coming(meant: str | OSError, size: int = 0) -> None:
        progress.step(done, str(meant), size)

    results = in_order(
        find_files(options.files, to_write=True),
        partial(_format_file, form, starting=coming),
        partial(_format_file, form),
        jobs=options.jobs or cores(),
        size=partial(_size_elsewhere, form),
        coming=coming,
    )
    status = GOOD
    try:
        with closing(results):
            for result in results:
                done += 1
                status = max(status, result.status)
                if result.output or result.complaint:
                    progress.clear()
                _show(result)
    except WorkerError as error:
        progress.clear()
        complain(f"virtxml format: error: {error}")
        return BAD_INPUT
    finally:
        progress.clear()
    if not done:
        complain(f"virtxml format: error: {NOTHING_FOUND}")
        return BAD_INPUT
    return status


class _Form(NamedTuple):
    """What is to be done with each file.

    Attributes:
        kind: what each file is, as for `virtxml.parse`.
        drop_comments: whether comments are left out.
        layout_only: whether nothing but white space and quotes changes.
        dry: whether nothing is to be written.
        shown: how changes are shown that are not made.
    """

    kind: str | None
    drop_comments: bool
    layout_only: bool
    dry: bool
    shown: Shown

    @classmethod
    def chosen(cls, options: argparse.Namespace) -> _Form:
        """Return what options say."""
        return cls(
            options.kind,
            options.drop_comments,
            options.layout_only,
            options.check or options.diff,
            Shown.chosen(as_diff=options.diff),
        )


class _Result(NamedTuple):
    """What has become of a file.

    Attributes:
        status: the exit status that it makes.
        output: what goes to standard output.
        complaint: the line that goes to standard error.
    """

    status: int
    output: bytes = b""
    complaint: str = ""


def _show(result: _Result) -> None:
    if result.output:
        streams.write(result.output)
    if result.complaint:
        complain(result.complaint)


def _size_elsewhere(form: _Form, meant: str | OSError) -> int | None:
    return None if isinstance(meant, OSError) else size_elsewhere(meant, to_write=not form.dry)


def _format_file(form: _Form, meant: str | OSError, starting: Callable[[str, int], None] | None = None) -> _Result:
    """Format one file, or say why it cannot be; tell ``starting`` its name and size in bytes before that."""
    if isinstance(meant, OSError):
        return _wrong(meant.filename, f"error: {meant.strerror}")
    place = "<stdin>" if meant == STANDARD_INPUT else meant
    try:
        before = read_input(meant)
        if starting is not None:
            starting(place, len(before))
        after = relaid(before, form.kind) if form.layout_only else formatted(before, form.drop_comments, form.kind)
        if before != after and meant != STANDARD_INPUT and not form.dry:
            replace_file(meant, before, after)
    except OSError as error:
        return _wrong(place, f"error: {error.strerror}")
    except ParseError as error:
        return _wrong(place, f"error: {error.reason}", error.line, error.column)
    except LossError as error:
        return _wrong(place, f"error: {error}", error.line)
    if form.dry:
        return _Result(GOOD) if before == after else _Result(FINDINGS, changes(place, before, after, form.shown))
    return _Result(GOOD, after if meant == STANDARD_INPUT else b"")


def _wrong(place: str, message: str, line: int | None = None, column: int | None = None) -> _Result:
    """Return one line about a file that cannot be formatted."""
    return _Result(BAD_INPUT, b"", f"{located(place, line, column)}: {message}")


def formatted(source: bytes, drop_comments: bool = False, kind: str | None = None) -> bytes:
    """Return a document, or a part of one, in libvirt's form, as UTF-8; ``kind`` is as for `virtxml.parse`.

    Raises ParseError for text that is no document, and LossError if anything of it would be lost.
    """
    after = parse(source, kind).to_xml()
    root = read_tree(source)
    if has_remarks(root):
        # As libxml2 has read it, whatever the encoding.
        tree = parsed(etree.tostring(root, encoding="unicode", with_tail=False))
        after = with_remarks(tree, tree.root, after, comments=not drop_comments)
    data = after.encode()
    check_loss(source, data, root, drop_comments=drop_comments)
    return data


def relaid(source: bytes, kind: str | None = None) -> bytes:
    """Return a document, or a part of one, in libvirt's layout and its own order, in the encoding that it has.

    Raises ParseError for text that is no document.
    """
    model = parse(source, kind)
    before = decoded(source)
    after = before.encode(laid_out(before.text, type(model)))
    check_same(read_tree(source), after)
    return after
