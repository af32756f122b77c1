"""Which sizes of memory libvirt counts up by itself, whatever is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.schema.domain import Devices, Domain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.element import Field
    from virtxml.node import Node


def is_counted(wanted: Node, actual: Node, field: Field) -> bool:
    """Tell whether a domain's memory is what libvirt makes of the rest of it.

    With NUMA cells, it is that of all cells and memory modules together; and all of it is there to begin with if
    nothing is asked for.
    """
    if not isinstance(wanted, Domain) or not isinstance(actual, Domain):
        return False
    whole = _bytes(actual.memory)
    if field.name == "memory":
        numa = actual.cpu.numa if actual.cpu else None
        if numa is None or not numa.cells:
            return False
        modules = [module.target and module.target.size for module in (actual.devices or Devices()).memories]
        return whole == _sum(numa.cells) + _sum(modules)
    if field.name == "current_memory":
        asks_for_all = wanted.current_memory is not None and wanted.current_memory.value == 0
        return asks_for_all and _bytes(actual.current_memory) == whole
    return False


def _bytes(size: Any) -> int:
    """Return how many bytes a size is, 0 if it says none."""
    try:
        return int(size.bytes or 0) if size is not None else 0
    except ValueError:
        return 0


def _sum(sizes: Iterable[Any]) -> int:
    return sum(map(_bytes, sizes))
