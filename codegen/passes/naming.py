"""Name classes and fields, and stop where a person has to decide."""

from __future__ import annotations

import keyword
import re
from collections import Counter

from ..model import ClassModel, FieldModel
from ..names import Kind, Names, UndecidedError

_NODE = ["extra", "from_xml", "read", "since", "to_xml", "validate"]
"""What `Node` calls its own; of `Size`, see `units`."""
_WORDS = ["anything", "attribute", "content", "element", "elements", "flag", "leaf", "leaves", "schema", "text"]
"""What stands in the body of a class: the words that fields are declared with, and where other classes are."""
RESERVED = frozenset([*_NODE, *_WORDS])
"""Names that no field of a class may have."""


def name_everything(models: list[ClassModel], names: Names) -> None:
    """Set the names of all classes and their fields."""
    by_root = roots(names)
    for model in models:
        model.name = _class_name(model, by_root, names)
        for field in model.fields:
            field.name = _field_name(model, field, names)


def refuse_clashes(models: list[ClassModel]) -> None:
    """Raise UndecidedError for names that are wanted twice in one place."""
    problems = [*_class_clashes(models), *_field_clashes(models)]
    if problems:
        raise UndecidedError("\n".join(problems))


def roots(names: Names) -> dict[str, Kind]:
    """Return the kinds of documents by the paths of their outermost elements."""
    return {kind.define or kind.root: kind for kind in names.kinds}


def camel(text: str, words: dict[str, str]) -> str:
    """Turn an element's name into a class's: `metadata_cache` -> `MetadataCache`."""
    return "".join(words.get(part) or part[:1].upper() + part[1:] for part in words_of(text))


def words_of(text: str) -> list[str]:
    """Split an element's name where it has other characters than letters and digits."""
    return re.split(r"[^A-Za-z0-9]+", text)


def snake(text: str) -> str:
    """Turn an element's or attribute's name into a field's: `currentMemory` -> `current_memory`."""
    text = re.sub(r"[^A-Za-z0-9]+", "_", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text)
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text).lower()
    return f"_{text}" if text[0].isdigit() else f"{text}_" if keyword.iskeyword(text) else text


def plural(text: str, names: Names) -> str:
    """Return the plural of a field's name."""
    if text in names.plurals:
        return names.plurals[text]
    if re.search(r"(s|x|z|ch|sh)$", text):
        return f"{text}es"
    return f"{text[:-1]}ies" if re.search(r"[^aeiou]y$", text) else f"{text}s"


def _class_name(model: ClassModel, by_root: dict[str, Kind], names: Names) -> str:
    for path in model.paths:
        if path in names.classes:
            return names.classes[path]
        if path in by_root:
            return by_root[path].cls
    shape = model.shape
    own = camel(shape.name.local, names.words)
    if shape.restriction:
        return camel(shape.restriction[1], names.words) + own
    if shape.name.ns and all(parent.xml.ns != shape.name.ns for parent in model.parents):
        own = camel(names.prefixes[shape.name.ns], names.words) + own
    if len(set(model.parents) - {model}) != 1:
        return own
    # Nearer to the root, so that this ends for elements that hold themselves.
    parent = min(set(model.parents) - {model}, key=lambda parent: parent.path.count("/"))
    prefix = parent.name or _class_name(parent, by_root, names)
    if prefix in names.transparent or prefix in {kind.cls for kind in names.kinds}:
        return own
    return prefix.removesuffix(plural(own, names)) + own


def _field_name(model: ClassModel, field: FieldModel, names: Names) -> str:
    for path in model.paths:
        decided = names.fields.get(f"{path}/{field.key}")
        if decided:
            return decided
    for joined, parts in names.compounds.get(model.path, {}).items():
        if field.xml.local in parts:
            return joined
    if field.role == "text":
        return "value"
    prefix = f"{field.prefix}_" if field.prefix and field.xml.ns != model.xml.ns else ""
    name = prefix + snake(field.xml.local)
    return plural(name, names) if field.many else name


def _class_clashes(models: list[ClassModel]) -> list[str]:
    found: dict[tuple[str, str], list[ClassModel]] = {}
    for model in models:
        found.setdefault((model.module.split(".")[0], model.name), []).append(model)
    return [
        f"{len(same)} classes of virtxml.schema.{package} would be called {name}: "
        "name them under [classes] in names.toml: " + ", ".join(f'"{model.path}"' for model in same)
        for (package, name), same in found.items()
        if len(same) > 1
    ]


def _field_clashes(models: list[ClassModel]) -> list[str]:
    problems = []
    for model in models:
        counts = Counter(field.name for field in model.fields)
        for field in model.fields:
            if counts[field.name] > 1 or field.name in RESERVED:
                why = "is a name of Node" if field.name in RESERVED else "is wanted twice"
                problems.append(
                    f'field "{field.name}" of {model.name} {why}: name it under [fields] in names.toml: '
                    f'"{model.path}/{field.key}"'
                )
    return problems
