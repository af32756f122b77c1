"""What is not as it is wanted, with the way to it through both documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from virtxml.compare.paths import step as step_of
from virtxml.compare.satisfying import satisfies
from virtxml.compare.satisfying.answer import Kind, shown
from virtxml.compare.satisfying.pairing import paired
from virtxml.node import Node
from virtxml.sizes import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.compare.satisfying import Difference
    from virtxml.element import Field

_TOLD_ANEW = (
    *(("cpu", name) for name in ("@check", "@match", "model", "feature", "vendor")),
    *(("clock", name) for name in ("@basis", "@adjustment")),
)
"""What is told of a guest that runs in other words: a CPU with all that the host has of it, a clock as it was set."""
_MODES = ("host-model", "maximum")
"""Modes of CPUs that are another one, with a model, while a guest runs."""
_MOST_ROUNDED = 2 << 20
"""By how many bytes less memory grows when a guest starts: modules have whole pages of 2 MiB."""


class Step(NamedTuple):
    """A step on the way from the root of two documents.

    Attributes:
        field: the field that it goes through; None for the root, and for what belongs to no field.
        actual: what is there in the actual document, None if there is nothing.
        wanted: what is there in the wanted document, None alike.
    """

    field: Field | None
    actual: Any
    wanted: Any


class Gap(NamedTuple):
    """One thing that is not as it is wanted.

    Attributes:
        kind: `missing`, `changed` or `drift`.
        path: where it is, as it is shown: `devices/disk[vda]/driver/@cache`.
        steps: the way to it, from the root, which is the first, to the thing itself.
    """

    kind: Kind
    path: str
    steps: tuple[Step, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names on the way, as the document has them: `devices`, `disk`, `driver`, `@cache`."""
        named = ("" if step.field is None else step_of(step.field) for step in self.steps[1:])
        return tuple(name for name in named if name)

    def shown(self, side: Literal["actual", "wanted"]) -> str | None:
        """Return the value of a side as it may be shown; None if there is none, or more than a value."""
        step, holder = self.steps[-1], getattr(self.steps[-2], side)
        value: Any = getattr(step, side)
        if value is None or not isinstance(value, str | int) or not isinstance(holder, Node):
            return None
        return shown(holder, step.field, value, self.path.rpartition("@")[2])


def gaps(actual: Node, wanted: Node) -> list[Gap]:
    """Return what is not in a document as it is in a wanted one of the same class, and is somebody's doing."""
    answer = satisfies(actual, wanted)
    if answer:
        return []
    finding = _Finding(actual, wanted)
    found = (finding.gap(difference) for difference in answer)
    return [gap for gap in found if not _is_left_over(gap)]


def _is_left_over(gap: Gap) -> bool:
    """Tell whether it is a PCI controller too many: libvirt makes them for devices, and leaves them when these go."""
    is_controller = gap.kind == "drift" and gap.names == ("devices", "controller")
    return is_controller and gap.steps[-1].actual.type == "pci"


def gaps_now(now: Node, wanted: Node) -> list[Gap]:
    """Return what is not in something that runs as it is wanted, but for what starting it makes of what is wanted."""
    return [gap for gap in gaps(now, wanted) if not _is_made_by_start(gap)]


def waits(gap: Gap) -> bool:
    """Tell whether another start would make it right: how full a balloon is, it would not change."""
    return gap.names != ("currentMemory",)


def _is_made_by_start(gap: Gap) -> bool:
    """Tell whether it is what libvirt tells of what runs in another way than of what is defined."""
    names, here = gap.names, gap.steps[-1]
    if names == ("devices", "disk", "driver", "@type"):
        # How a medium is read is not told while there is none.
        return gap.kind == "missing" and gap.steps[2].actual.source is None
    if names == ("cpu", "@mode"):
        return here.wanted in _MODES
    return names[:2] in _TOLD_ANEW or _is_rounded(gap)


def _is_rounded(gap: Gap) -> bool:
    """Tell whether it is a size of memory that was rounded up."""
    there, wanted = gap.steps[-2].actual, gap.steps[-2].wanted
    if "memory" not in "/".join(gap.names).lower() or not isinstance(there, Size) or not isinstance(wanted, Size):
        return False
    has, wants = there.bytes, wanted.bytes
    return has is not None and wants is not None and 0 <= has - wants < _MOST_ROUNDED


class _Finding:
    """Finds the ways to what two documents differ in."""

    def __init__(self, actual: Node, wanted: Node) -> None:
        self._root = Step(None, actual, wanted)
        self._actual = _ways(actual)
        self._wanted = _ways(wanted)

    def gap(self, difference: Difference) -> Gap:
        """Return a difference with the way to it."""
        there = self._actual.get(id(difference.actual_in))
        if there is None:
            return self._at_large(difference)
        meant = self._wanted.get(id(difference.wanted_in), ())
        sides = [(*one, meant[place][1] if place < len(meant) else None) for place, one in enumerate(there)]
        last = Step(difference.field, difference.actual, difference.wanted)
        return Gap(difference.kind, difference.path, (*(Step(*side) for side in sides), last))

    def _at_large(self, difference: Difference) -> Gap:
        """Return a difference in what is another way in the document: it is all that is below the root there."""
        name = difference.path.partition("/")[0]
        actual, wanted = self._root.actual, self._root.wanted
        field = next(field for field in wanted.xml_fields.values() if step_of(field) == name)
        last = Step(field, getattr(actual, field.name), getattr(wanted, field.name))
        return Gap("changed", difference.path, (self._root, last))


def _ways(root: Node) -> dict[int, tuple[tuple[Field | None, Any], ...]]:
    """Return the way to each object in a document, by its identity: fields, and the objects in them."""
    found: dict[int, tuple[tuple[Field | None, Any], ...]] = {}
    pending: list[tuple[tuple[Field | None, Any], ...]] = [((None, root),)]
    while pending:
        way = pending.pop()
        node: Node = way[-1][1]
        if id(node) in found:
            continue
        found[id(node)] = way
        for field in node.xml_fields.values():
            value = getattr(node, field.name)
            inside = value if isinstance(value, list) else [value]
            pending += [(*way, (field, one)) for one in inside if isinstance(one, Node)]
    return found


def counterpart(items: Sequence[Any], wanted: Sequence[Any], item: Any) -> Any:
    """Return what of a list became of an item of a wanted list, None if nothing did."""
    place = next(index for index, one in enumerate(wanted) if one is item)
    pairs = dict(
        paired(wanted, items, lambda one, other: type(one) is type(other) and bool(satisfies(other, one))).pairs
    )
    return items[pairs[place]] if place in pairs else None


def _fits(wanted: Any, actual: Any) -> bool:
    """Tell whether an item is all that another one is wanted to be."""
    return type(wanted) is type(actual) and bool(satisfies(actual, wanted))
