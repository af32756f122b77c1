"""Print the documents that virt-install would define, from its own arguments.

Exit status: 0 if they were printed, 2 if the arguments cannot be translated.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from virtxml.errors import VirtXMLError

from .. import streams
from ..status import BAD_INPUT, GOOD
from ..terminal import complain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.install.command_line.said import Arguments
    from virtxml.install.translation import Translation
    from virtxml.schema.domain import Domain

_PROGRAM = "virtxml install"
_CONSOLES = ("default", "text", "graphical", "none")
"""What `--autoconsole` may say."""
_SAYS_ENOUGH = {
    *("cdrom", "cdrom_short", "livecd", "location", "pxe", "import_install", "install", "reinstall", "cloud_init"),
    *("unattended", "boot", "os_type", "disk", "file_paths", "disksize", "nodisks", "filesystem", "test_stub_command"),
}
"""Options with one of which a command line says how the guest is installed, or what it starts from."""
_USAGE = f"""usage: {_PROGRAM} ARGUMENTS OF VIRT-INSTALL

Print the documents that virt-install would define. Without --define and
--start, nothing is changed on any host.

Facts about the host come from:
  --capabilities FILE      what `virsh capabilities` prints
  --domcapabilities FILE   what `virsh domcapabilities` prints
  --host FILE              a <node> of libvirt's test driver: networks, pools, volumes, devices, guests
  --connect URI            a live connection; with files, it only tells the driver
  without these            a current host with KVM (--arch for another architecture)

What is printed:
  --print-xml [STEP]       the document of a step: 1 installs the guest, 2 is the guest afterwards; all of them
  --print-step STEP        the same: 1, 2 or all
  --define, --start        hand the result to the connection
  --quiet                  nothing but errors; with one of the above, its document too

  --OPTION help            the sub-options of an option, such as --disk help
  --osinfo list            the operating systems

What would be made on a host is told on standard error.
"""


def main(arguments: Sequence[str]) -> int:
    """Translate arguments, print the documents, return the status. Raises SystemExit after `--help` and `--version`."""
    if any(argument in ("-h", "--help") for argument in arguments):
        from virtxml.install.command_line.overview import overview

        streams.write(f"{_USAGE}\n{overview()}")
        sys.exit(GOOD)
    if "--version" in arguments:
        from virtxml.install.command_line.overview import FOLLOWED
        from virtxml.packaged import __version__

        streams.write(f"virtxml {__version__}, following virt-install {FOLLOWED}\n")
        sys.exit(GOOD)
    try:
        return _run(arguments)
    except VirtXMLError as error:
        complain(f"{_PROGRAM}: error: {' '.join(str(error).split())}")
    except RecursionError:
        complain(f"{_PROGRAM}: error: the arguments are nested too deeply")
    return BAD_INPUT


def _run(argv: Sequence[str]) -> int:
    from virtxml.install.command_line.arguments import parse_arguments
    from virtxml.install.errors import InstallError

    arguments = parse_arguments(argv)
    answer = _answer(arguments)
    if answer is not None:
        streams.write(answer)
        return GOOD
    if arguments.on("test_stub_command"):
        return GOOD
    from virtxml.install.translation import translate_arguments

    warnings = _check_answers(arguments)
    translation = translate_arguments(arguments)
    translation.warnings[:0] = warnings
    documents = _documents(translation)
    try:
        texts = [document.to_xml() for document in documents]
    except (ValueError, TypeError) as error:
        raise InstallError(str(error)) from None
    done = ""
    if (arguments.on("define") or arguments.on("start")) and not arguments.on("dry"):
        from virtxml.install.handing import hand_over

        done = hand_over(translation)
    quiet = arguments.on("quiet")
    if not quiet or _asks_for_documents(arguments):
        # XML without a declaration is UTF-8, whatever the terminal has.
        streams.write("".join(texts).encode())
    if quiet:
        return GOOD
    _tell(translation)
    if done:
        complain(f"{_PROGRAM}: {done}")
    return GOOD


def _answer(arguments: Arguments) -> str | None:
    """Return the answer to `--disk help`, `--osinfo list` and the like; None if nothing like that is asked."""
    from virtxml.install.command_line.help import requested_help, requested_systems

    systems = requested_systems(arguments)
    if systems is not None:
        return systems
    location = arguments.text("test_media_detection")
    if location is not None:
        from virtxml.install.systems import detected_name

        return f"{detected_name(location, arguments.text('arch') or 'x86_64')}\n"
    return requested_help(arguments)


def _asks_for_documents(arguments: Arguments) -> bool:
    """Return whether a command line asks virt-install itself for documents: it prints none by default."""
    return "xmlonly" in arguments.values or "xmlstep" in arguments.values


def _check_answers(arguments: Arguments) -> list[str]:
    """Return warnings of what is said of waiting, a line each.

    Raises InstallError for what is said of waiting and of consoles if it has no meaning.
    """
    from virtxml.install.errors import InstallError

    warnings: list[str] = []
    wait = arguments.text("wait")
    if wait is not None and not wait.removeprefix("-").isdecimal():
        raise InstallError("not a number of minutes", option="--wait", value=wait)
    prints = any(name in arguments.values for name in ("xmlonly", "xmlstep", "dry"))
    if wait is not None and wait != "0" and not prints:
        reason = "no installation takes place that could be waited for: leave it out, or add --print-xml"
        if any(name in arguments.values for name in ("connect", "host")):
            raise InstallError(reason, option="--wait")
        warnings.append(f"--wait: {reason}")
    given = {*arguments.values, *arguments.compound}
    if not prints and not given & _SAYS_ENOUGH:
        raise InstallError("nothing says how to install, or from what disk: --cdrom, --location, --pxe, --import")
    console = arguments.text("autoconsole")
    if console is not None and console not in _CONSOLES:
        raise InstallError(f"not one of {', '.join(_CONSOLES)}", option="--autoconsole", value=console)
    return warnings


def _documents(translation: Translation) -> list[Domain]:
    """Return the documents of the step that is asked for. Raises InstallError if there is no such step."""
    from virtxml.install.errors import InstallError

    arguments, documents = translation.arguments, translation.documents
    option, step = "--print-step", arguments.text("xmlstep")
    if step is None:
        option, step = "--print-xml", arguments.text("xmlonly")
    if step in (None, "all", ""):
        return list(documents)
    if step not in ("1", "2"):
        raise InstallError("the steps are 1, 2 and all", option=option, value=step)
    if int(step) > len(documents):
        raise InstallError("this installation has one step only", option=option, value=step)
    return [documents[int(step) - 1]]


def _tell(translation: Translation) -> None:
    """Say what has to be there before the guest starts, and what the user should know."""
    for warning in translation.warnings:
        complain(f"{_PROGRAM}: warning: {warning}")
    for volume in translation.storage:
        complain(f"# {volume.task}")
    for line in translation.to_make:
        complain(f"# to make: {line}")
