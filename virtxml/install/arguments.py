"""virt-install's command line: which options there are, and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class OptionString:
    """One occurrence of an option that has sub-options.

    Attributes:
        option: the option as it was written, such as "--disk".
        text: its value as it was written; "" if it had none.
    """

    option: str
    text: str

    @property
    def items(self) -> list[tuple[str, str | None]]:
        """The value's tokens: keys with their values, None where there is no "=".

        Raises InstallError if a quotation does not end.
        """
        raise NotImplementedError


@dataclass
class Arguments:
    """A command line, taken apart.

    Attributes:
        values: plain options that were given, by destination: True for a switch, text, or a list of texts for one that
            may be repeated. Destinations are virt-install's ("name", "oldmemory", "xmlonly", "virt_type", "arch",
            "os_type": "hvm"/"xen"/"exe", …); ours are "capabilities", "domcapabilities", "host" (paths), "define" and "start".
        compound: options with sub-options that were given, by destination ("disk", "network", …), in order.
    """

    values: dict[str, str | bool | list[str]] = field(default_factory=dict)
    compound: dict[str, list[OptionString]] = field(default_factory=dict)

    def text(self, destination: str) -> str | None:
        """Return the text of a plain option; None if it was not given."""
        value = self.values.get(destination)
        return value if isinstance(value, str) else None

    def texts(self, destination: str) -> list[str]:
        """Return the texts of a plain option that may be repeated."""
        value = self.values.get(destination)
        return value if isinstance(value, list) else []

    def on(self, destination: str) -> bool:
        """Return whether a switch was given."""
        return self.values.get(destination) is True


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Take a command line apart, without the program's name.

    Options may be shortened as far as they stay unmistakable, and be written `--option value` or `--option=value`.
    Raises InstallError for an option that there is not, and for a value that is missing or too many.
    """
    raise NotImplementedError
