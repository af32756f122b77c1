"""Places of PCI devices, as builders take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ..errors import refusals

if TYPE_CHECKING:
    from ...pci import PciLocation

    PciType = TypeVar("PciType", bound=PciLocation)


def pci_place(cls: type[PciType], place: str | PciLocation) -> PciType:
    """Return an element with the place of a PCI device, from text or another element; raise BuildError for neither."""
    with refusals():
        return cls.parse(str(place))
