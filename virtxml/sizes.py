"""Sizes with units: `<memory unit='GiB'>4</memory>`, and how many bytes they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, cast

if TYPE_CHECKING:
    from typing_extensions import Self

_BYTES = frozenset(["b", "byte", "bytes"])
_POWERS = {letter: power for power, letter in enumerate("kmgtpe", 1)}
_WRITTEN = r"\s*([0-9]+)\s*([A-Za-z]+)\s*"
_MAX_DIGITS = 40


@lru_cache(maxsize=64)
def bytes_in(unit: str) -> int:
    """Return how many bytes a unit is: 1024 for `k`, `K` and `KiB`, 1000 for `KB`, in any case, as libvirt reads it.

    Raises ValueError for what is no unit of libvirt's.
    """
    name = unit.lower()
    if name in _BYTES:
        return 1
    power = _POWERS.get(name[:1])
    if power is None or name[1:] not in ("", "b", "ib"):
        raise ValueError(f"not a unit of size: {unit!r} (libvirt knows bytes, KiB, MiB, GiB, … and KB, MB, …)")
    return int(1000**power) if name[1:] == "b" else int(1024**power)


class Size:
    """What element classes with a number and its unit have in common: they know their bytes."""

    __slots__ = ()
    _size: ClassVar[tuple[str, str, str]] = ("value", "unit", "bytes")
    """The field of the number, that of its unit, and the unit that is meant where none is written."""

    @property
    def bytes(self) -> int | None:
        """The size in bytes, None without a number; setting it chooses the unit as `of` does.

        Reading raises ValueError for a number or a unit that is none, setting for a negative number.
        """
        number_field, unit_field, default = self._size
        number = getattr(self, number_field)
        if number is None:
            return None
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError(f"not a whole number: {number_field}={number!r}")
        unit = getattr(self, unit_field)
        return int(number) * bytes_in(default if unit is None else unit)

    @bytes.setter  # noqa: A003 - the property is meant
    def bytes(self, size: int | None) -> None:
        number_field, unit_field, _ = self._size
        number, unit = (None, None) if size is None else self._in_unit(size)
        setattr(self, number_field, number)
        setattr(self, unit_field, unit)

    def take_as_kibi(self, field: str) -> None:
        """Take a number that has just been set for KiB, if libvirt's unit is that, and ``field`` is the number's."""
        number_field, unit_field, default = self._size
        if field == number_field and default == "KiB" and getattr(self, unit_field) not in (None, "k", "K"):
            setattr(self, unit_field, default)

    @classmethod
    def of(cls, size: int | str, **fields: Any) -> Self:
        """Make one from a number of bytes, or from text with a unit: `Memory.of("4 GiB", dump_core=False)`.

        A number of bytes is written in the unit that libvirt takes for granted, if that gives a whole number, else in
        bytes; text as it is. ``fields`` are the other fields of the class. Raises ValueError for a negative number, and
        for text that is not a whole number with a unit of libvirt's; TypeError for what is neither.
        """
        number_field, unit_field, _ = cls._size
        number, unit = cls._from_text(size) if isinstance(size, str) else cls._in_unit(size)
        return cast("Self", cast("Any", cls)(**{number_field: number, unit_field: unit}, **fields))

    @classmethod
    def _in_unit(cls, size: int) -> tuple[int, str]:
        """Return a number of bytes in the unit that is meant where none is written, if it is a whole number of it."""
        if not isinstance(size, int) or isinstance(size, bool):
            raise TypeError(f"a size is a number of bytes, or text with a unit, not {type(size).__name__}")
        if size < 0:
            raise ValueError(f"not a size: {size} bytes")
        unit = cls._size[2]
        number, rest = divmod(size, bytes_in(unit))
        return (size, "bytes") if rest else (number, unit)

    @staticmethod
    def _from_text(text: str) -> tuple[int, str]:
        match = re.fullmatch(_WRITTEN, text)
        if match is None or len(match[1]) > _MAX_DIGITS:
            raise ValueError(f"not a whole number with a unit, as in '4 GiB': {text!r}")
        bytes_in(match[2])
        return int(match[1]), match[2]
