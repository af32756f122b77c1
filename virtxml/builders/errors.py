"""The error of builders, and how what others refuse becomes one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import VirtXMLError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..diagnostics.diagnostic import Diagnostic


class BuildError(VirtXMLError, ValueError):
    """Something that cannot work, refused where it was written.

    Attributes:
        reason: what cannot work, and why.
        diagnostics: what validation says of it, if that is where the refusal comes from.
    """

    def __init__(self, reason: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(reason, tuple(diagnostics))
        self.reason = reason
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        return self.reason


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what other parts of the package refuse into BuildError."""
    from ..guests.errors import GuestError

    try:
        yield
    except BuildError:
        raise
    except GuestError as error:
        raise BuildError(error.reason) from None
    except ValueError as error:
        raise BuildError(str(error)) from None
