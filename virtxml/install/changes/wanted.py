"""What a command line of `virtxml edit` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...records import Record, made
from ..command_line.arguments import COMPOUND, OPTIONS, SWITCH, TEXT, WORDS, Declared, parse_arguments
from ..command_line.said import Arguments
from ..errors import InstallError
from ..options import find_option
from .elements import is_device

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..command_line.said import OptionString

EDIT, ADD, REMOVE, BUILD = "edit", "add_device", "remove_device", "build_xml"
ACTIONS = {EDIT: "--edit", ADD: "--add-device", REMOVE: "--remove-device", BUILD: "--build-xml"}
"""What can be done, by destination, as it is written on a command line."""
CONVERSIONS = {"convert_to_q35": "--convert-to-q35", "convert_to_vnc": "--convert-to-vnc"}
"""Changes of the whole guest, which `--edit` takes in place of an option."""
XML = "xml"
_NOT_FOR_GUESTS = ("location", "install", "unattended", "cloud_init", "check")
"""Options that say how a guest is installed, which one that exists is already."""
_FACTS = ("--capabilities", "--domcapabilities", "--host", "--connect", "--help", "--version", "--quiet", "--debug")


def _declare() -> dict[str, Declared]:
    found = {
        name: declared
        for name, declared in OPTIONS.items()
        if name in _FACTS or (declared.kind == COMPOUND and declared.destination not in _NOT_FOR_GUESTS)
    }
    for short, name in (("-c", "--connect"), ("-h", "--help"), ("-q", "--quiet"), ("-d", "--debug")):
        found[short] = found[name]
    found |= {
        name: Declared(destination, TEXT, "") if destination == EDIT else Declared(destination, SWITCH, True)
        for destination, name in ACTIONS.items()
    }
    found |= {name: Declared(destination, TEXT, "") for destination, name in CONVERSIONS.items()}
    for name in ("print-diff", "print-xml", "define", "no-define", "update", "start", "confirm"):
        found[f"--{name}"] = Declared(name.replace("-", "_"), SWITCH, True)
    return found


EDIT_OPTIONS = _declare()
"""All options of `virtxml edit` by name."""


class Wanted(Record):
    """One change, as a command line asks for it.

    Attributes:
        action: EDIT, ADD, REMOVE or BUILD.
        selector: what chooses the elements to edit: "" for the first, a number, "all", or an option's value.
        destination: the option that the change is about, such as "disk"; "" if it is a conversion.
        occurrences: what is said of it, in order.
        conversions: the changes of the whole guest, with their values, by destination.
        source: the file or the guest that is changed; None for standard input, or for nothing at all.
        arguments: all that was said.
    """

    _hidden: ClassVar = ("occurrences", "arguments")  # which may hold passwords

    action: str
    selector: str
    destination: str
    occurrences: list[OptionString]
    conversions: dict[str, str]
    source: str | None
    arguments: Arguments = made(factory=Arguments)

    @property
    def option(self) -> str:
        """The option that the change is about, as it is written on a command line."""
        return f"--{self.destination.replace('_', '-')}"

    @property
    def osinfo(self) -> str | None:
        """What names the guest's operating system; None if nothing does."""
        found = self.arguments.compound.get("osinfo")
        return found[-1].text if found else None


def parse_command(argv: Sequence[str]) -> Arguments:
    """Take the command line of `virtxml edit` apart. Raises InstallError as `parse_arguments` does."""
    return parse_arguments(argv, EDIT_OPTIONS, words=1)


def wanted_change(arguments: Arguments) -> Wanted:
    """Return the change that arguments ask for. Raises InstallError for none, for two, and for contradictions."""
    actions = [action for action in ACTIONS if action in arguments.values]
    if len(actions) != 1:
        raise InstallError(
            f"say what to do: {', '.join(ACTIONS.values())}"
            if not actions
            else f"only one of {', '.join(ACTIONS[action] for action in actions)} can be done at a time"
        )
    (action,) = actions
    found = {name: said for name, said in arguments.compound.items() if name != "osinfo"}
    conversions = {name: value for name in CONVERSIONS if (value := arguments.text(name)) is not None}
    changes = [*(f"--{name.replace('_', '-')}" for name in found), *(CONVERSIONS[name] for name in conversions)]
    if not changes:
        raise InstallError("nothing says what to change: an option such as --disk is missing", option=ACTIONS[action])
    if len(changes) > 1:
        raise InstallError(f"only one of {', '.join(changes)} can be changed at a time")
    words = arguments.texts(WORDS)
    wanted = Wanted(
        action=action,
        selector=arguments.text(EDIT) or "",
        destination=next(iter(found), ""),
        occurrences=next(iter(found.values()), []),
        conversions=conversions,
        source=words[0] if words and words[0] != "-" else None,
        arguments=arguments,
    )
    _refuse_contradictions(wanted)
    return wanted


def _refuse_contradictions(wanted: Wanted) -> None:
    """Raise InstallError for what an action is not for."""
    name = ACTIONS[wanted.action]
    if wanted.action in (EDIT, REMOVE) and "osinfo" in wanted.arguments.compound:
        raise InstallError(f"{name} needs no system: it fills in nothing", option="--osinfo")
    if wanted.conversions or wanted.destination == XML:
        if wanted.action != EDIT:
            changed = next(iter(wanted.conversions), wanted.destination)
            reason = f"can only be used with --edit, not with {name}"
            raise InstallError(reason, option=f"--{changed.replace('_', '-')}")
        if wanted.selector:
            raise InstallError("the document as a whole is changed: leave this out", option=name, value=wanted.selector)
        return
    option = find_option(wanted.destination)
    if wanted.action in (ADD, REMOVE) and not is_device(option):
        raise InstallError(f"is for devices, which {option.name} is not", option=name)
    if not option.element:
        if wanted.action == BUILD:
            raise InstallError(f"{option.name} is no element of its own, but parts of the document", option=name)
        if wanted.selector:
            reason = f"{option.name} is no element that could be chosen: leave this out"
            raise InstallError(reason, option=name, value=wanted.selector)
