"""Releases of libvirt: which is older, and which of those with known schemas stands for any other, or for a system.

What is generated, `virtxml.catalogue`, is imported late: the generator itself compares releases.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_RELEASE = re.compile(
    r"(?:libvirt[\s\-_]*)?v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?(?:\.\d+)*(?:[\-+~].*)?", re.DOTALL
)
"""A release, also as a package has it: `10.0.0-2ubuntu8`, `libvirt-9.0.0`."""
_SYSTEM = re.compile(r"([a-z]+)(\d{1,4}(?:\.\d{1,4})*)")
_CODE = re.compile(r"(?:debian|ubuntu)?[\d.]*([a-z]+)")


class Chosen(NamedTuple):
    """The schemas that are used for a release that was asked for.

    Attributes:
        release: the release that they are of, one of `virtxml.catalogue.RELEASES`.
        note: what to tell whoever asked for another release or a system, in one line; "" if there is nothing to tell.
        asked: the release that is meant, with three numbers.
    """

    release: str
    note: str = ""
    asked: str = ""


def number(release: str) -> tuple[int, ...]:
    """Return a release as numbers that can be compared: `(9, 0, 0)` for "9.0.0". Raises ValueError for other text."""
    return tuple(map(int, release.split(".")))


def is_older(release: str, than: str) -> bool:
    """Tell whether a release of libvirt is older than another."""
    return number(release) < number(than)


def not_older(version: int) -> str:
    """Return the first release with schemas that knows all that a version does; the newest if there is none.

    ``version`` is as libvirt tells it: 1,000,000 for 1.0.0.
    """
    from ..catalogue import NEWEST, RELEASES

    wanted = (version // 1_000_000, version // 1_000 % 1_000, version % 1_000)
    return next((release for release in RELEASES if number(release) >= wanted), NEWEST)


def choose(asked: str) -> Chosen:
    """Return the schemas for a release of libvirt, or for the one that comes with an operating system.

    ``asked`` is any release, such as "10.0.0" or "9.0", or a system: "debian12", "Ubuntu 24.04", "rhel-9.4",
    "sles15sp6", "bookworm". The newest known schemas that are not newer than the release are used, and the oldest for
    what is older than all. Raises ValueError for what is neither, TypeError for what is no text.
    """
    from ..catalogue import NEWEST, RELEASES

    if asked in RELEASES:
        return Chosen(asked, "", asked)
    if not isinstance(asked, str):
        raise TypeError(f"a release of libvirt is text, such as {NEWEST!r}, not {type(asked).__name__}")
    from .systems import ROLLING, SYSTEMS, TITLES

    text = asked.strip().lower()
    match = _RELEASE.fullmatch(text)
    if match:
        return _nearest(".".join(str(int(part or 0)) for part in match.groups()), "")
    name = re.sub(r"[\s\-_:/]+|lts", "", text)
    if name in ROLLING:
        note = f"{text} follows libvirt: the newest schemas that are known are used, those of {NEWEST}"
        return Chosen(NEWEST, note, NEWEST)
    family, version = _system(name)
    if not version:
        raise ValueError(_unknown(asked, family))
    return _nearest(SYSTEMS[family][version], f"{TITLES[family]} {version}")


def _nearest(release: str, system: str) -> Chosen:
    """Return the newest known release that is not newer than one, and why it is used."""
    from ..catalogue import OLDEST, RELEASES

    found = next((known for known in reversed(RELEASES) if not is_older(release, known)), OLDEST)
    comes = f"{system} has libvirt {release}" if system else ""
    if found == release:
        return Chosen(found, f"{comes}: its schemas are used" if comes else "", release)
    which = "older" if is_older(found, release) else "newer"
    why = f"the schemas of {found} are used, the nearest {which} ones that are known"
    return Chosen(found, f"{comes}: {why}" if comes else f"libvirt {release}: {why}", release)


def _system(name: str) -> tuple[str, str]:
    """Return which system of `SYSTEMS` is meant, and which version; "" for what is not known."""
    from .systems import CODENAMES, FAMILIES, SYSTEMS

    # "noble", "ubuntunoble" and "debian12bookworm" all name a system by its codename.
    code = _CODE.fullmatch(name)
    words = CODENAMES.get(code[1] if code else "", name)
    # A service pack is a minor version: SLES 15 SP6 is 15.6.
    match = _SYSTEM.fullmatch(re.sub(r"(?<=\d)sp(?=\d)", ".", words))
    family = FAMILIES.get(match[1], match[1]) if match else ""
    if match is None or family not in SYSTEMS:
        return "", ""
    return family, _version(match[2], list(SYSTEMS[family]))


def _version(asked: str, known: list[str]) -> str:
    """Return the version of a system that is meant by one; "" if its kind is not known.

    Point releases of the same major version change nothing, or have a line of their own: of those, it is the newest
    that is not newer, and for a major version alone the newest. Ubuntu's major version is the year of two: the first
    is meant.
    """
    parts = number(asked)
    same = [version for version in known if number(version)[0] == parts[0]]
    if asked in known or not same:
        return asked if asked in known else ""
    if len(parts) == 1:
        return next((version for version in same if version.endswith(".04")), same[-1])
    return next((version for version in reversed(same) if number(version) <= parts), "")


def _unknown(asked: str, family: str) -> str:
    """Return what to say of something that is no release and no known system, or no known version of one."""
    from ..catalogue import RELEASES
    from ..diagnostics.display import shortened
    from ..diagnostics.suggest import did_you_mean, nearest
    from .systems import CODENAMES, SYSTEMS, TITLES

    shown = shortened(asked)
    if family:
        versions = ", ".join(SYSTEMS[family])
        return f'it is not known which libvirt comes with "{shown}", only with {TITLES[family]} {versions}'
    systems = [f"{system}{version}" for system, versions in SYSTEMS.items() for version in versions]
    near = nearest(asked.lower(), [*CODENAMES, *systems], 1)
    hint = did_you_mean(*(f'"{name}"' for name in near), lead=": ")
    known = ", ".join(RELEASES)
    return (
        f'"{shown}" is no release of libvirt, such as 10.0.0, and no known system{hint} (there are schemas of {known})'
    )
