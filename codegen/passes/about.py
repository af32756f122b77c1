"""Say in words what each field is, which values it has, and since when: editors show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from virtxml.explain.wordings.forms import describe
from virtxml.explain.wordings.names import any_of
from virtxml.relaxng.match.expectations import values
from virtxml.relaxng.match.nameclass import Name
from virtxml.relaxng.match.patterns import Attribute, Data, Element, Value
from virtxml.relaxng.schema.compile import Compiler

from ..model import ClassModel, FieldModel
from ..reading.shapes import Shape, Uses

_MOST = 24
"""How many values a docstring lists; the type has all."""
_NUMBER = "a whole number"
_SWITCHES = {"yes_no": "true is written `yes`, false `no`", "on_off": "true is written `on`, false `off`"}


def set_abouts(models: Iterable[ClassModel], releases: list[str]) -> None:
    """Set the docstrings of all fields."""
    compiler = Compiler()
    for model in models:
        for field in model.fields:
            said = [_what(field), _values(field, model.shape, compiler)]
            if model.size and field.name == model.size[0]:
                said[1] += f", in the unit that `{model.size[1]}` names, {model.size[2]} without one"
            field.about = f"{': '.join(filter(None, said))}. {_since(field.since or model.since, releases)}"


def _what(field: FieldModel) -> str:
    """Return what in XML a field stands for."""
    if field.role in ("attribute", "text"):
        return f"The attribute `{field.xml.local}`" if field.role == "attribute" else "The text of the element"
    listed = [f"`<{_prefixed(field, name)}>`" for name in _children(field)]
    among = ", ".join(listed)
    if field.behind:
        followed, named, by = field.behind
        return f"The children {among}, each written right behind that of `{followed}` whose `{named}` is its `{by}`"
    if field.many:
        return f"The children {among}" + (", in the order in which they are written" if len(listed) > 1 else "")
    return f"Whether there is {among}" if field.role == "flag" else f"The child {among}"


def _children(field: FieldModel) -> list[str]:
    """Return the names of the children that a field stands for, each once."""
    return list(dict.fromkeys([member.xml.local for member in field.members] or [field.xml.local]))


def _prefixed(field: FieldModel, name: str) -> str:
    """Return a child's name as libvirt writes it."""
    return f"{field.prefix}:{name}" if field.prefix else name


def _values(field: FieldModel, shape: Shape, compiler: Compiler) -> str:
    """Return which values a field may have, "" where its type says it all."""
    if field.default is not None:
        return f"always `{field.default}`"
    if field.type.kind in _SWITCHES and field.role != "class":
        return _SWITCHES[field.type.kind]
    if field.role not in ("attribute", "text", "value"):
        return "it may hold anything" if field.role == "any" else ""
    accepted = describe(_accepted(field, shape, compiler))
    listed = [f"`{value}`" for value in accepted.values]
    if len(listed) > _MOST:
        listed = [*listed[:_MOST], f"{len(listed) - _MOST} more"]
    listed += [_example(form.words, form.example) for form in accepted.forms]
    return any_of(listed, str, most=len(listed))


def _example(words: str, example: str) -> str:
    # Any number would do as an example of one: it says nothing.
    return f"{words} (such as `{example}`)" if example and words != _NUMBER else words


def _accepted(field: FieldModel, shape: Shape, compiler: Compiler) -> Iterator[Value | Data]:
    """Iterate over what the schema takes as the value of a field, in its order."""
    uses: dict[Name, Uses] = shape.contents.attributes if field.role == "attribute" else shape.contents.children
    patterns = shape.patterns if field.role == "text" else uses[field.xml].patterns
    for pattern in patterns:
        part = compiler.pattern(pattern)
        if isinstance(part, (Attribute, Element)):
            yield from values(part.content)


def _since(release: str, releases: list[str]) -> str:
    """Return since when: a release whose schemas know it, and the last one before it that does not."""
    known = release or releases[0]
    before = releases.index(known)
    return f"Since libvirt {known} or earlier{f', after {releases[before - 1]}' if before else ''}."
