"""Compile the reader of a class: from an lxml element to an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from virtxml import scalars
from virtxml.codec.children import paired
from virtxml.codec.functions import Source
from virtxml.codec.kept import unknown
from virtxml.codec.kept.places import settle, settle_order
from virtxml.codec.shape import ChildRule, Shape, shape_of
from virtxml.fields import ANY, ATTRIBUTE, FLAG, VALUE, Field, Variants
from virtxml.source.layout import is_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from virtxml.element import Element

_CONVERSIONS = {
    scalars.INTEGER: "INTEGERS[{}]",
    scalars.YES_NO: "YES_NO.get({0}, {0})",
    scalars.ON_OFF: "ON_OFF.get({0}, {0})",
}


_CLOSED: dict[str, str] = {}
"""The texts of which classes that are compiled choose some, by themselves."""


_LATEST = "latest_"
"""What the names of variables start with that hold the latest text of an attribute."""
_REPEATED = ("model", "name")
"""The attributes whose texts are seldom new, though any is allowed: drivers, models of security and the like."""


def compile_reader(cls: type[Element]) -> Callable[..., Any]:
    """Compile the function that reads an element of a class.

    The function takes an lxml element and trusts that it has the right name, and that comments and processing
    instructions are gone. It keeps, in ``extra``, whatever does not fit: what belongs to no field, a child that may
    stand there once but is there twice, and one that holds more than its field can. Once a child of a name is kept
    there, all later ones of that name are, so that their order stays.
    """
    source = Source(
        new=cls.__new__,
        cls=cls,
        INTEGERS=scalars.INTEGERS,
        YES_NO=scalars.YES_NO_VALUES,
        ON_OFF=scalars.ON_OFF_VALUES,
        shared=_CLOSED.get,
        keep_attribute=unknown.keep_attribute,
        keep_child=unknown.keep_child,
        keep_text=unknown.keep_text,
        place_of=unknown.place_of,
        Children=unknown.Children,
        is_layout=is_layout,
        any_element=unknown.any_element,
        unknown_element=unknown.unknown_element,
        settle=settle,
        settle_order=settle_order,
        paired=paired,
    )
    shape = shape_of(cls)
    source.indent("def _read(element):")
    source.add("self = new(cls)")
    _defaults(source, shape)
    _attributes(source, shape)
    _text(source, shape.text)
    source.indent("if count := len(element):")
    _children(source, shape)
    source.add("if self._extra is not None: settle(self, element)")
    for field in shape.behind:
        _order(source, cls, field)
    source.dedent()
    source.add("return self")
    return source.compile("_read", cls)


def _order(source: Source, cls: type[Element], field: Field) -> None:
    """Write the lines that remember the order of children of which some stand behind others, unless it is libvirt's."""
    followed, named, by = field.behind or ("", "", "")
    lists = f"self.{cls.xml_fields[followed].slot} or [], self.{field.slot}"
    simple = f"straight and self._extra is None and paired({lists}, {named!r}, {by!r}) is not None"
    source.add(f"if self.{field.slot} is not None and not ({simple}): settle_order(self, element)")


def _defaults(source: Source, shape: Shape) -> None:
    """Write the line that unsets all fields. Python takes a constant apart faster than it sets one field more."""
    unset = {"_extra": None, **shape.unset}
    source.add(f"{', '.join(f'self.{slot}' for slot in unset)}{' = '}{', '.join(map(repr, unset.values()))}")


def _attributes(source: Source, shape: Shape) -> None:
    """Write the lines that read all attributes."""
    fields = shape.attributes.values()
    values = [_conversion(source, field, "value") for field in fields]
    latest = [name for name in source.objects if name.startswith(_LATEST)]
    if latest:
        source.add(f"global {', '.join(latest)}")
    source.indent("for name, value in element.items():")
    word = "if"
    for field, value in zip(fields, values, strict=True):
        source.add(f"{word} name == {field.xml!r}: self.{field.name} = {value}")
        word = "elif"
    keep = "keep_attribute(self, element, name, value)"
    source.add(f"else: {keep}" if fields else keep)
    source.dedent()


def _conversion(source: Source, field: Field, text: str) -> str:
    """Return the expression for the value that the text in a variable stands for.

    Objects share texts where documents repeat them: all that a field chooses among, and the latest name of
    a driver or a model. They take a third more memory otherwise.
    """
    if field.kind != scalars.STRING:
        return _CONVERSIONS[field.kind].format(text)
    if field.values:
        _CLOSED.update((value, value) for value in field.values)
        return f"shared({text}, {text})"
    if field.role != ATTRIBUTE or field.xml not in _REPEATED:
        return text
    latest = source.bind(f"{_LATEST}{field.name}", "")
    return f"{latest} if {text} == {latest} else ({latest} := {text})"


def _text(source: Source, field: Field | None) -> None:
    source.add("text = element.text")
    if field is None:
        source.add("if text and not is_layout(text): keep_text(self, 0, text)")
        return
    # White space beside children only lays them out.
    source.indent("if text and not (len(element) and is_layout(text)):")
    source.add(f"self.{field.name} = {_conversion(source, field, 'text')}")
    source.dedent()


_FEW = 10
"""Up to so many names are tried one after the other; of more, a number is looked up and halved down to."""


def _children(source: Source, shape: Shape) -> None:
    """Write the lines that read all children."""
    if any(child.bare for child in shape.children.values()):
        source.add("kept = ()")
    if shape.behind:
        source.add("straight, before = True, ''")
    source.add(f"children = element[:] if count < {unknown.FEW} else Children(element)")
    source.indent("for child in children:")
    source.add("tag = child.tag")
    cases = list(shape.children.items())
    keep = "keep_child(self, place_of(self, children, child), child)"
    if len(cases) > _FEW:
        source.bind("NUMBERS", {tag: number for number, (tag, _) in enumerate(cases)})
        source.add("number = NUMBERS.get(tag, -1)")
        source.add(f"if number < 0: {keep}")
        _halve(source, [(f"number == {number}", child) for number, (_, child) in enumerate(cases)], 0, "elif")
    else:
        _try_all(source, [(f"tag == {tag!r}", child) for tag, child in cases], "if")
        source.add(f"else: {keep}" if cases else keep)
    if shape.behind:
        source.add("before = tag")
    source.add("tail = child.tail")
    source.add("if tail and not is_layout(tail): keep_text(self, place_of(self, children, child) + 1, tail)")
    source.dedent()


Case = tuple[str, ChildRule]
"""A condition, and what a child has to be under it."""


def _halve(source: Source, cases: list[Case], first: int, word: str) -> None:
    """Write the lines that find the case of a number by halves."""
    if len(cases) <= 3:
        _try_all(source, cases, word)
        return
    half = len(cases) // 2
    source.indent(f"{word} number < {first + half}:")
    _halve(source, cases[:half], first, "if")
    source.dedent()
    source.indent("else:")
    _halve(source, cases[half:], first + half, "if")
    source.dedent()


def _try_all(source: Source, cases: list[Case], word: str) -> None:
    for condition, child in cases:
        source.indent(f"{word} {condition}:")
        _child(source, child)
        source.dedent()
        word = "elif"


def _later(cls: type[Element], holder: dict[Any, Any], key: str) -> Callable[..., Any]:
    """Return the reader of a class that is compiled when it is first called, and then put into its place.

    Python looks up the attributes of classes that have a metaclass slowly: a fifth of reading was that.
    """

    def read(element: etree._Element) -> Element:
        found = holder[key] = compiled_reader(cls)
        return found(element)  # type: ignore[no-any-return]

    return read


def compiled_reader(cls: type[Element]) -> Callable[..., Any]:
    """Return the compiled reader of a class, which is compiled once."""
    found = _readers.get(cls)
    if found is None:
        found = _readers[cls] = compile_reader(cls)
    return found


_readers: WeakKeyDictionary[type[Element], Callable[..., Any]] = WeakKeyDictionary()
"""The readers that are compiled."""


def _value(source: Source, wanted: ChildRule) -> str:
    """Return the expression for what is read of a child."""
    field, target = wanted.field, wanted.target
    if field.role == VALUE:
        return _conversion(source, field, "text")
    if field.role == FLAG:
        return "True"
    if field.role == ANY:
        return "any_element(child)"
    if isinstance(target, Variants):
        readers = source.bind(f"{field.name}_readers", {})
        for by, variant in target.classes.items():
            source.objects[readers][by] = _later(variant, source.objects[readers], by)
        return f"{readers}.get(child.get({target.by!r}), unknown_element)(child)"
    read = f"read_{target.__name__}"
    return f"{source.bind(read, _later(target, source.objects, read))}(child)"


def _child(source: Source, wanted: ChildRule) -> None:
    """Write the lines that read one child into its field."""
    field = wanted.field
    conditions = [f"self.{field.slot} is {field.role != FLAG and None}"] if wanted.once else []
    if wanted.bare:
        conditions += ["not len(child)", "not child.keys()", "tag not in kept"]
    if wanted.empty:
        conditions.append("not child.text")
    if field.role == VALUE:
        source.add("text = child.text or ''")
    value = _value(source, wanted)
    if conditions:
        source.indent(f"if {' and '.join(conditions)}:")
    if field.many:
        # Most lists have one item: a list that is made of it takes less memory than one that grows.
        source.add(f"value = {value}")
        source.add(f"if (values := self.{field.slot}) is None: self.{field.slot} = [value]")
        source.add("else: values.append(value)")
    else:
        source.add(f"self.{field.name} = {value}")
    if field.behind:
        followed, named, by = field.behind
        other = field.owner.xml_fields[followed]
        source.add(f"if before != {other.xml!r} or self.{other.slot}[-1].{named} != value.{by}: straight = False")
    if conditions:
        source.dedent()
        keep = "keep_child(self, place_of(self, children, child), child)"
        source.add(f"else: {'kept = {tag, *kept}; ' if wanted.bare else ''}{keep}")
