"""The option --kind, which several commands have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terminal import complain

if TYPE_CHECKING:
    import argparse


def add_kind(parser: argparse.ArgumentParser) -> None:
    """Declare the option."""
    parser.add_argument(
        "--kind",
        help="what each file is, if its root element and what is in it do not tell: disk, devices/interface",
    )


def is_kind(kind: str | None, command: str) -> bool:
    """Tell whether there is such a kind, or none is given; say what may have been meant if there is not."""
    if kind is None:
        return True
    from virtxml.kinds.known import check

    try:
        check(kind)
    except ValueError as error:
        complain(f"{command}: error: {error}")
        return False
    return True
