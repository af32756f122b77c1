"""Say what a code of a diagnostic means, with an example and what to do; without a code, list all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.codes import CODES
from virtxml.diagnostics.display import shortened
from virtxml.packaged import read_packaged

from .. import streams
from ..status import BAD_INPUT, GOOD
from ..terminal import complain

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="the code of a diagnostic, such as VX302")


def run(options: argparse.Namespace) -> int:
    """Print the page of a code, or the list of them; return `BAD_INPUT` for a code that there is not."""
    if options.code is None:
        streams.write("".join(f"{code}  {meaning}\n" for code, meaning in CODES.items()))
        return GOOD
    code = options.code.upper()
    if code not in CODES:
        from virtxml.diagnostics.suggest import did_you_mean, nearest

        near = nearest(code, CODES, limit=1)
        hint = did_you_mean(*(f'"{one}"' for one in near)) or "virtxml explain lists the codes"
        complain(f'virtxml explain: error: there is no code "{shortened(options.code)}": {hint}')
        return BAD_INPUT
    streams.write(page(code))
    return GOOD


def page(code: str) -> str:
    """Return the page of a code, in Markdown. Raises OSError if it is not installed."""
    try:
        return read_packaged(f"diagnostics/pages/{code}.md")
    except OSError:
        # Only what is installed has it there; a checkout has it where people read it.
        return read_packaged(f"../docs/diagnostics/{code}.md")
