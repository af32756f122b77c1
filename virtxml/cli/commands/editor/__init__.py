"""Open a document in your editor, and again until libvirt takes it: as EDITOR for `virsh edit`, nothing is lost.

The editor is $VIRTXML_EDITOR, $VISUAL or $EDITOR, but never this command itself, else sensible-editor or vi. What is
wrong stands above the document when it is opened again, in comments that are removed before it is saved. To give up,
close the editor without a change. Exit status: 0 if the file is saved, or was left as it was; 1 if you gave up, or the
editor failed: the file is as it was then, and you are told where your changes are kept; 2 if it cannot be edited.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from virtxml.catalogue import NEWEST
from virtxml.editing.saving import replace_file
from virtxml.lint import Host, Linter
from virtxml.releases import choose
from virtxml.validation import Validator

from ... import streams
from ...files import STANDARD_INPUT, read_input
from ...kinds import add_kind, is_kind
from ...status import BAD_INPUT, FINDINGS, GOOD
from ...terminal import complain, width
from .findings_above import with_findings, without_findings
from .program import EditorError, chosen_editor, open_in

if TYPE_CHECKING:
    import argparse

    from virtxml.diagnostics.diagnostic import Diagnostic

_PROGRAM = "virtxml editor"
_EXAMPLES = """examples:
  EDITOR='virtxml editor' virsh edit web01
  VIRTXML_EDITOR='code --wait' virtxml editor web01.xml
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    import argparse as module

    parser.formatter_class = partial(module.RawDescriptionHelpFormatter, width=width() - 2)  # pyright: ignore[reportAttributeAccessIssue]
    parser.epilog = _EXAMPLES
    parser.add_argument("file", metavar="FILE", help="a document")
    parser.add_argument(
        "--libvirt",
        metavar="RELEASE",
        default=NEWEST,
        help=f"the release of libvirt to be valid for, or a system that it comes with; default: {NEWEST}",
    )
    add_kind(parser)


def run(options: argparse.Namespace) -> int:
    """Edit the file; return `FINDINGS` if that was given up, `BAD_INPUT` if it cannot be edited."""
    if not is_kind(options.kind, _PROGRAM):
        return BAD_INPUT
    try:
        linter = Linter(Host(choose(options.libvirt).asked))
        validator = Validator(libvirt=options.libvirt, kind=options.kind, then=linter)
    except ValueError as error:
        complain(f"{_PROGRAM}: error: {error}")
        return BAD_INPUT
    if validator.note:
        complain(f"{_PROGRAM}: {validator.note}")
    if options.file == STANDARD_INPUT:
        complain(f"{_PROGRAM}: error: a file is needed, which can be saved")
        return BAD_INPUT
    try:
        session = _Session(options.file, validator)
    except (OSError, EditorError) as error:
        complain(f"{options.file}: error: {getattr(error, 'strerror', None) or error}")
        return BAD_INPUT
    return session.run()


class _Session:
    """The work on one file: a copy of it is edited, so that the file is never one that is half done."""

    def __init__(self, name: str, validator: Validator) -> None:
        """Read a file, and make a copy. Raises OSError if that cannot be, EditorError if there is no editor."""
        self._name = name
        self._before = self._now = read_input(name)
        self._validator = validator
        self._editor = chosen_editor()
        # What is wrong before anybody has changed anything is no reason to keep people from saving.
        self._known = Counter(map(_about, validator.validate(self._before)))
        self._copy = Path(tempfile.mkdtemp(prefix="virtxml-")) / (Path(name).name or "document.xml")

    def run(self) -> int:
        """Let the document be edited until it is valid or given up; return the status."""
        findings: list[Diagnostic] = []
        while True:
            shown = self._now
            self._copy.write_bytes(with_findings(shown, findings))
            failure = open_in(self._editor, self._copy)
            self._now = without_findings(self._copy.read_bytes())
            if failure is not None:
                return self._give_up(failure)
            if self._now == self._before:
                return self._end(GOOD)
            new = self._findings()
            if not new:
                return self._save()
            if findings and self._now == shown:
                answer = _ask(len(new))
                if answer == "s":
                    return self._save()
                if answer != "e":
                    return self._give_up(f"{_mistakes(len(new))} left")
            findings = new

    def _findings(self) -> list[Diagnostic]:
        """Return what libvirt would refuse by now, and was not there before."""
        known = self._known.copy()
        new = []
        for found in self._validator.validate(self._now):
            if known[_about(found)]:
                known[_about(found)] -= 1
            elif found.severity == "error":
                new.append(found)
        return new

    def _save(self) -> int:
        """Write the file."""
        try:
            replace_file(self._name, self._before, self._now)
        except OSError as error:
            return self._give_up(f"it cannot be saved: {error.strerror}", BAD_INPUT)
        return self._end(GOOD)

    def _give_up(self, reason: str, status: int = FINDINGS) -> int:
        """Leave the file as it is, and say where the changes are, if there are any."""
        complain(f"{self._name}: error: {reason}; the file is as it was")
        if self._now == self._before:
            return self._end(status)
        self._copy.write_bytes(self._now)
        complain(f"{_PROGRAM}: your changes are kept in {self._copy}")
        return status

    def _end(self, status: int) -> int:
        """Take the copy away."""
        shutil.rmtree(self._copy.parent, ignore_errors=True)
        return status


def _about(diagnostic: Diagnostic) -> tuple[str, str]:
    """Return what a finding is about, wherever it is by now."""
    return diagnostic.code, diagnostic.message


def _mistakes(count: int) -> str:
    return f"{count:,} mistake{' is' if count == 1 else 's are'}"


def _ask(count: int) -> str:
    """Ask what to do about mistakes: "e" to edit again, "s" to save, "g" to give up, which is what nobody answers."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return "g"
    while True:
        streams.tell(f"{_mistakes(count)} left. [e]dit again, [s]ave all the same, or [g]ive up and keep the changes? ")
        answer = os.fsdecode(sys.stdin.buffer.readline()).strip().lower()[:1]
        if answer in ("e", "s", "g"):
            return answer
        if not answer:
            return "g"
