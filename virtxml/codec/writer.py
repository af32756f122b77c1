"""Compile the writer of a class: from an object to text in libvirt's form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from virtxml import scalars
from virtxml.fields import ANY, ATTRIBUTE, DUMPED, FLAG, TEXT, VALUE, Field

from . import weave
from .names import namespace_of, written
from .source import Source

if TYPE_CHECKING:
    from virtxml.node import NodeType

INDENT = "  "


def compile_writer(cls: NodeType) -> Callable[..., Any]:
    """Compile the method that writes an object of a class.

    It hands pieces of text to ``add``, the first of them the indentation, the last a line feed. ``tag`` is the
    element's name as written. An object with unknown content goes the slow way of `weave`.
    """
    source = Source(
        ATTRIBUTES=scalars.ATTRIBUTES,
        TEXTS=scalars.TEXTS,
        YES_NO={True: "yes", False: "no"},
        ON_OFF={True: "on", False: "off"},
        number=_number,
        write_any=weave.write_any,
        write_woven=weave.write_woven,
        DOUBLE=weave.DOUBLE,
    )
    fields = list(cls.xml_fields.values())
    source.indent(f"def _write(self, add, indent, tag={written(cls.xml_name)!r}):")
    source.add("if self.extra is not None: return write_woven(self, add, indent, tag)")
    source.add('line = f"{indent}<{tag}"')
    for field in fields:
        if field.role == ATTRIBUTE:
            source.add(f"if (value := self.{field.name}) is not None: line += f\" {field.xml}='{_text(field)}'\"")
    _namespaces(source, cls, fields)
    text = next((field for field in fields if field.role == TEXT), None)
    children = [field for field in fields if field.role not in (ATTRIBUTE, TEXT)]
    if children:
        _with_children(source, cls, children, text)
    elif text:
        source.add(f"if (value := self.{text.name}) is not None and value != '':")
        source.add(f'    add(f"{{line}}>{_text(text)}</{{tag}}>\\n")')
        source.add('else: add(f"{line}/>\\n")')
    else:
        source.add('add(f"{line}/>\\n")')
    return source.compile("_write", cls)


def _with_children(source: Source, cls: NodeType, children: list[Field], text: Field | None) -> None:
    source.add('inner = indent + "  "')
    source.add("parts = []")
    source.add("put = parts.append")
    for field in children:
        _child(source, field)
    source.indent("if parts:")
    if text:
        source.add(f"value = self.{text.name}")
        source.add(f'add(f"{{line}}>\\n" if value is None or value == "" else f"{{line}}>{_text(text)}\\n")')
    else:
        source.add('add(f"{line}>\\n")')
    source.add("add(''.join(parts))")
    source.add('add(f"{indent}</{tag}>\\n")')
    source.dedent()
    if text:
        source.add(f"elif (value := self.{text.name}) is not None and value != '':")
        source.add(f'    add(f"{{line}}>{_text(text)}</{{tag}}>\\n")')
    if cls.xml_empty_tags:
        source.add('else: add(f"{line}>\\n{indent}</{tag}>\\n")')
    else:
        source.add('else: add(f"{line}/>\\n")')


def _child(source: Source, field: Field) -> None:
    """Write the lines that write one field's children."""
    tag = written(field.xml)
    if field.many:
        source.indent(f"for value in self.{field.name}:")
    elif field.role == FLAG:
        source.indent(f"if (value := self.{field.name}):")
    else:
        source.indent(f"if (value := self.{field.name}) is not None:")
    if field.role == VALUE:
        source.add(f"if value == '': put(f\"{{inner}}<{tag}/>\\n\")")
        source.add(f'else: put(f"{{inner}}<{tag}>{_text(field)}</{tag}>\\n")')
    elif field.role == FLAG:
        source.add(f'put(f"{{inner}}<{tag}/>\\n")')
    elif field.role == ANY:
        source.add(f"write_any(value, put, inner{', DOUBLE' if field.kind == DUMPED else ''})")
    else:
        # A list of several names leaves the name to the class.
        name = "" if len(field.classes()) > 1 else f", {tag!r}"
        source.add(f"value._write(put, inner{name})")
    source.dedent()


def _namespaces(source: Source, cls: NodeType, fields: list[Field]) -> None:
    """Write the lines that declare the namespaces of children, as libvirt does, behind the attributes."""
    users: dict[str, list[str]] = {}
    for field in fields:
        uri = namespace_of(field.xml)
        if uri and uri != namespace_of(cls.xml_name):
            users.setdefault(uri, []).append(f"self.{field.name}")
    for uri, names in users.items():
        prefix = written(f"{{{uri}}}").rstrip(":")
        source.add(f"if {' or '.join(names)}: line += \" xmlns:{prefix}='{uri}'\"")


def _text(field: Field) -> str:
    """Return the expression, in braces, for the text of a value."""
    memo = "ATTRIBUTES" if field.role == ATTRIBUTE else "TEXTS"
    if field.kind == scalars.INTEGER:
        return "{value if value.__class__ is int else number(value)}"
    if field.kind == scalars.YES_NO:
        return f"{{YES_NO.get(value) or {memo}[value]}}"
    if field.kind == scalars.ON_OFF:
        return f"{{ON_OFF.get(value) or {memo}[value]}}"
    return f"{{{memo}[value]}}"


def _number(value: object) -> str:
    return value.text if isinstance(value, scalars.Int) else scalars.escape_attribute(value)
