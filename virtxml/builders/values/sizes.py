"""Sizes, as builders take them: memory, disks, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from ..errors import BuildError

if TYPE_CHECKING:
    from ...sizes import Size

    SizeType = TypeVar("SizeType", bound=Size)

Amount: TypeAlias = "int | str"
"""A size: a number of bytes, or text with a unit such as "4 GiB". A number that is too small to be meant is refused."""


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
