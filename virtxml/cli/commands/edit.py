"""Change a domain's document by options of virt-install, as virt-xml does it, in files.

Exit status: 0 if it was done, 2 if it cannot be done.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from virtxml.editing import Document
from virtxml.errors import ParseError, VirtXMLError
from virtxml.install.changes.changing import host_for, make_change
from virtxml.install.changes.elements import is_device
from virtxml.install.changes.running import RunningGuest
from virtxml.install.changes.wanted import BUILD, parse_command, wanted_change
from virtxml.install.errors import InstallError
from virtxml.install.options import find_option
from virtxml.schema.domain import Domain

from .. import streams
from ..files import STANDARD_INPUT, read_input
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import complain, located

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.install.changes.changing import Outcome
    from virtxml.install.changes.wanted import Wanted
    from virtxml.install.command_line.said import Arguments

_PROGRAM = "virtxml edit"
_USAGE = f"""usage: {_PROGRAM} [FILE] ACTION OPTION [OUTPUT]

Change a domain's document by options of virt-install, as virt-xml does it.
Only the bytes change that have to: comments, blank lines, quotes and order
stay as they are. Without FILE, or for -, standard input is changed and printed.

Actions:
  --edit [WHICH]           put OPTION onto an element; nothing is filled in
  --add-device             add what OPTION says, with what is usual for this guest
  --remove-device          take out what OPTION means: --disk 2, --network all, --sound model=ich6
  --build-xml              print what OPTION says; FILE tells which guest it is for

WHICH is an element's number from 1, or from -1 at the end, "all", or a value
of OPTION: all elements that have what it says. Without it, it is the first.

Output:
  --print-diff             print the difference, and write nothing
  --print-xml              print the document, and write nothing
  --define                 write the file, too
  --no-define              do not write the file
  --confirm                show the difference, and ask before writing

Facts about the host, for --add-device and for names of its devices, come from
  --capabilities FILE, --domcapabilities FILE, --host FILE, --connect URI
as for virtxml install; by default, from a current host with KVM.
  --osinfo NAME            the guest's operating system, if FILE does not tell

With --connect URI and none of these files, a word that is no path is a guest
of the connection: it is defined anew.
  --update                 change the guest that runs, too
  --start                  start it afterwards

  --OPTION help            the sub-options of an option, such as --disk help
  --osinfo list            the operating systems

Examples:
  {_PROGRAM} vm.xml --edit target=vda --disk cache=none
  {_PROGRAM} vm.xml --edit all --network model=virtio --print-diff
  {_PROGRAM} vm.xml --add-device --disk /data/new.qcow2,size=20
  {_PROGRAM} vm.xml --remove-device --graphics spice
  {_PROGRAM} --build-xml --sound ich9
"""


def main(arguments: Sequence[str]) -> int:
    """Make a change, print or write what it makes, return the status. Raises SystemExit after `--help`, `--version`."""
    if any(argument in ("-h", "--help") for argument in arguments):
        streams.write(_USAGE)
        sys.exit(GOOD)
    if "--version" in arguments:
        from virtxml.packaged import __version__

        streams.write(f"virtxml {__version__}\n")
        sys.exit(GOOD)
    try:
        return _run(arguments)
    except VirtXMLError as error:
        complain(f"{_PROGRAM}: error: {' '.join(str(error).split())}")
    except RecursionError:
        complain(f"{_PROGRAM}: error: the document is nested too deeply")
    return BAD_INPUT


def _run(argv: Sequence[str]) -> int:
    arguments = parse_command(argv)
    answer = _answer(arguments)
    if answer is not None:
        streams.write(answer)
        return GOOD
    wanted = wanted_change(arguments)
    return _Work(wanted).run()


def _answer(arguments: Arguments) -> str | None:
    """Return the answer to `--disk help`, `--osinfo list` and the like; None if nothing like that is asked."""
    from virtxml.install.command_line.help import requested_help, requested_systems

    systems = requested_systems(arguments)
    return requested_help(arguments) if systems is None else systems


class _Work:
    """The work on one document."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._said = wanted.arguments
        self._guest: RunningGuest | None = None

    def run(self) -> int:
        """Make the change, print and write what is asked for, return the status."""
        wanted = self._wanted
        self._refuse_contradictions()
        document = self._read()
        model = None if document is None else document.model
        outcome = make_change(model, wanted, lambda: host_for(model, wanted))
        for warning in outcome.warnings:
            complain(f"{_PROGRAM}: warning: {warning}")
        for volume in outcome.storage:
            complain(f"# {volume.task}")
        if wanted.action == BUILD:
            # XML without a declaration is UTF-8, whatever the terminal has.
            streams.write("".join(node.to_xml() for node in outcome.nodes).encode())
            return GOOD
        assert document is not None
        assert outcome.domain is not None
        document.model = outcome.domain
        return self._hand_over(document, outcome)

    def _refuse_contradictions(self) -> None:
        """Raise InstallError for what cannot be done with what is changed."""
        said = self._said
        if said.on("define") and said.on("no_define"):
            raise InstallError("contradicts --define", option="--no-define")
        live = self._is_guest
        for name in () if live else ("update", "start"):
            if said.on(name):
                raise InstallError("is for a guest of a connection: --connect URI GUEST", option=f"--{name}")
        if self._wanted.source is None and self._wanted.action != BUILD:
            for name in ("define", "no_define", "confirm"):
                if said.on(name):
                    reason = "needs a file: what standard input has is printed"
                    raise InstallError(reason, option=f"--{name.replace('_', '-')}")
        if said.on("update") and not is_device(find_option(self._wanted.destination or "xml")):
            raise InstallError("is for devices: a guest that runs takes nothing else", option="--update")

    @property
    def _is_guest(self) -> bool:
        """Whether a guest of the connection is changed, and not a file."""
        said, source = self._said, self._wanted.source
        facts = any(said.text(name) is not None for name in ("host", "capabilities", "domcapabilities"))
        if source is None or said.text("connect") is None or facts:
            return False
        return "/" not in source and not source.endswith(".xml")

    def _read(self) -> Document[Domain] | None:
        """Return the document to change; None if none is named, and none is needed."""
        source = self._wanted.source
        if source is None and self._wanted.action == BUILD:
            return None
        if self._is_guest:
            assert source is not None
            self._guest = RunningGuest(self._said.text("connect") or "", source)
            return Document.parse(self._guest.text(), Domain)
        name = source or STANDARD_INPUT
        place = "<stdin>" if name == STANDARD_INPUT else name
        try:
            document = Document.parse(read_input(name), Domain)
        except OSError as error:
            raise InstallError(error.strerror or str(error), value=place) from None
        except ParseError as error:
            raise VirtXMLError(f"{located(place, error.line, error.column)}: {error.reason}") from None
        document.path = source
        return document

    def _hand_over(self, document: Document[Domain], outcome: Outcome) -> int:
        said = self._said
        try:
            difference = document.diff()
        except (ValueError, TypeError) as error:
            raise InstallError(str(error)) from None
        if not difference:
            complain(f"{_PROGRAM}: warning: nothing changes: the document says all that already")
        printed = said.on("print_diff") or said.on("print_xml")
        if said.on("print_diff") or said.on("confirm"):
            encoding = "utf-8" if document.encoding.startswith("utf") else document.encoding
            streams.write(difference.encode(encoding, "backslashreplace"))
        if said.on("print_xml") or (self._wanted.source is None and not printed):
            streams.write(document.to_bytes())
        writes = said.on("define") or not (printed or said.on("no_define"))
        if self._wanted.source is None or (not writes and not said.on("update") and not said.on("start")):
            return GOOD
        if said.on("confirm") and not _agreed(self._wanted.source):
            return FINDINGS
        if self._guest is not None:
            for line in self._guest.take(self._wanted, outcome, define=writes):
                complain(f"{_PROGRAM}: {line}")
        elif writes and difference:
            self._save(document)
        return GOOD

    def _save(self, document: Document[Domain]) -> None:
        try:
            document.save()
        except OSError as error:
            raise InstallError(error.strerror or str(error), value=self._wanted.source) from None


def _agreed(name: str) -> bool:
    """Ask whether to go on."""
    streams.flush()
    streams.tell(f"Write {name} with these changes? (y/n) ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
