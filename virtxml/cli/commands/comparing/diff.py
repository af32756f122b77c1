"""Tell what differs between two documents in what they say: by path, and nothing of how it is written.

Of two directories, or files with several documents, those of one file, name or UUID are compared.

Exit status: 0 if nothing differs, 1 if something does, 2 if something cannot be read or compared.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from virtxml.compare.differences import Differences, diff
from virtxml.compare.differences.matching import Matched, Placed, matched
from virtxml.compare.satisfying import is_active
from virtxml.documents import parse
from virtxml.errors import ParseError
from virtxml.schema.capabilities import Capabilities

from ... import streams
from ...comparing import git
from ...comparing.showing import FORMATS, Compared, show
from ...comparing.sides import Side
from ...files import STANDARD_INPUT, read_input
from ...kinds import add_kind, is_kind
from ...status import BAD_INPUT, FINDINGS, GOOD
from ...terminal import complain, located, width

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROGRAM = "virtxml diff"
_EXAMPLES = """examples:
  virtxml diff web.xml new/web.xml
  virtxml diff --ignore-defaults --ignore-runtime web.xml <(virsh dumpxml web)
  virtxml diff --format unified backup/ guests/

in git, for `*.xml diff=libvirt` in .gitattributes:
  git config diff.libvirt.textconv 'virtxml diff --textconv'
  git config diff.libvirt.command 'virtxml diff --git'
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = partial(argparse.RawDescriptionHelpFormatter, width=width() - 2)  # pyright: ignore[reportAttributeAccessIssue]
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="two documents, or two directories; - is standard input"
    )
    add_kind(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="what is printed: text by default")
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing; only the exit status tells")
    parser.add_argument("--ascii", action="store_true", help="print nothing but characters of ASCII")
    parser.add_argument(
        "--exact", action="store_true", help="tell values that are the same, but written otherwise, too"
    )
    parser.add_argument("--ignore-order", action="store_true", help="leave out what only moved in its list")
    parser.add_argument(
        "--ignore-defaults", action="store_true", help="leave out what libvirt makes of the first document by itself"
    )
    parser.add_argument("--ignore-runtime", action="store_true", help="leave out how something is just now")
    parser.add_argument("--capabilities", metavar="FILE", help="what `virsh capabilities` prints: aliases of machines")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--git", action="store_true", help="take the arguments of git's diff.NAME.command, and exit with 0"
    )
    mode.add_argument("--textconv", action="store_true", help="print one document as lines that git can compare")


def run(options: argparse.Namespace) -> int:
    """Compare what is given; return `FINDINGS` if something differs, `BAD_INPUT` if something cannot be compared."""
    if not is_kind(options.kind, _PROGRAM):
        return BAD_INPUT
    if options.textconv:
        return _print_normal(options)
    try:
        machines = _machines(options.capabilities)
        if options.git:
            return _for_git(options, machines)
    except ValueError as error:
        return _wrong(str(error))
    if len(options.files) != 2:
        return _wrong(f"two files or directories are compared, not {len(options.files)}")
    if options.files == [STANDARD_INPUT, STANDARD_INPUT]:
        return _wrong("there is only one standard input")
    old, new = (Side(name, options.kind) for name in options.files)
    status, compared = _compared(options, old, new, machines)
    if compared is not None and not options.quiet:
        show(compared, options.format, plain=options.ascii)
    return status


def _wrong(message: str) -> int:
    """Say what is wrong with what is asked for."""
    complain(f"{_PROGRAM}: error: {message}")
    return BAD_INPUT


def _compared(
    options: argparse.Namespace, old: Side, new: Side, machines: Mapping[str, str]
) -> tuple[int, Compared | None]:
    """Compare two files or directories; return the status, and what differs if they can be compared."""
    several = old.is_directory or new.is_directory
    single = not several and len(old.documents) == len(new.documents) == 1
    if not (several or (old.is_whole and new.is_whole)):
        return BAD_INPUT, None
    if single:
        (one,), (other,) = old.documents, new.documents
        if type(one.model) is not type(other.model):
            kinds = f"{one.file} is a <{one.kind}>, {other.file} a <{other.kind}>"
            return _wrong(f"documents of two kinds cannot be compared: {kinds}"), None
        which = Matched([(one, other)], [], [])
    else:
        which = matched(old.documents, new.documents)
    pairs = [(one, other, _differences(options, one, other, machines)) for one, other in which.pairs]
    compared = Compared(pairs, which.removed, which.added, single)
    if not (old.is_whole and new.is_whole):
        return BAD_INPUT, compared
    return FINDINGS if compared.differs else GOOD, compared


def _differences(options: argparse.Namespace, one: Placed, other: Placed, machines: Mapping[str, str]) -> Differences:
    """Compare two documents; say if only one of them is of something that runs."""
    running, other_running = is_active(one.model), is_active(other.model)
    if running != other_running and not (options.ignore_runtime or options.quiet):
        active, inactive = (one, other) if running else (other, one)
        complain(
            f"{_PROGRAM}: note: {active.file} is of a {active.kind} that runs, {inactive.file} is not; "
            "--ignore-runtime leaves out how it runs just now"
        )
    return diff(
        one.model,
        other.model,
        exact=options.exact,
        ignore_order=options.ignore_order,
        ignore_defaults=options.ignore_defaults,
        ignore_runtime=options.ignore_runtime,
        machines=machines,
    )


def _machines(file: str | None) -> dict[str, str]:
    """Return the full names of machines by their aliases, from a host's capabilities. Raises ValueError."""
    if file is None:
        return {}
    try:
        found = parse(read_input(file), Capabilities)
    except OSError as error:
        raise ValueError(f"{file}: {error.strerror}") from None
    except ParseError as error:
        raise ValueError(f"{located(file, error.line, error.column)}: {error.reason}") from None
    archs = [guest.arch for guest in found.guests if guest.arch is not None]
    machines = [
        one
        for arch in archs
        for one in (*arch.machines, *(more for domain in arch.domains for more in domain.machines))
    ]
    return {one.value: one.canonical for one in machines if one.value and one.canonical}


def _for_git(options: argparse.Namespace, machines: Mapping[str, str]) -> int:
    """Show what git wants to see. It goes on only if that ends well, so that it does, whatever is in the files."""
    found = git.versions(options.files)
    if found is None:
        streams.write(f"* unmerged: {options.files[0]}\n")
        return GOOD
    old, new = (Side(file, options.kind, found.path) for file in (found.old, found.new))
    _, compared = _compared(options, old, new, machines)
    streams.write(f"virtxml diff {found.path}\n")
    if compared is None:
        streams.write("".join(f"{line}\n" for line in git.lines(found)))
    else:
        show(compared, options.format, plain=options.ascii)
    return GOOD


def _print_normal(options: argparse.Namespace) -> int:
    """Print one file's documents with one form for what is the same; what is no document, as it is."""
    from virtxml.compare.differences.normal import normal
    from virtxml.documents import parse_all

    if len(options.files) != 1:
        return _wrong("--textconv takes one file")
    try:
        source = read_input(options.files[0])
    except OSError as error:
        return _wrong(f"{options.files[0]}: {error.strerror}")
    try:
        text = "".join(normal(model).to_xml() for model in parse_all(source, options.kind)).encode()
    except ParseError:
        # git shows the lines of the file then.
        text = source
    streams.write(text)
    return GOOD
