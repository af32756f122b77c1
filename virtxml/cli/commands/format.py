"""Rewrite documents in libvirt's own form: two spaces, single quotes, libvirt's order of elements and attributes.

Or lay them out in libvirt's way, in the order that they have. Files are replaced as a whole or not at all, and only if
nothing but layout would change.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from virtxml.documents import parse
from virtxml.editing import decoded, with_remarks
from virtxml.editing.laying_out import laid_out
from virtxml.editing.saving import replace_file
from virtxml.errors import ParseError
from virtxml.source.tree import parsed

from ..files import STANDARD_INPUT, read_input
from ..jobs import add_jobs
from ..kinds import add_kind, is_kind
from ..loss import LossError, check_loss, check_same, has_remarks, read_tree
from ..rewriting import Result, Shown, changes, rewrite, wrong
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import Progress

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
    work = partial(_format_file, form)
    return rewrite(options.files, work, program="virtxml format", jobs=options.jobs, dry=form.dry, progress=Progress())


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


def _format_file(form: _Form, meant: str | OSError, starting: Callable[[str, int], None] | None = None) -> Result:
    """Format one file, or say why it cannot be; tell ``starting`` its name and size in bytes before that."""
    if isinstance(meant, OSError):
        return wrong(meant.filename, str(meant.strerror))
    place = "<stdin>" if meant == STANDARD_INPUT else meant
    try:
        before = read_input(meant)
        if starting is not None:
            starting(place, len(before))
        after = relaid(before, form.kind) if form.layout_only else formatted(before, form.drop_comments, form.kind)
        if before != after and meant != STANDARD_INPUT and not form.dry:
            replace_file(meant, before, after)
    except OSError as error:
        return wrong(place, str(error.strerror))
    except ParseError as error:
        return wrong(place, error.reason, error.line, error.column)
    except LossError as error:
        return wrong(place, str(error), error.line)
    if form.dry:
        return Result(GOOD) if before == after else Result(FINDINGS, changes(place, before, after, form.shown))
    return Result(GOOD, after if meant == STANDARD_INPUT else b"")


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
