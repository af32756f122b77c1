"""What the handles of all kinds, and the collections that give them, have in common."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .errors import AlreadyExistsError, NotFoundError, OperationFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from virtxml.node import Node

    from .link import Link

R = TypeVar("R")
H = TypeVar("H", bound="Handle[Any]")


class Handle(Generic[R]):
    """Something that libvirt has: libvirt-python's object, with documents as models and errors as ours."""

    def __init__(self, link: Link, raw: R) -> None:
        self._link = link
        self._raw = raw

    @property
    def libvirt(self) -> Any:
        """The object of libvirt-python, for all that has nothing to do with documents."""
        return self._raw

    def __repr__(self) -> str:
        label = next(getattr(self, key) for key in ("name", "uuid", "port_dev") if hasattr(self, key))
        return f"<{type(self).__name__} {label}>"


class Collection(Generic[H]):
    """All of one kind that libvirt has in one place; iterating lists them."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def list_all(self, *, flags: int = 0) -> list[H]:
        """Return all of them; ``flags`` are those of libvirt's function that lists them."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[H]:
        return iter(self.list_all())


def only_one(**given: object) -> None:
    """Raise TypeError unless exactly one of some arguments is given."""
    if sum(value is not None for value in given.values()) != 1:
        raise TypeError(f"exactly one of these is needed: {', '.join(given)}")


def flag_sum(**chosen: bool) -> int:
    """Return the sum of flags by their names in `constants` that are chosen."""
    from . import constants

    return sum(int(getattr(constants, name)) for name, wanted in chosen.items() if wanted)


def affected(live: bool | None, config: bool | None) -> int:
    """Return the flags for what a change is for: by default, for what libvirt calls the current state."""
    return flag_sum(VIR_DOMAIN_AFFECT_LIVE=bool(live), VIR_DOMAIN_AFFECT_CONFIG=bool(config))


@contextmanager
def making(link: Link, document: Node, name: str | None, uuid: str | None, of: Callable[[str], str]) -> Iterator[None]:
    """Raise our errors while a document is defined or created, and AlreadyExistsError if something else has its name.

    libvirt has no code for that: it is an operation that has failed. ``of`` asks libvirt for the UUID of what has a
    name.
    """
    try:
        with link.errors(document):
            yield
    except OperationFailedError as error:
        if name is None or not _taken(link, name, uuid, of):
            raise
        raise AlreadyExistsError(error.message, error.code, error.domain) from error.__cause__


def _taken(link: Link, name: str, uuid: str | None, of: Callable[[str], str]) -> bool:
    try:
        with link.errors():
            return of(name) != uuid
    except NotFoundError:
        return False
