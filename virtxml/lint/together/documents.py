"""What rules over several documents look at: the documents, and what each of them uses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from ...element import Element
    from ...schema.network import Network
    from ...schema.nwfilter import NWFilter
    from ...schema.secret import Secret
    from ...schema.storagepool import StoragePool
    from ...schema.storagevol import StorageVolume
    from ..facts import Facts, Host
    from ..guest import Guest

F_co = TypeVar("F_co", bound="Facts[Any]", covariant=True)


class Document(Generic[F_co]):
    """A document of several, and where it is from.

    Attributes:
        file: the name of its file, as it was given.
        number: which of the documents of its file it is, from 0.
        facts: what is known of it: a `Guest` if it is a domain.
        source: the text of its file.
    """

    __slots__ = ("facts", "file", "number", "source")

    def __init__(self, file: str, number: int, facts: F_co, source: str | bytes) -> None:
        self.file = file
        self.number = number
        self.facts = facts
        self.source = source

    @property
    def name(self) -> str:
        """What it calls the thing that it defines: of a secret, what it is for; "" if it has no name."""
        model: Any = self.facts.model
        if model.xml_name == "secret":
            usage = model.usage
            return "" if usage is None else usage.volume or usage.name or usage.target or ""
        return getattr(model, "name", None) or ""

    @property
    def uuid(self) -> str:
        """The thing's UUID in the usual form; "" if it has none."""
        said = getattr(self.facts.model, "uuid", None)
        return said.replace("-", "").lower() if isinstance(said, str) else ""

    def is_same(self, other: Document[Facts[Any]]) -> bool:
        """Tell whether another document defines the same thing, perhaps in another version: one of its name."""
        if self is other:
            return True
        return (
            bool(self.name)
            and self.name == other.name
            and self.facts.model.xml_name == other.facts.model.xml_name
            and self.facts.driver == other.facts.driver
        )


class Use(NamedTuple):
    """What an element of a document uses.

    Attributes:
        key: what it is; things that are the same have the same.
        document: the document.
        node: the element.
        field: the name of its field that says it; "" for all of it.
    """

    key: Hashable
    document: Document[Facts[Any]]
    node: Element
    field: str = ""


class Documents:
    """Several documents, those of a kind together, in their order.

    Attributes:
        all: all of them.
        host: where they are to be used.
    """

    def __init__(self, documents: Iterable[Document[Facts[Any]]], host: Host) -> None:
        self.all = list(documents)
        self.host = host

    def _of(self, name: str) -> list[Document[Any]]:
        return self._kinds.get(name, [])

    @cached_property
    def _kinds(self) -> dict[str, list[Document[Any]]]:
        found: dict[str, list[Document[Any]]] = {}
        for document in self.all:
            found.setdefault(document.facts.model.xml_name, []).append(document)
        return found

    @property
    def guests(self) -> list[Document[Guest]]:
        """The domains."""
        return self._of("domain")

    @property
    def networks(self) -> list[Document[Facts[Network]]]:
        """The virtual networks."""
        return self._of("network")

    @property
    def pools(self) -> list[Document[Facts[StoragePool]]]:
        """The storage pools."""
        return self._of("pool")

    @property
    def volumes(self) -> list[Document[Facts[StorageVolume]]]:
        """The storage volumes."""
        return self._of("volume")

    @property
    def filters(self) -> list[Document[Facts[NWFilter]]]:
        """The network filters."""
        return self._of("filter")

    @property
    def points_in_time(self) -> list[Document[Facts[Any]]]:
        """The snapshots, checkpoints and backups of domains."""
        return [one for kind in ("domainsnapshot", "domaincheckpoint", "domainbackup") for one in self._of(kind)]

    @property
    def secrets(self) -> list[Document[Facts[Secret]]]:
        """The secrets."""
        return self._of("secret")


def twice(uses: Iterable[Use]) -> Iterator[tuple[Use, Use]]:
    """Iterate over the uses of what another document uses already, each with the first use of it.

    Versions of one thing may use the same. Takes linear time.
    """
    first: dict[Hashable, Use] = {}
    for use in uses:
        before = first.setdefault(use.key, use)
        if before is not use and not use.document.is_same(before.document):
            yield use, before
