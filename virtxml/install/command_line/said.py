"""What was said on a command line, taken apart."""

from __future__ import annotations

from typing import ClassVar

from ...records import Record, made
from ..errors import InstallError


class OptionString(Record, frozen=True):
    """One occurrence of an option that has sub-options.

    Attributes:
        option: the option as it was written, such as "--disk".
        text: its value as it was written; "" if it had none.
    """

    _hidden: ClassVar = ("text",)  # which may hold passwords

    option: str
    text: str

    @property
    def items(self) -> list[tuple[str, str | None]]:
        """The value's tokens: keys with their values, None where there is no "=".

        Raises InstallError if a quotation does not end.
        """
        from .splitting import split

        try:
            return split(self.text)
        except ValueError as error:
            raise InstallError(str(error), option=self.option) from None


class Arguments(Record):
    """A command line, taken apart.

    Attributes:
        values: plain options that were given, by destination: True for a switch, text, or a list of texts for one that
            may be repeated. Destinations are virt-install's ("name", "oldmemory", "xmlonly", "virt_type", "arch",
            "os_type": "hvm"/"xen"/"exe", …); ours are "capabilities", "domcapabilities", "host" (paths), "define" and
            "start".
        compound: options with sub-options that were given, by destination ("disk", "network", …), in order.
    """

    _hidden: ClassVar = ("values", "compound")  # which may hold passwords

    values: dict[str, str | bool | list[str]] = made(factory=dict)
    compound: dict[str, list[OptionString]] = made(factory=dict)

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
