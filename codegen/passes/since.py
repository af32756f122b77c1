"""Find the first release whose schema knew a class or a field.

The newest schema is walked together with an older one: at each place, what the older schema allows there.
"""

from __future__ import annotations

from virtxml.relaxng.match import nameclass
from virtxml.relaxng.schema import syntax

from ..model import ClassModel, FieldModel
from ..reading.shapes import Contents, Restriction, Shape, closed_values, merged_contents

Patterns = tuple[syntax.Element, ...]
Step = tuple[Shape, Patterns, Restriction | None]
"""A shape of the newest schema, and what an older one allows in its place."""


class History:
    """What is known of when classes and fields came. ``releases`` are sorted, oldest first."""

    def __init__(self, releases: list[str]) -> None:
        self.releases = releases
        self.shapes: dict[Shape, str] = {}
        self.entries: dict[tuple[Shape, str, nameclass.Name | None], str] = {}

    def walk(self, release: str, root: Shape, patterns: Patterns) -> None:
        """Walk one document kind of one release, newest release first."""
        pending: list[Step] = [(root, patterns, None)]
        seen: set[tuple[Shape, frozenset[int], Restriction | None]] = set()
        for shape, older, restriction in pending:
            key = (shape, frozenset(map(id, older)), restriction)
            if key in seen or not older:
                continue
            seen.add(key)
            self.shapes[shape] = release
            pending += self._enter(release, shape, merged_contents(older, restriction))

    def _enter(self, release: str, shape: Shape, older: Contents) -> list[Step]:
        if older.texts:
            self.entries[shape, "text", None] = release
        for name in shape.contents.attributes.keys() & older.attributes.keys():
            self.entries[shape, "attribute", name] = release
        below: list[Step] = []
        for name, child in shape.children.items():
            uses = older.children.get(name)
            if uses is None:
                continue
            self.entries[shape, "child", name] = release
            patterns = tuple(pattern for pattern in uses.patterns if isinstance(pattern, syntax.Element))
            for inner in child.shapes.values():
                restriction = inner.restriction
                if restriction is None:
                    below.append((inner, patterns, None))
                    continue
                by, value = restriction
                possible = tuple(p for p in patterns if allows_variant(p, by, value))
                below.append((inner, possible, restriction))
        return below


def allows_variant(pattern: syntax.Element, by: nameclass.Name, value: str) -> bool:
    """Tell whether an element pattern allows an attribute to have a value."""
    attribute = merged_contents((pattern,), None).attributes.get(by)
    return attribute is not None and value in closed_values(attribute.patterns)


def set_since(models: list[ClassModel], groups: dict[ClassModel, list[Shape]], history: History) -> None:
    """Set the first release of every class and field; "" for the oldest one."""
    oldest = history.releases[0]

    def first(found: list[str]) -> str:
        release = min(found, key=history.releases.index, default=history.releases[-1])
        return "" if release == oldest else release

    for model in models:
        shapes = groups[model]
        model.since = first([history.shapes[shape] for shape in shapes if shape in history.shapes])
        for field in model.fields:
            keys = [(shape, *key) for shape in shapes for key in _keys(field)]
            field.since = first([history.entries[key] for key in keys if key in history.entries])
            if field.since == model.since:
                field.since = ""


def _keys(field: FieldModel) -> list[tuple[str, nameclass.Name | None]]:
    if field.role == "text":
        return [("text", None)]
    if field.role == "attribute":
        return [("attribute", field.xml)]
    return [("child", name) for name in dict.fromkeys([field.xml, *(member.xml for member in field.members)])]
