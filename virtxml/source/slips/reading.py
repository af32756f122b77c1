"""Text that a parser refuses, as far as it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..decoding import decode_strictly
from ..lines import Lines
from .scan import scan
from .slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..edits import Edited


class Reading(NamedTuple):
    """One way to read a text.

    Attributes:
        text: its characters.
        slips: what is not well-formed, in the order of the text.
        edited: the text with the slips mended.
    """

    text: str
    slips: list[Slip]
    edited: Edited

    @property
    def main(self) -> Slip:
        """The slip to name where only one is: the first, unless it is only that all of the document is not closed."""
        first, *others = self.slips
        whole = first.kind == "never closed" and "<" not in self.text[: first.span[0]]
        return others[0] if others and whole else first

    @property
    def lines(self) -> Lines:
        """The lines of the text as it is."""
        return Lines(self.text)


def readings(source: str | bytes, prefixes: Mapping[str, str] | None = None) -> Iterator[Reading]:
    """Iterate over the ways to read a text that is not well-formed, the likeliest first; there are a few at most.

    ``prefixes`` are the namespaces of prefixes that may be used, to say what to declare.
    """
    text, wrong, *_ = decode_strictly(source)
    unsure = False
    for hug, trust_end in ((False, False), (True, False), (False, True), (True, True)):
        found = scan(text, prefixes, hug=hug, trust_end=trust_end)
        slips = found.slips
        if wrong:
            # Where nothing but bytes that are no text stands outside, that they are no text says it all.
            outside = [one for one in slips if one.kind in ("text outside", "nothing")]
            told = [one for one in outside if not text[slice(*one.span)].strip("\ufffd")]
            slips = [Slip("encoding", *wrong), *(one for one in slips if one not in told)]
        yield Reading(text, sorted(slips, key=lambda slip: slip.span), found.repaired(text))
        unsure = unsure or found.unsure
        if not unsure:
            return
