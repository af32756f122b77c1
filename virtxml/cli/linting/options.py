"""The options that say which rules run, and what is known of the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.catalogue import NEWEST

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from virtxml.lint import Linter


def add_linting(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--libvirt",
        metavar="RELEASE",
        help=f"the release of libvirt to be valid for, or a system that it comes with: 10.0.0, debian12, rhel9.4; "
        f"default: {NEWEST}",
    )
    parser.add_argument(
        "--select",
        action="append",
        metavar="RULES",
        help="the rules that run, by name, code or its beginning, or group: default, all, security, style, migration; "
        "separated by commas; default: default",
    )
    parser.add_argument("--ignore", action="append", metavar="RULES", help="findings that nobody wants, said alike")
    parser.add_argument("--arch", help="the architecture of guests that name none")
    parser.add_argument("--machine", help="the machine of guests that name none")


def make_linter(options: argparse.Namespace) -> Linter:
    """Return what lints as the options say. Raises ValueError for rules and releases that there are not."""
    from virtxml.lint import Host, Linter, Selection
    from virtxml.lint.selection import DEFAULT, check
    from virtxml.releases import choose

    select, ignore = _parts(options.select or [DEFAULT]), _parts(options.ignore or [])
    check([*select, *ignore])
    libvirt = NEWEST if options.libvirt is None else choose(options.libvirt).asked
    return Linter(Host(libvirt, options.arch or "", options.machine or ""), Selection(select, ignore))


def _parts(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for one in given for part in one.split(",") if part.strip())
