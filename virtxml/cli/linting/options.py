"""The options that say which rules run, and what is known of the host; what a project says where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from virtxml.catalogue import NEWEST

from .settings import Settings, find_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from virtxml.lint import Linter
    from virtxml.node import Node

N = TypeVar("N", bound="Node")


def add_linting(parser: argparse.ArgumentParser, releases: argparse._MutuallyExclusiveGroup | None = None) -> None:
    """Declare the options; that for a release goes into a group with what may stand in its place."""
    (releases or parser).add_argument(
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
    parser.add_argument(
        "--capabilities", metavar="FILE", help="what `virsh capabilities` prints where the documents are to be used"
    )
    parser.add_argument(
        "--domcapabilities", metavar="FILE", help="what `virsh domcapabilities` prints where they are to be used"
    )
    files = parser.add_mutually_exclusive_group()
    files.add_argument(
        "--config",
        metavar="FILE",
        help="the file with the settings; default: virtxml.toml or [tool.virtxml] in pyproject.toml, the nearest above "
        "the working directory",
    )
    files.add_argument("--isolated", action="store_true", help="read no file with settings")


class Asked(NamedTuple):
    """What the options ask for, and the settings of the project where they say nothing.

    Attributes:
        settings: the settings of the project.
        libvirt: a release, or a system; None for the newest.
        arch: the architecture of guests that name none; "" if it is not known.
        machine: the machine of guests that name none; "" if it is not known.
        select: which rules run; None for those that do by default.
        ignore: which findings nobody wants.
        capabilities: the name of a file; None if there is none.
        domcapabilities: the name of a file; None if there is none.
    """

    settings: Settings
    libvirt: str | None
    arch: str
    machine: str
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    capabilities: str | None
    domcapabilities: str | None


def asked(options: argparse.Namespace) -> Asked:
    """Return what is asked for. Raises ValueError for settings and rules that there are not."""
    settings = find_settings(options.config, isolated=options.isolated)
    select, ignore = _parts(options.select), _parts(options.ignore)
    if select or ignore:
        from virtxml.lint import check

        check([*(select or ()), *(ignore or ())])
    return Asked(
        settings,
        settings.libvirt if options.libvirt is None else options.libvirt,
        options.arch or settings.arch or "",
        options.machine or settings.machine or "",
        settings.select if select is None else select,
        (settings.ignore if ignore is None else ignore) or (),
        options.capabilities,
        options.domcapabilities,
    )


def make_linter(asked: Asked) -> Linter:
    """Return what lints as it is asked for. Raises ValueError for a release that there is not, and for other files."""
    from virtxml.lint import Host, Linter, Selection
    from virtxml.lint.selection import DEFAULT

    libvirt = NEWEST
    if asked.libvirt is not None:
        from virtxml.releases import choose

        libvirt = choose(asked.libvirt).asked
    capabilities = domcapabilities = None
    arch = asked.arch
    if asked.capabilities is not None:
        from virtxml.schema.capabilities import Capabilities

        capabilities = told(asked.capabilities, Capabilities, "capabilities")
        cpu = capabilities.host.cpu if capabilities.host is not None else None
        arch = arch or (cpu.arch if cpu is not None else None) or ""  # guests that name none are of the host's
    if asked.domcapabilities is not None:
        from virtxml.schema.domaincaps import DomainCapabilities

        domcapabilities = told(asked.domcapabilities, DomainCapabilities, "domcapabilities")
    select = (DEFAULT,) if asked.select is None else asked.select
    return Linter(Host(libvirt, arch, asked.machine, capabilities, domcapabilities), Selection(select, asked.ignore))


def told(file: str, kind: type[N], command: str) -> N:
    """Return what a host has told, from a file. Raises ValueError if it is not that."""
    from virtxml.documents import read
    from virtxml.errors import ParseError

    try:
        model = read(file)
    except OSError as error:
        raise ValueError(f"{file}: {error.strerror}") from None
    except ParseError as error:
        raise ValueError(str(error)) from None
    if not isinstance(model, kind):
        raise ValueError(f"{file}: a <{model.xml_name}>, and not what `virsh {command}` prints")
    return model


def _parts(given: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return the names in an option; None if it is not given."""
    if given is None:
        return None
    return tuple(part.strip() for one in given for part in one.split(",") if part.strip())
