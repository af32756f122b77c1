"""Say what a code or a rule means, with an example and what to do; without one, list all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.codes import CODES, NAMES
from virtxml.diagnostics.display import shortened
from virtxml.packaged import read_packaged

from .. import streams
from ..status import BAD_INPUT, GOOD
from ..terminal import complain

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="a code or the name of a rule, such as VX302 or duplicate-disk-target"
    )


def run(options: argparse.Namespace) -> int:
    """Print the page of a code or a rule, or the list of them; return `BAD_INPUT` for what there is not."""
    if options.code is None:
        streams.write(_listing())
        return GOOD
    code = next((code for code, name in NAMES.items() if options.code == name), options.code.upper())
    if code in CODES:
        streams.write(page(code))
        return GOOD
    from virtxml.lint import pages

    rule = pages.named(options.code)
    if rule is not None:
        streams.write(pages.page(rule))
        return GOOD
    from virtxml.diagnostics.suggest import did_you_mean, nearest

    names = [*CODES, *NAMES.values(), *(name for one in pages.rules() for name in (one.code, one.name))]
    near = nearest(options.code, names, limit=1) or nearest(code, names, limit=1)
    hint = did_you_mean(*(f'"{one}"' for one in near)) or "virtxml explain lists the codes"
    complain(f'virtxml explain: error: there is no code "{shortened(options.code)}": {hint}')
    return BAD_INPUT


def _listing() -> str:
    from virtxml.lint import pages

    lines = [f"{code}  {meaning}\n" for code, meaning in CODES.items()]
    return "".join([*lines, *(f"{rule.code}  {rule.name}: {rule.title}\n" for rule in pages.rules())])


def page(code: str) -> str:
    """Return the page of a code, in Markdown. Raises OSError if it is not installed."""
    try:
        return read_packaged(f"diagnostics/pages/{code}.md")
    except OSError:
        # Only what is installed has it there; a checkout has it where people read it.
        return read_packaged(f"../docs/diagnostics/{code}.md")
