"""Compile the writer of a class: from an object to text in libvirt's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.catalogue import PREFIXES
from virtxml.codec.children import paired
from virtxml.codec.functions import Source
from virtxml.codec.names import written
from virtxml.codec.shape import Shape, shape_of
from virtxml.content.depth import INNER
from virtxml.content.elements import DOUBLE, write_any
from virtxml.fields import ANY, DUMPED, FLAG, VALUE, Field

from . import plain
from .values import RULES, own_classes, text_expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.element import Element


def compile_writer(cls: type[Element]) -> Callable[..., Any]:
    """Compile the method that writes an object of a class.

    It appends pieces of text to the list ``out``: whole lines. ``tag`` is the element's name as written. An object
    with unknown content, or with children behind others in no simple order, goes the slow way of `plain`.
    """
    source = Source(
        **RULES,
        write_any=write_any,
        write_woven=plain.write_woven,
        paired=paired,
        DOUBLE=DOUBLE,
        INNER=INNER,
    )
    shape = shape_of(cls)
    source.indent(f"def _write(self, out, indent, tag={written(cls.xml_name)!r}):")
    source.add("if self._extra is not None: return write_woven(self, out, indent, tag)")
    for field in shape.behind:
        _pairs(source, cls, field)
    source.add('line = f"{indent}<{tag}"')
    for field in shape.attributes.values():
        _attribute(source, field)
    _namespaces(source, shape)
    text = shape.text
    if shape.holders:
        _children(source, shape.holders, text)
    if text:
        source.indent(f"if (value := self.{text.name}) is not None and (text := {_text(text)}) != '':")
        source.add('out.append(f"{line}>{text}</{tag}>\\n")')
        source.dedent()
        source.add('else: out.append(f"{line}/>\\n")')
    elif cls.xml_empty_tags:
        source.add('out.append(f"{line}>\\n{indent}</{tag}>\\n")')
    else:
        source.add('out.append(f"{line}/>\\n")')
    return source.compile("_write", cls)


def _pairs(source: Source, cls: type[Element], field: Field) -> None:
    """Write the lines that find out which children stand behind those that they name."""
    followed, named, by = field.behind or ("", "", "")
    lists = f"listed(self.{cls.xml_fields[followed].slot}), listed(self.{field.slot})"
    source.add(f"{field.name}_next = paired({lists}, {named!r}, {by!r}) if {_is_set(field)} else ()")
    source.add(f"if {field.name}_next is None: return write_woven(self, out, indent, tag)")
    source.add(f"{field.name}_next = iter({field.name}_next)")


def _children(source: Source, children: list[Field], text: Field | None) -> None:
    """Write the lines that write an element with children, if there are any."""
    # Python runs "all are unset" faster than "one is set".
    source.indent(f"if not ({' and '.join(f'not {_is_set(field)}' for field in children)}):")
    if text:
        source.add(f"value = self.{text.name}")
        source.add(f"text = '' if value is None else {_text(text)}")
        source.add("beside = text != ''")
        source.add('out.append(f"{line}>{text}" if beside else f"{line}>\\n")')
        source.add("place = len(out)")
    else:
        source.add('out.append(f"{line}>\\n")')
    source.add("inner = INNER[indent]")
    for field in children:
        if not field.behind:
            _child(source, field, [other for other in children if field.name in other.behind[:1]])
    if text:
        source.add('if beside: out[place] = out[place].lstrip(" ")')
    source.add('out.append(f"{indent}</{tag}>\\n")')
    source.add("return")
    source.dedent()


def _child(source: Source, field: Field, behind: list[Field]) -> None:
    """Write the lines that write one field's children, and those of fields ``behind`` each of them.

    Most fields are unset: these get the shortest way.
    """
    tag = written(field.xml)
    source.indent(f"if self.{field.slot} is not None:" if field.many else f"if {_is_set(field)}:")
    if field.many:
        source.add(f"values = self.{field.slot}")
        source.indent("for value in values if type(values) is list else listed(values):")
    else:
        source.add(f"value = self.{field.name}")
    if field.role == VALUE:
        source.add(f"text = {_text(field)}")
        source.add(f"if text == '': out.append(f\"{{inner}}<{tag}/>\\n\")")
        source.add(f'else: out.append(f"{{inner}}<{tag}>{{text}}</{tag}>\\n")')
    elif field.role == FLAG:
        source.add("if value is not True: check_flag(value)")
        source.add(f'out.append(f"{{inner}}<{tag}/>\\n")')
    elif field.role == ANY:
        source.add(f"check_object(value, {source.bind(f'{field.name}_field', field)})")
        source.add(f"write_any(value, out, inner, {tag!r}{', DOUBLE' if field.kind == DUMPED else ''})")
    else:
        _object(source, field)
    for other in behind:
        source.indent(f"if (value := next({other.name}_next, None)) is not None:")
        _object(source, other)
        source.dedent()
    if field.many:
        source.dedent()
    source.dedent()


def _object(source: Source, field: Field) -> None:
    """Write the lines that look whether a field holds an object, and write it: the usual classes take no call."""
    usual = sorted(own_classes(field), key=lambda cls: cls.__name__)
    if len(usual) == 1:
        test = f"is not {source.bind(f'{field.name}_class', usual[0])}"
    else:
        test = f"not in {source.bind(f'{field.name}_classes', frozenset(usual))}"
    source.add(f"if type(value) {test}: check_object(value, {source.bind(f'{field.name}_field', field)})")
    # A list of several names leaves the name to the class.
    name = "" if len(field.names()) > 1 else f", {written(field.xml)!r}"
    source.add(f"value._write(out, inner{name})")


def _namespaces(source: Source, shape: Shape) -> None:
    """Write the lines that declare the namespaces of children, as libvirt does, behind the attributes."""
    for uri, fields in shape.prefixed.items():
        tests = " or ".join(map(_is_set, fields))
        source.add(f"if {tests}: line = f\"{{line}} xmlns:{PREFIXES[uri]}='{uri}'\"")


def _attribute(source: Source, field: Field) -> None:
    """Write the line that adds an attribute to the start tag."""
    # Most attributes are unset: these get the shortest way.
    source.indent(f"if {_is_set(field)}:")
    source.add(f"value = self.{field.name}")
    source.add(f"line = f\"{{line}} {field.xml}='{{{text_expression(field.kind, 'attribute')}}}'\"")
    source.dedent()


def _is_set(field: Field) -> str:
    """Return the expression that tells whether there is something to write of a field."""
    value = f"self.{field.slot}"
    if field.many:
        return f"({value} is not None and listed({value}))"
    return f"({value} is not None and {value} is not False)" if field.role == FLAG else f"{value} is not None"


def _text(field: Field) -> str:
    return text_expression(field.kind, "element")
