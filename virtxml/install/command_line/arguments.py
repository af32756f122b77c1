"""virt-install's command line: which options there are, and what was said."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ...records import Record
from ...scalars import escape_text
from ...source.secrets.hiding import without_passwords
from ..errors import InstallError
from ..options import DESTINATIONS
from .said import Arguments, OptionString

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SWITCH, TEXT, LIST, COMPOUND = "switch", "text", "list", "compound"
WORDS = "words"
"""The destination of what belongs to no option."""


class Declared(Record, frozen=True):
    """An option of the command line.

    Attributes:
        destination: where its value goes.
        kind: SWITCH (no value), TEXT (the last value counts), LIST or COMPOUND (each value counts).
        constant: what a SWITCH stands for, and an option whose value is optional without one; None for others.
        hidden: whether it is of an older version, or for virt-install's own tests.
    """

    destination: str
    kind: str
    constant: str | bool | None = None
    hidden: bool = False


_TEXTS = ("connect", "name", "cdrom", "reinstall", "virt-type", "arch", "machine", "autoconsole")
_OLD_TEXTS = ("cpuset", "uuid", "description", "test-media-detection", "init", "vncport", "vnclisten")
_SWITCHES = ("pxe", "autostart", "transient", "destroy-on-exit", "noreboot", "quiet", "debug")
_OLD_SWITCHES = ("check-cpu", "livecd", "test-stub-command", "nodisks", "nonetworks", "vnc", "sdl", "nographics")
_OLDER_SWITCHES = ("accelerate", "noapic", "noacpi", "prompt", "force")


def _destination(name: str) -> str:
    return name.replace("-", "_")


def _declare() -> dict[str, Declared]:
    """Return all options by name, short names and aliases too."""
    found = {f"--{name.replace('_', '-')}": Declared(name, COMPOUND) for name in DESTINATIONS}
    found |= {f"--{name}": Declared(_destination(name), TEXT) for name in _TEXTS}
    found |= {f"--{name}": Declared(_destination(name), TEXT, None, True) for name in _OLD_TEXTS}
    found |= {f"--{name}": Declared(_destination(name), SWITCH, True) for name in _SWITCHES}
    found |= {f"--{name}": Declared(_destination(name), SWITCH, True, True) for name in _OLD_SWITCHES + _OLDER_SWITCHES}
    found |= _SPECIAL
    for alias, name in _ALIASES.items():
        found[alias] = found[name]
    return found


_SPECIAL = {
    "--help": Declared("help", SWITCH, True),
    "--version": Declared("version", SWITCH, True),
    "--ram": Declared("oldmemory", TEXT, None, True),
    "-c": Declared("cdrom_short", TEXT, None, True),
    "--import": Declared("import_install", SWITCH, True),
    "--extra-args": Declared("extra_args", LIST),
    "--initrd-inject": Declared("initrd_inject", LIST),
    "--unattended": Declared("unattended", COMPOUND, ""),
    "--cloud-init": Declared("cloud_init", COMPOUND, ""),
    "--sound": Declared("sound", COMPOUND, "default"),
    "--os-type": Declared("old_os_type", TEXT, None, True),
    "--file": Declared("file_paths", LIST, None, True),
    "--file-size": Declared("disksize", LIST, None, True),
    "--nonsparse": Declared("sparse", SWITCH, False, True),
    "--bridge": Declared("bridge", LIST, None, True),
    "--mac": Declared("mac", LIST, None, True),
    "--keymap": Declared("keymap", TEXT, None, True),
    "--hvm": Declared("os_type", SWITCH, "hvm"),
    "--paravirt": Declared("os_type", SWITCH, "xen"),
    "--container": Declared("os_type", SWITCH, "exe"),
    "--wait": Declared("wait", TEXT, "-1"),
    "--noautoconsole": Declared("autoconsole", SWITCH, "none"),
    "--print-xml": Declared("xmlonly", TEXT, "all"),
    "--print-step": Declared("xmlstep", TEXT, None, True),
    "--dry-run": Declared("dry", SWITCH, True),
    "--capabilities": Declared("capabilities", TEXT),
    "--domcapabilities": Declared("domcapabilities", TEXT),
    "--host": Declared("host", TEXT),
    "--define": Declared("define", SWITCH, True),
    "--start": Declared("start", SWITCH, True),
}

_ALIASES = {
    "-h": "--help",
    "-n": "--name",
    "-r": "--ram",
    "-u": "--uuid",
    "-l": "--location",
    "-x": "--extra-args",
    "--os-variant": "--osinfo",
    "-w": "--network",
    "--host-device": "--hostdev",
    "--soundhw": "--sound",
    "-f": "--file",
    "-s": "--file-size",
    "-b": "--bridge",
    "-m": "--mac",
    "-k": "--keymap",
    "--security": "--seclabel",
    "--launchsecurity": "--launchSecurity",
    "-v": "--hvm",
    "-p": "--paravirt",
    "-q": "--quiet",
    "-d": "--debug",
}

OPTIONS = _declare()
"""All options of the command line by name."""

_ONCE = ("osinfo", "location", "install", "unattended", "cloud_init")
"""Options with sub-options of which only the last occurrence counts."""


def parse_arguments(argv: Sequence[str], options: Mapping[str, Declared] = OPTIONS, *, words: int = 0) -> Arguments:
    """Take a command line apart, without the program's name.

    Options may be shortened as far as they stay unmistakable, and be written `--option value` or `--option=value`.

    Args:
        argv: the command line.
        options: the options that there are.
        words: how many words may belong to no option; they are the value `WORDS`.

    Raises InstallError for an option that there is not, and for a value or a word that is missing or too many.
    """
    return _Parsing(options, words).parse(argv)


class _Parsing:
    """The work on a command line with certain options."""

    def __init__(self, options: Mapping[str, Declared], words: int) -> None:
        self._options = options
        self._words = words
        self._found = Arguments()

    def parse(self, argv: Sequence[str]) -> Arguments:
        self._refuse_unwritable(argv)
        rest = deque(argv)
        before = ""
        while rest:
            word = rest.popleft()
            if word == "--" and not rest:
                break
            if word[:1] != "-" or word in ("-", "--"):
                self._stray(word, before)
                continue
            name, value = self._option_and_value(word)
            declared = self._options[name]
            if declared.kind == SWITCH:
                if value is not None and len(name) == 2:
                    rest.appendleft(f"-{value}")
                elif value is not None:
                    raise InstallError("takes no value", option=name, value=value)
                self._switch(name, declared)
                continue
            if value is None and rest and not self._looks_like_option(rest[0]):
                value = rest.popleft()
            before = value or ""
            self._store(name, declared, value)
        return self._found

    def _stray(self, word: str, before: str) -> None:
        """Take a word that belongs to no option. Raises InstallError for one too many."""
        words = self._found.texts(WORDS)
        if without_passwords(before) != before:
            # It may be the rest of a secret with a space in it.
            raise InstallError("what is behind the space in a value belongs to no option: put the value into quotes")
        if len(words) >= self._words:
            raise InstallError("belongs to no option", value=word)
        self._found.values[WORDS] = [*words, word]

    def _refuse_unwritable(self, words: Sequence[str]) -> None:
        """Raise InstallError for an argument that no document can hold, by the option that it belongs to."""
        option: str | None = None
        for word in words:
            name = word.partition("=")[0]
            if name in self._options:
                option = name
            try:
                escape_text(word)
            except ValueError as error:
                raise InstallError(str(error), option=option) from None

    def _switch(self, name: str, declared: Declared) -> None:
        value = True if declared.constant is None else declared.constant
        values = self._found.values
        if declared.destination == "os_type" and values.get("os_type", value) != value:
            raise InstallError("--hvm, --paravirt and --container exclude each other", option=name)
        values[declared.destination] = value

    def _option_and_value(self, word: str) -> tuple[str, str | None]:
        """Return the full name of an option, and the value that is written in one word with it."""
        if word in self._options:
            return word, None
        if not word.startswith("--"):
            if word[:2] in self._options:
                return word[:2], word[2:].removeprefix("=") if len(word) > 2 else None
            raise self._unknown(word)
        name, equals, value = word.partition("=")
        if name not in self._options:
            name = self._complete(name)
        return name, value if equals else None

    def _complete(self, start: str) -> str:
        """Return the option that begins with a text, as long as there is only one."""
        found = sorted(name for name in self._options if name.startswith(start))
        if len({self._options[name] for name in found}) == 1:
            return found[0]
        if found:
            raise InstallError(f"may be {', '.join(found)}", option=start)
        raise self._unknown(start)

    def _unknown(self, name: str) -> InstallError:
        from ...diagnostics.suggest import did_you_mean, nearest

        meant = did_you_mean(*nearest(name, self._options), lead=", ")
        return InstallError(f"there is no such option{meant}", option=name)

    def _looks_like_option(self, word: str) -> bool:
        """Return whether a word is no value: those with a space, and negative numbers, may begin with a hyphen too."""
        if word[:1] != "-" or word == "-":
            return False
        if word in self._options or word.partition("=")[0] in self._options:
            return True
        return not (" " in word or word[1:].replace(".", "", 1).isdigit())

    def _store(self, name: str, declared: Declared, value: str | None) -> None:
        arguments = self._found
        if value is None:
            if not isinstance(declared.constant, str):
                raise InstallError("needs a value", option=name)
            value = declared.constant
        destination = declared.destination
        if declared.kind == COMPOUND:
            if destination in _ONCE:
                arguments.compound[destination] = []
            arguments.compound.setdefault(destination, []).append(OptionString(name, value))
        elif declared.kind == LIST:
            arguments.values[destination] = [*arguments.texts(destination), value]
        else:
            arguments.values[destination] = value
