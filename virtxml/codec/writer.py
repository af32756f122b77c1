"""Compile the writer of a class: from an object to text in libvirt's form."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
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

    It appends pieces of text to the list ``out``: whole lines. ``tag`` is the element's name as written. An object with unknown content goes the slow way of `weave`.
    """
    source = Source(
        Int=scalars.Int,
        special=scalars.SPECIAL.search,
        escape_attribute=scalars.escape_attribute,
        escape_text=scalars.escape_text,
        YES_NO={True: "yes", False: "no"},
        ON_OFF={True: "on", False: "off"},
        write_any=weave.write_any,
        write_woven=weave.write_woven,
        DOUBLE=weave.DOUBLE,
    )
    fields = list(cls.xml_fields.values())
    source.indent(f"def _write(self, out, indent, tag={written(cls.xml_name)!r}):")
    source.add("if self.extra is not None: return write_woven(self, out, indent, tag)")
    attributes = [_attribute(source, field) for field in fields if field.role == ATTRIBUTE]
    source.add(f'line = f"""{{indent}}<{{tag}}{"".join(attributes)}"""')
    _namespaces(source, cls, fields)
    text = next((field for field in fields if field.role == TEXT), None)
    children = [field for field in fields if field.role not in (ATTRIBUTE, TEXT)]
    if children:
        source.add("place = len(out)")
        source.add("out.append(line)")
        source.add('inner = indent + "  "')
        for field in children:
            _child(source, field)
        _around_children(source, text)
    if text:
        source.indent(f"if (value := self.{text.name}) is not None and value != '':")
        source.add(f'line = f"{{line}}>{_text(text)}</{{tag}}>\\n"')
        source.dedent()
        source.add('else: line += "/>\\n"')
    elif cls.xml_empty_tags:
        source.add('line += f">\\n{indent}</{tag}>\\n"')
    else:
        source.add('line += "/>\\n"')
    source.add("out[place] = line" if children else "out.append(line)")
    return source.compile("_write", cls)


def _around_children(source: Source, text: Field | None) -> None:
    """Write the lines that put the tags around children, if there were any."""
    source.indent("if len(out) > place + 1:")
    if text:
        source.add(f"value = self.{text.name}")
        source.add(f'out[place] = f"{{line}}>\\n" if value is None or value == "" else f"{{line}}>{_text(text)}\\n"')
    else:
        source.add('out[place] = line + ">\\n"')
    source.add('out.append(f"{indent}</{tag}>\\n")')
    source.add("return")
    source.dedent()


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
        source.add(f"if value == '': out.append(f\"{{inner}}<{tag}/>\\n\")")
        source.add(f'else: out.append(f"{{inner}}<{tag}>{_text(field)}</{tag}>\\n")')
    elif field.role == FLAG:
        source.add(f'out.append(f"{{inner}}<{tag}/>\\n")')
    elif field.role == ANY:
        source.add(f"write_any(value, out, inner{', DOUBLE' if field.kind == DUMPED else ''})")
    else:
        # A list of several names leaves the name to the class.
        name = "" if len(field.classes()) > 1 else f", {tag!r}"
        source.add(f"value._write(out, inner{name})")
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


def _attribute(source: Source, field: Field) -> str:
    """Return the expression, in braces, for an attribute with its name, or nothing."""
    if field.kind == scalars.STRING:
        text = "value if special(value) is None else escape_attribute(value)"
        shown = f"f\" {field.xml}='{{{text}}}'\""
    else:
        memo = source.bind(f"{field.name}_attribute", attribute_memo(field.xml, field.kind))
        shown = f"{memo}[{_key(field.kind)}]"
    return f"{{'' if (value := self.{field.name}) is None else {shown}}}"


def _key(kind: str) -> str:
    """Return the expression that a value is remembered by: `0` and `0x0` are equal, but not written alike."""
    if kind == scalars.INTEGER:
        return "value if (type_ := value.__class__) is int else value.text if type_ is Int else str(value)"
    return "value"


@cache
def attribute_memo(name: str, kind: str) -> scalars.Memo:
    """Return the memo of values of an attribute to its text with name and quotes."""

    def attribute(value: object) -> str:
        return f" {name}='{scalars.escape_attribute(scalars.to_text(value, kind))}'"

    return scalars.Memo(attribute, entries=256)


def _text(field: Field) -> str:
    """Return the expression, in braces, for the text of a value."""
    if field.kind == scalars.INTEGER:
        return "{value if value.__class__ is int else value.text if value.__class__ is Int else escape_text(value)}"
    if field.kind == scalars.YES_NO:
        return "{YES_NO.get(value) or escape_text(value)}"
    if field.kind == scalars.ON_OFF:
        return "{ON_OFF.get(value) or escape_text(value)}"
    return "{value if special(value) is None else escape_text(value)}"
