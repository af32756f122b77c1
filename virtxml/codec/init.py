"""What makes an element class a dataclass: its constructor, its signature, its dataclass fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .functions import Source
from .kept.places import anchor

if TYPE_CHECKING:
    import dataclasses
    import inspect

    from virtxml.element import Element


def compile_init(cls: type[Element]) -> Any:
    """Compile the constructor: every field by keyword, every one optional."""
    source = Source(anchor=anchor)
    parameters = []
    body = []
    for name, field in cls.xml_fields.items():
        parameters.append(f"{name}={None if field.many else field.default!r}")
        body.append(f"self.{field.slot} = {name}")
    source.indent(f"def __init__(self, *, {', '.join([*parameters, 'extra=None'])}):")
    source.add(*body, "self._extra = extra", "if extra is not None: anchor(self)")
    return source.compile("__init__", cls)


def signature(cls: type[Element]) -> inspect.Signature:
    """Return the signature of the constructor, with the types of the fields."""
    import inspect

    parameters = [
        inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=_default(field), annotation=field.type)
        for field in cls.__dataclass_fields__.values()
    ]
    return inspect.Signature(parameters)


def _default(field: dataclasses.Field[Any]) -> Any:
    import dataclasses

    return [] if field.default is dataclasses.MISSING else field.default


def dataclass_fields(cls: type[Element]) -> dict[str, dataclasses.Field[Any]]:
    """Return the fields as the `dataclasses` module wants them, with `xml` and `since` as metadata."""
    import dataclasses
    import inspect

    types: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        types |= inspect.get_annotations(base)
    specification: list[tuple[str, Any, Any]] = []
    for name, field in cls.xml_fields.items():
        metadata = {"xml": field, "since": cls.since(name)}
        if field.many:
            made = dataclasses.field(default_factory=list, kw_only=True, metadata=metadata)
        else:
            made = dataclasses.field(default=field.default, repr=not field.secret, kw_only=True, metadata=metadata)
        specification.append((name, types[name], made))
    specification.append(("extra", types["extra"], dataclasses.field(default=None, kw_only=True)))
    shadow = dataclasses.make_dataclass(cls.__name__, specification, init=False, repr=False, eq=False)
    return {field.name: field for field in dataclasses.fields(shadow)}
