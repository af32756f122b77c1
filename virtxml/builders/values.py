"""What builders take for values, and what they make of it: sizes, CPUs, addresses, identities."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar

from ..scalars import Int
from .errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..pci import PciLocation
    from ..sizes import Size

    PciType = TypeVar("PciType", bound=PciLocation)
    SizeType = TypeVar("SizeType", bound=Size)

Amount: TypeAlias = "int | str"
"""A size: a number of bytes, or text with a unit such as "4 GiB". A number that is too small to be meant is refused."""
Cpus: TypeAlias = "int | str | Iterable[int]"
"""A set of CPUs or nodes: 3, "0-3,8", range(4), [0, 2]."""
RANDOM: Literal["random"] = "random"
"""What asks for a new identity: a MAC address or a UUID that nobody else has."""

_CPUS = re.compile(r"\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*", re.ASCII)
_USB_MODEL = re.compile(r"(?:0x)?([0-9a-fA-F]{1,4}):(?:0x)?([0-9a-fA-F]{1,4})")
_USB_PLACE = re.compile(r"(\d{1,3})\.(\d{1,3})", re.ASCII)
_LARGEST_CPU = 16383
_HEX = 16


class Usual(NamedTuple):
    """How large something is: the smallest number of bytes that is meant as one, and the smallest usual size."""

    least: int
    usual: int


MEMORY = Usual(16 * 1024**2, 128 * 1024**2)
"""Memory of guests. No guest has less than 16 MiB, so that `memory(2097152)` is not taken for 2 MiB either."""
ROOM = Usual(256 * 1024, 1024**3)
"""Disks and volumes; an image with a seed for cloud-init has some 360 KiB."""
ALLOCATION = Usual(64 * 1024, 1024**3)
"""What a volume takes: some 196 KiB for an empty qcow2 file."""
HUGE_PAGE = Usual(64 * 1024, 2 * 1024**2)
SHARED = Usual(1024**2, 1024**2)
CLUSTER = Usual(512, 4 * 1024)
"""What qcow2 allocates at once: from 512 bytes to 2 MiB."""


def size(cls: type[SizeType], amount: Amount, what: str, usual: Usual) -> SizeType:
    """Return an element with a size.

    Raises BuildError for what is no size, for nothing, and for a number of bytes so small that another unit was meant.
    """
    if isinstance(amount, bool) or not isinstance(amount, int | str):
        raise BuildError(f"{what}: not a size: {amount!r}; write a number of bytes, or text such as '4 GiB'")
    try:
        made = cls.of(amount)
    except ValueError as error:
        raise BuildError(f"{what}: {error}") from None
    if not made.bytes:
        raise BuildError(f"{what}: {amount!r} is no room at all")
    if isinstance(amount, int) and amount < usual.least:
        raise BuildError(f"{what}: {_too_small(int(amount), usual)}")
    return made


def _too_small(amount: int, usual: Usual) -> str:
    """Return what to say of a number of bytes that is too small to be meant: how to write what may have been meant."""
    power = next((power for power in (1, 2) if amount * 1024**power >= usual.usual), 3)
    unit, factor = (("KiB", "1024"), ("MiB", "1024**2"), ("GiB", "1024**3"))[power - 1]
    return (
        f"a number is of bytes, and {amount} bytes can hardly be meant; "
        f"write '{amount} {unit}', or {amount} * {factor}; or '{amount} bytes' if you do mean that"
    )


def cpu_set(cpus: Cpus, what: str) -> str:
    """Return a set of CPUs or nodes as libvirt writes it: "0-3,8". Raises BuildError for what is none."""
    if isinstance(cpus, str):
        text = cpus.replace(" ", "")
    else:
        try:
            numbers = sorted({cpus} if isinstance(cpus, int) else set(cpus))
        except TypeError:
            raise BuildError(f"{what}: not a set of numbers: {cpus!r}") from None
        text = ",".join(f"{first}-{last}" if last > first else str(first) for first, last in _runs(numbers))
    if not _CPUS.fullmatch(text) or not members(text):
        raise BuildError(f"{what}: not a set of numbers: {cpus!r}; write it as '0-3,8', or as a list of numbers")
    return text


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def members(text: str) -> set[int]:
    """Return the numbers of a set such as "0-3,^2". Raises BuildError for numbers that no machine has."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.removeprefix("^").partition("-")
        if len(first) > 5 or len(last) > 5 or int(last or first) > _LARGEST_CPU:
            raise BuildError(f"{text}: no machine has as many CPUs or nodes")
        named = range(int(first), int(last or first) + 1)
        found = found.difference(named) if part.startswith("^") else found.union(named)
    return found


def pci_place(cls: type[PciType], place: str | PciLocation) -> PciType:
    """Return an element with the place of a PCI device, from text or another element; raise BuildError for neither."""
    try:
        return cls.parse(str(place))
    except ValueError as error:
        raise BuildError(str(error)) from None


def usb_model(text: str) -> tuple[Int, Int] | None:
    """Return vendor and product of a USB device from "046d:c52b"; None for text of another form."""
    match = _USB_MODEL.fullmatch(text)
    if match is None:
        return None
    vendor, product = (Int(f"0x{int(digits, _HEX):04x}") for digits in match.groups())
    return vendor, product


def usb_place(text: str) -> tuple[int, int] | None:
    """Return bus and number of a USB device from "3.7"; None for text of another form."""
    match = _USB_PLACE.fullmatch(text)
    return None if match is None else (int(match[1]), int(match[2]))


def identity(wanted: str | uuid.UUID) -> str:
    """Return a UUID: the one that is given, or a new one for "random". Raises BuildError for what is none."""
    if wanted == RANDOM:
        return str(uuid.uuid4())
    try:
        return str(uuid.UUID(str(wanted)))
    except ValueError:
        raise BuildError(f"not a UUID: {wanted!r}; write one, or 'random' for a new one") from None
