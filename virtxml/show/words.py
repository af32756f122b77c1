"""What values and elements of any class say, in few words; secrets are only said to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.element import ANY, ELEMENT, FLAG, TEXT, Element
from virtxml.node import is_hidden
from virtxml.pci import PciLocation, pci_text
from virtxml.scalars import to_text
from virtxml.sizes import Size
from virtxml.source.secrets.hiding import HIDDEN
from virtxml.source.secrets.names import is_secret, is_telling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from virtxml.element import Field

_CHOSEN = "ua-"
"""How aliases begin that users have chosen."""
_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
_STEP = 1024
_LARGE = 10_000
_PLACED = ("alias", "address", "acpi")
"""What tells where a device stands, which the tree of buses shows."""
_FIRST = ("mode", "type", "device", "model")
"""What says most of an element stands first, and without a name; the mode of what is in it has one."""
_DEEPEST = 8


def size_text(size: int) -> str:
    """Return a number of bytes in the unit in which it is a whole number of few digits, else with a rounded one.

    So 4 GiB, 1536 MiB, and 214.0 MiB for 219,100 KiB.
    """
    for power in range(len(_UNITS) - 1, -1, -1):
        number, rest = divmod(size, _STEP**power)
        if number and not rest and number < _LARGE:
            return f"{number} {_UNITS[power]}"
    power = max(power for power in range(len(_UNITS)) if power == 0 or size >= _STEP**power)
    return f"{size / _STEP**power:.1f} {_UNITS[power]}" if power else f"{size} bytes"


def sized(node: Any) -> str:
    """Return what a size says; as it is written where it is none, "" where there is none."""
    if node is None:
        return ""
    if isinstance(node, Size):
        try:
            size = node.bytes
        except ValueError:
            size = None
        if size is not None and size >= 0:
            return size_text(size)
    return " ".join(parts(node)) if isinstance(node, Element) else spoken(node)


def spoken(value: object) -> str:
    """Return a value as one line of text; "" for None."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else " ".join(str(value).split())


def said(node: Any, name: str) -> str:
    """Return what a field says that holds text, as XML has it; "" if there is no node or nothing is said."""
    if node is None or isinstance(node, AnyElement):
        return ""
    value = getattr(node, name, None)
    return "" if value is None or name not in node.xml_fields else _value(node, node.xml_fields[name], value)


def all_said(node: Any, name: str) -> list[str]:
    """Return what each item of a field says that holds several texts."""
    return [_value(node, node.xml_fields[name], value) for value in getattr(node, name)]


def _value(node: Element, field: Field, value: object) -> str:
    if is_hidden(node, field, value):
        return HIDDEN
    try:
        return " ".join(to_text(value, field.kind).split())
    except (TypeError, ValueError):
        return spoken(value)


def parts(node: Any, skip: Collection[str] = ()) -> list[str]:
    """Return all that an element says, without the fields of it in ``skip``: "virtio", "driver.queues=4", "readonly".

    What is in elements is named by its path, several elements of a name are a part each: "seclabel(model=dac)".
    """
    return _parts(node, skip, 0)


def of_device(device: Any, skip: Collection[str] = ()) -> list[str]:
    """Return all that a device says but for where it stands; its alias, if that is not libvirt's own."""
    alias = said(getattr(device, "alias", None), "name")
    chosen = [f"alias={alias}"] if alias.startswith(_CHOSEN) else []
    return parts(device, (*_PLACED, *skip)) + chosen


def under(name: str, node: Any, skip: Collection[str] = ()) -> list[str]:
    """Return all that an element says, under a name."""
    return [] if node is None else _named(name, _parts(node, skip, 1))


def _named(name: str, inner: list[str]) -> list[str]:
    return [f"{name}.{part}" if "=" in part.partition("(")[0] or "(" in part else f"{name}={part}" for part in inner]


def _parts(node: Any, skip: Collection[str], depth: int) -> list[str]:
    if isinstance(node, AnyElement):
        return of_unknown(node)
    if depth > _DEEPEST:
        return ["…"]
    first: list[str] = []
    rest: list[str] = []
    bare = _FIRST if depth == 0 else _FIRST[1:]
    for name in sorted(node.xml_fields, key=lambda name: bare.index(name) if name in bare else len(bare)):
        if name in skip:
            continue
        field = node.xml_fields[name]
        found = getattr(node, field.slot)
        if found is None or (found is False and field.role == FLAG):
            continue
        words = list(_of_field(node, field, found, depth, bare))
        (first if name in bare or field.role == TEXT else rest).extend(words)
    return first + rest + (_of_extra(node) if node.extra else [])


def _of_field(node: Element, field: Field, found: Any, depth: int, first: tuple[str, ...]) -> Iterator[str]:
    """Iterate over what a field says, under its name."""
    name = _plain(field.xml)
    for value in found if field.many else [found]:
        if field.role == FLAG:
            yield name
        elif field.role == ANY:
            yield f"{name}({' '.join(child.name for child in value.children)})" if value.children else name
        elif field.role == ELEMENT:
            yield from _of_element(value, field.many, depth + 1)
        else:
            text = _value(node, field, value)
            bare = field.role == TEXT or (field.name in first and field.xml == field.name)
            yield text if bare else f"{name}={text}"


def _of_element(value: Any, many: bool, depth: int) -> Iterator[str]:
    """Iterate over what an element says, under its name."""
    whole = _whole(value)
    name = _plain(value.name if isinstance(value, AnyElement) else value.xml_name)
    if whole:
        yield whole if "=" in whole else f"{name}={whole}"
        return
    inner = _parts(value, (), depth)
    if many:
        yield f"{name}({' '.join(inner)})" if inner else name
    elif not inner:
        yield name
    else:
        yield from _named(name, inner)


def _whole(value: Any) -> str:
    """Return what an element says that is one value, such as a size or a place; "" for any other."""
    if isinstance(value, AnyElement):
        return ""
    if isinstance(value, PciLocation):
        return pci_text(value) or ""
    if isinstance(value, Size):
        return sized(value) if _only_size(value) else ""
    return f"{said(value, 'name')}={'|'.join(all_said(value, 'values'))}" if value.xml_name == "enum" else ""


def _only_size(value: Any) -> bool:
    """Tell whether an element says nothing but a size."""
    number, unit, _ = value._size
    fields = [field for field in value.xml_fields.values() if field.name not in (number, unit)]
    alone = not value.extra and all(not getattr(value, field.slot) for field in fields)
    return alone and isinstance(getattr(value, number), int)


def of_unknown(element: AnyElement) -> list[str]:
    """Return what an element says that no class knows."""
    found = [f"{name}={_hidden(name, value)}" for name, value in element.attributes.items()]
    text = spoken(element.text)
    if text:
        found.append(_hidden(element.name, text))
    return [*found, *(f"<{child.name}>" for child in element.children)]


def _of_extra(node: Any) -> list[str]:
    """Return what is on a node that its class does not know."""
    found = [f"{name}={_hidden(name, value)}" for name, value in node.extra.attributes.items()]
    return [*found, *(f"<{element.name}>" for element in node.extra.elements)]


def _hidden(name: str, value: str) -> str:
    return HIDDEN if is_secret(name) or is_telling(value) else spoken(value)


def _plain(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def amount(number: int, one: str, many: str = "") -> str:
    """Return a number of things: "1 disk", "3 disks"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
