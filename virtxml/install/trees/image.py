"""Images of CDs and DVDs, read with pycdlib, which the extra `media` brings."""

from __future__ import annotations

import io
from contextlib import contextmanager
from struct import error as _StructError  # noqa: N812
from typing import TYPE_CHECKING

from ..errors import InstallError
from .medium import LARGEST, Medium, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pycdlib import PyCdlib
    from pycdlib.dr import DirectoryRecord

    Place = tuple[dict[str, str], DirectoryRecord]
    """How pycdlib names a file, and what it knows of it."""

_BUDGET = 2**26
"""How many bytes of an image are read at most: directories of real ones have some hundred thousand."""


class _BudgetError(OSError):
    """More was read than directories of an image are: they lead in a circle."""


class _Bounded(io.RawIOBase):
    """A file that can be read for a while only."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _BUDGET
        self.mode = "rb"

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(content) + 64
        if self._left <= 0:
            raise _BudgetError("its directories have no end")
        return content

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


class Image(Medium["Place"]):
    """The image of a disc; names are those of Rock Ridge, of Joliet or of ISO 9660, whichever it has."""

    def __init__(self, disc: PyCdlib, path: str) -> None:
        self._disc = disc
        self._path = path

    def _content(self, found: Place, path: str) -> bytes:
        place, record = found
        if record.get_data_length() > LARGEST:
            return whole(bytes(LARGEST + 1), path, self._path)
        content = io.BytesIO()
        self._disc.get_file_from_iso_fp(content, **place)
        return content.getvalue()

    def _find(self, path: str) -> Place | None:
        from pycdlib.dr import DirectoryRecord
        from pycdlib.pycdlibexception import PyCdlibInvalidInput

        for place in self._places(path):
            try:
                record = self._disc.get_record(**place)
            except PyCdlibInvalidInput:
                continue
            if not isinstance(record, DirectoryRecord) or not record.is_file():
                return None
            is_link = record.rock_ridge is not None and record.rock_ridge.is_symlink()
            return None if is_link else (place, record)
        return None

    def _places(self, path: str) -> list[dict[str, str]]:
        if self._disc.has_rock_ridge():
            return [{"rr_path": f"/{path}"}]
        if self._disc.has_joliet():
            return [{"joliet_path": f"/{path}"}]
        # Names of ISO 9660 have a version, and a dot even without a suffix, which some programs leave out.
        return [{"iso_path": f"/{path.upper()}{end}"} for end in (";1", ".;1", "", ".")]


@contextmanager
def open_image(path: str) -> Iterator[Image]:
    """Open an image of a disc for as long as the context lasts.

    Raises InstallError if the library is missing, or if this is no such image, or a broken one.
    """
    try:
        from pycdlib import PyCdlib
        from pycdlib.pycdlibexception import PyCdlibException
    except ImportError:
        raise InstallError(
            "to find what to boot in an image, pycdlib is needed (pip install 'virtxml[media]'); "
            "without it, say it: kernel=PATH,initrd=PATH",
            option="--location",
            value=path,
        ) from None
    disc = PyCdlib()
    try:
        with open(path, "rb") as file:
            disc.open_fp(_Bounded(file))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
            yield Image(disc, path)
    except InstallError:
        raise
    except (OSError, PyCdlibException, _StructError, LookupError, ValueError, RecursionError, AttributeError) as error:
        # What is broken in an image shows in pycdlib in many ways.
        why = (error.strerror if isinstance(error, OSError) else None) or " ".join(str(error).split())
        raise InstallError(f"no image of a disc that can be read ({why})", option="--location", value=path) from None
