"""Print the document of another guest like one that there is: virt-clone, on files.

It has a name, a UUID, addresses of network cards and images of its own; comments and form of the document stay. What
has to be copied before it can start, and what it still has in common with the original, is told on standard error.
With --connect alone, and without --print-xml, images are copied on that host and the clone is defined there. Exit
status: 0 if it was printed, 2 if there cannot be such a clone.
"""

from __future__ import annotations

import argparse
from contextlib import suppress
from functools import partial
from posixpath import abspath
from typing import TYPE_CHECKING

from virtxml.editing import Document
from virtxml.editing.cloning import CloneError, clone
from virtxml.errors import ParseError, VirtXMLError
from virtxml.schema.domain import Domain

from .. import streams
from ..files import STANDARD_INPUT, read_input
from ..status import BAD_INPUT, GOOD
from ..terminal import Progress, complain, located, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.editing.cloning import Clone, Copy
    from virtxml.guests.hosts import Host

_PROGRAM = "virtxml clone"
_CHECKS = ("path_exists", "mac_in_use", "path_in_use", "disk_size", "all")
"""What `--check` may say, as virt-clone takes it: the first two are checked."""
_EXAMPLES = """examples:
  virtxml clone web01.xml --auto-clone > web02.xml
  virtxml clone web01.xml --name web02 --file /srv/web02.qcow2 --output web02.xml
  virtxml clone web01.xml --name web02 --auto-clone --host host.xml --json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, those of virt-clone and where facts come from."""
    parser.formatter_class = partial(argparse.RawDescriptionHelpFormatter, width=width() - 2)  # pyright: ignore[reportAttributeAccessIssue]
    parser.epilog = _EXAMPLES
    original = parser.add_argument_group("the original")
    original.add_argument("file", metavar="FILE", nargs="?", help="the document of a guest, or - for standard input")
    original.add_argument("--original-xml", metavar="FILE", help="the same")
    original.add_argument("-o", "--original", metavar="NAME", help="a guest that --host or --connect tells of")
    _declare_clone(parser.add_argument_group("the clone"))
    _declare_images(parser.add_argument_group("images"))
    host = parser.add_argument_group("the host, which tells what is there already")
    host.add_argument("--capabilities", metavar="FILE", help="what `virsh capabilities` prints")
    host.add_argument("--domcapabilities", metavar="FILE", help="what `virsh domcapabilities` prints")
    host.add_argument("--host", metavar="FILE", help="a <node> of libvirt's test driver: guests, pools, volumes")
    host.add_argument("--connect", metavar="URI", help="a live connection; with files, it only tells the driver")
    host.add_argument("--check", metavar="CHECK=off", action="append", default=[], help=f"checks: {', '.join(_CHECKS)}")
    output = parser.add_argument_group("output")
    output.add_argument("--print-xml", action="store_true", help="print the document, and change nothing on any host")
    output.add_argument("--output", metavar="FILE", help="write the document to a new file")
    output.add_argument("--json", action="store_true", help="print what was made of it, its document too, as JSON")
    output.add_argument("-q", "--quiet", action="store_true", help="nothing but errors, and the document")
    for ignored in ("--prompt", "-d", "--debug"):
        parser.add_argument(ignored, action="store_true", help=argparse.SUPPRESS)


def _declare_clone(clone: argparse._ArgumentGroup) -> None:
    clone.add_argument("--auto-clone", action="store_true", help="choose the name and places of images: NAME-clone")
    clone.add_argument("-n", "--name", help="the name")
    clone.add_argument("-u", "--uuid", help="the UUID; default: a random one")
    clone.add_argument(
        "-m", "--mac", action="append", default=[], help="the address of the next network card, or RANDOM, the default"
    )
    clone.add_argument("--replace", action="store_true", help="take the place of the guest that has the name")


def _declare_images(images: argparse._ArgumentGroup) -> None:
    images.add_argument(
        "-f", "--file", dest="file_paths", metavar="PATH", action="append", default=[], help="the next copy"
    )
    images.add_argument("--nvram", metavar="PATH", help="where the copy of what the firmware remembers goes")
    images.add_argument(
        "--skip-copy", metavar="DISK", action="append", default=[], help="share the image of a disk, such as vda"
    )
    images.add_argument(
        "--force-copy", metavar="DISK", action="append", default=[], help="copy a read-only or shareable one"
    )
    images.add_argument("--preserve-data", action="store_true", help="copy nothing: use what --file names as it is")
    images.add_argument("--nonsparse", action="store_true", help="let copies take all their room at once")
    images.add_argument("--reflink", action="store_true", help="let copies share blocks until they are written to")


def run(options: argparse.Namespace) -> int:
    """Print the clone; return `BAD_INPUT` if there cannot be one."""
    try:
        return _run(options)
    except ParseError as error:
        complain(f"{located(error.path, error.line, error.column)}: error: {error.reason}")
    except OSError as error:
        complain(f"{error.filename or _PROGRAM}: error: {error.strerror}")
    except (VirtXMLError, ValueError) as error:
        complain(f"{_PROGRAM}: error: {' '.join(str(error).split())}")
    return BAD_INPUT


def _run(options: argparse.Namespace) -> int:
    from virtxml.guests.hosts import read_host

    checks = _checks(options.check)
    _require(options)
    host = read_host(options.capabilities, options.domcapabilities, options.host, options.connect)
    document = _original(options, host)
    made = _clone(document.model, options, host, checks)
    content = document.to_bytes()
    acts = _is_live(options) and not options.print_xml
    if acts:
        _make(made, options)
    if options.output is not None:
        from virtxml.editing.saving import write_new

        write_new(options.output, content)
    if options.json:
        streams.write(_as_json(made, document.to_text(), options))
    elif options.output is None:
        streams.write(content)
    if not options.quiet:
        _tell(made, options)
        if acts:
            complain(f"{_PROGRAM}: defined {made.domain.name}")
    return GOOD


def _is_live(options: argparse.Namespace) -> bool:
    """Tell whether the connection is the host, and not only what tells the driver."""
    return bool(options.connect and not (options.capabilities or options.domcapabilities or options.host))


def _make(made: Clone, options: argparse.Namespace) -> None:
    """Copy the images of a clone and define it, on the host of the connection. Raises what `virtxml.driver` raises."""
    from virtxml.driver import connect
    from virtxml.guests.cloning.copying import copy_images, put_in_place

    progress = Progress(not options.quiet)

    def told(copy: Copy, done: int, size: int) -> None:
        progress.say(f"{min(100 * done // max(size, 1), 100)} % of {copy.target}")

    with connect(options.connect) as host:
        old = next((each for each in host.domains.list_all() if each.name == made.domain.name), None)
        if old is not None and old.active:
            raise CloneError(f"the guest {made.domain.name!r}, which is to be replaced, is running: shut it down")
        try:
            copy_images(host, made.copies, sparse=not options.nonsparse, reflink=options.reflink, told=told)
        finally:
            progress.clear()
        put_in_place(host, made.domain, old)


def _checks(said: Sequence[str]) -> set[str]:
    """Return what is not to be checked. Raises CloneError for what is no check."""
    off: set[str] = set()
    for each in ",".join(said).split(","):
        name, _, value = each.strip().partition("=")
        if not each.strip():
            continue
        if name not in _CHECKS or value not in ("on", "off", "yes", "no", "true", "false", "1", "0", ""):
            raise CloneError(f"--check: {each.strip()!r} is not CHECK=off, with CHECK one of {', '.join(_CHECKS)}")
        if value in ("off", "no", "false", "0"):
            off.update(_CHECKS if name == "all" else (name,))
    return off


def _require(options: argparse.Namespace) -> None:
    """Raise CloneError unless options say what to clone, and how."""
    said = [each for each in (options.file, options.original_xml, options.original) if each]
    if len(said) != 1:
        raise CloneError("one original is needed: FILE, --original-xml FILE or --original NAME")
    if not options.auto_clone and not options.file_paths:
        raise CloneError("either --auto-clone or --file is needed: where do the copies of images go?")
    if not options.auto_clone and not options.name:
        raise CloneError("a name is needed: --name NAME, or --auto-clone to have one chosen")


def _original(options: argparse.Namespace, host: Host) -> Document[Domain]:
    """Return the document of the original. Raises CloneError, ParseError or OSError if there is none."""
    if options.original:
        return Document.parse(_defined(options, host).to_xml(), Domain)
    name = options.file or options.original_xml
    place = "<stdin>" if name == STANDARD_INPUT else name
    try:
        return Document.parse(read_input(name), Domain)
    except ParseError as error:
        raise ParseError(error.reason, error.line, error.column, place) from None
    except OSError as error:
        raise OSError(error.errno, error.strerror, place) from None


def _defined(options: argparse.Namespace, host: Host) -> Domain:
    """Return the document of a guest of the host. Raises CloneError if there is none, or if it is running."""
    if _is_live(options) and host.driver != "test":
        from virtxml.driver import NotFoundError, connect

        with connect(options.connect) as connection, suppress(NotFoundError):
            handle = connection.domains.lookup(options.original)
            if handle.active:
                raise CloneError(
                    f"the guest {options.original!r} is running: shut it down, what it writes is not whole"
                )
            # What others may not see is in its clone, too.
            return handle.document(inactive=True, secure=True)
    found = host.domain(options.original)
    if found is None:
        raise CloneError(f"there is no guest {options.original!r} on the host")
    return found


def _clone(domain: Domain, options: argparse.Namespace, host: Host, off: set[str]) -> Clone:
    """Turn a domain into its clone, and warn of what was said for nothing. Raises CloneError."""
    from virtxml.editing.cloning.disks import disks_of, name_of
    from virtxml.guests.cloning import HostSurroundings

    files = [_absolute(path, host) for path in options.file_paths]
    names = {name_of(disk) for disk in disks_of(domain)}
    cards = 0 if domain.devices is None else len(domain.devices.interfaces)
    made = clone(
        domain,
        name=options.name or None,
        uuid=options.uuid,
        macs=[None if mac.upper() == "RANDOM" else mac for mac in options.mac],
        files=files,
        nvram=options.nvram and _absolute(options.nvram, host),
        skip=options.skip_copy,
        force=options.force_copy,
        choose_files=options.auto_clone,
        preserve_data=options.preserve_data,
        overwrite="path_exists" in off,
        around=HostSurroundings(
            host, replaced=options.name if options.replace else None, check_macs="mac_in_use" not in off
        ),
    )
    if options.quiet:
        return made
    for option, said in (("--skip-copy", options.skip_copy), ("--force-copy", options.force_copy)):
        for name in dict.fromkeys(said):
            if name not in names:
                complain(f"{_PROGRAM}: warning: {option} {name}: the guest has no such disk")
    if len(options.mac) > cards:
        complain(f"{_PROGRAM}: warning: --mac: more addresses than network cards")
    return made


def _absolute(path: str, host: Host) -> str:
    """Return a path that somebody said as one that libvirt takes. Raises CloneError for none."""
    if not path:
        raise CloneError("an empty path is no place")
    return path if host.is_remote else abspath(path)


def _as_json(made: Clone, text: str, options: argparse.Namespace) -> bytes:
    """Return what was made of an original, as JSON."""
    import json

    found = {
        "original": made.original,
        "name": made.domain.name,
        "uuid": made.domain.uuid,
        "copies": [
            {"role": copy.role, "device": copy.device or None, "source": copy.source, "target": copy.target}
            for copy in made.copies
        ],
        "sparse": not options.nonsparse,
        "reflink": options.reflink,
        "left": [{"place": each.place, "reason": each.reason} for each in made.left],
        "document": text,
    }
    return f"{json.dumps(found, indent=2, ensure_ascii=False)}\n".encode()


def _tell(made: Clone, options: argparse.Namespace) -> None:
    """Say what is to be copied, or was, and what the clone has in common with the original."""
    done = "copied" if _is_live(options) and not options.print_xml else "to copy"
    for each in made.left:
        complain(f"{_PROGRAM}: warning: {each}")
    for copy in made.copies:
        complain(
            f"# {done}: {_shown(copy)}{', as a reflink' if options.reflink else ''}"
            f"{', filled at once' if options.nonsparse else ''}"
        )


def _shown(copy: Copy) -> str:
    return f"{copy.device or copy.role}: {copy.source} -> {copy.target}"
