"""Compile the writer of a class: from an object to text in libvirt's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml import scalars
from virtxml.catalogue import PREFIXES
from virtxml.fields import ANY, ATTRIBUTE, DUMPED, FLAG, TEXT, VALUE, Field

from . import foreign, weave
from .depth import INNER
from .names import namespace_of, written
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.node import Node


def compile_writer(cls: type[Node]) -> Callable[..., Any]:
    """Compile the method that writes an object of a class.

    It appends pieces of text to the list ``out``: whole lines. ``tag`` is the element's name as written. An object
    with unknown content, or with children behind others that they name, goes the slow way of `weave`.
    """
    source = Source(
        Int=scalars.Int,
        special=scalars.SPECIAL.search,
        escape_attribute=scalars.escape_attribute,
        escape_text=scalars.escape_text,
        YES_NO={True: "yes", False: "no"},
        ON_OFF={True: "on", False: "off"},
        write_any=foreign.write_any,
        write_woven=weave.write_woven,
        DOUBLE=foreign.DOUBLE,
        INNER=INNER,
    )
    fields = list(cls.xml_fields.values())
    source.indent(f"def _write(self, out, indent, tag={written(cls.xml_name)!r}):")
    woven = ["self.extra is not None", *(f"self.{field.name}" for field in fields if field.behind)]
    source.add(f"if {' or '.join(woven)}: return write_woven(self, out, indent, tag)")
    source.add('line = f"{indent}<{tag}"')
    for field in fields:
        if field.role == ATTRIBUTE:
            _attribute(source, field)
    _namespaces(source, cls, fields)
    text = next((field for field in fields if field.role == TEXT), None)
    children = [field for field in fields if field.role not in (ATTRIBUTE, TEXT)]
    if children:
        _children(source, children, text)
    if text:
        source.indent(f"if (value := self.{text.name}) is not None and value != '':")
        source.add(f'out.append(f"{{line}}>{_text(text)}</{{tag}}>\\n")')
        source.dedent()
        source.add('else: out.append(f"{line}/>\\n")')
    elif cls.xml_empty_tags:
        source.add('out.append(f"{line}>\\n{indent}</{tag}>\\n")')
    else:
        source.add('out.append(f"{line}/>\\n")')
    return source.compile("_write", cls)


def _children(source: Source, children: list[Field], text: Field | None) -> None:
    """Write the lines that write an element with children, if there are any."""
    # Python runs "all are unset" faster than "one is set".
    source.indent(f"if not ({' and '.join(f'not {_is_set(field)}' for field in children)}):")
    if text:
        source.add(f"value = self.{text.name}")
        source.add("beside = value is not None and value != ''")
        source.add(f'out.append(f"{{line}}>{_text(text)}" if beside else f"{{line}}>\\n")')
        source.add("place = len(out)")
    else:
        source.add('out.append(f"{line}>\\n")')
    source.add("inner = INNER[indent]")
    for field in children:
        _child(source, field)
    if text:
        source.add('if beside: out[place] = out[place].lstrip(" ")')
    source.add('out.append(f"{indent}</{tag}>\\n")')
    source.add("return")
    source.dedent()


def _child(source: Source, field: Field) -> None:
    """Write the lines that write one field's children. Most fields are unset: these get the shortest way."""
    tag = written(field.xml)
    source.indent(f"if {_is_set(field)}:")
    if field.many:
        source.indent(f"for value in self.{field.name}:")
    else:
        source.add(f"value = self.{field.name}")
    if field.role == VALUE:
        source.add(f"if value == '': out.append(f\"{{inner}}<{tag}/>\\n\")")
        source.add(f'else: out.append(f"{{inner}}<{tag}>{_text(field)}</{tag}>\\n")')
    elif field.role == FLAG:
        source.add(f'out.append(f"{{inner}}<{tag}/>\\n")')
    elif field.role == ANY:
        source.add(f"write_any(value, out, inner, {tag!r}{', DOUBLE' if field.kind == DUMPED else ''})")
    else:
        # A list of several names leaves the name to the class.
        name = "" if len(field.classes()) > 1 else f", {tag!r}"
        source.add(f"value._write(out, inner{name})")
    if field.many:
        source.dedent()
    source.dedent()


def _namespaces(source: Source, cls: type[Node], fields: list[Field]) -> None:
    """Write the lines that declare the namespaces of children, as libvirt does, behind the attributes."""
    users: dict[str, list[str]] = {}
    for field in fields:
        uri = namespace_of(field.xml)
        if uri and uri != namespace_of(cls.xml_name):
            users.setdefault(uri, []).append(_is_set(field))
    for uri, tests in users.items():
        source.add(f"if {' or '.join(tests)}: line = f\"{{line}} xmlns:{PREFIXES[uri]}='{uri}'\"")


def _attribute(source: Source, field: Field) -> None:
    """Write the line that adds an attribute to the start tag."""
    # Most attributes are unset: these get the shortest way.
    source.indent(f"if {_is_set(field)}:")
    source.add(f"value = self.{field.name}")
    source.add(f"line = f\"{{line}} {field.xml}='{_text(field, 'attribute')}'\"")
    source.dedent()


def _is_set(field: Field) -> str:
    """Return the expression that tells whether there is something to write of a field."""
    return f"self.{field.name}" if field.many or field.role == FLAG else f"self.{field.name} is not None"


def _text(field: Field, place: str = "text") -> str:
    """Return the expression, in braces, for the escaped text of a value in its place: "attribute" or "text"."""
    escape = f"escape_{place}(value)"
    if field.kind == scalars.INTEGER:
        return f"{{value if type(value) is int else value.text if type(value) is Int else {escape}}}"
    if field.kind in (scalars.YES_NO, scalars.ON_OFF):
        words = "YES_NO" if field.kind == scalars.YES_NO else "ON_OFF"
        return f"{{{words}.get(value) or {escape}}}"
    known = "type(value) is str and (value.isalnum() or special(value) is None)"
    return f"{{value if {known} else {escape}}}"
