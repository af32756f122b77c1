"""What docstrings say of a class and of its fields. Those of fields are only in the source."""

from __future__ import annotations

import ast
import sys
from functools import cache
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from virtxml.element import Element


def class_words(cls: type[Element]) -> str:
    """Return what the docstring of a class says, with the page of libvirt's documentation."""
    return cleandoc(cls.__doc__ or "").replace("\n\n", "\n")


def field_words(cls: type[Element]) -> dict[str, str]:
    """Return what is said of each field of a class, on one line each; "" for one that nothing is said of."""
    found = dict.fromkeys(cls.xml_fields, "")
    for base in reversed(cls.__mro__):
        found |= _said(base.__module__).get(base.__name__, {}) if hasattr(base, "xml_fields") else {}
    return {name: found[name] for name in cls.xml_fields}


@cache
def _said(module: str) -> dict[str, dict[str, str]]:
    """Return what the source of a module says of the fields of its classes, by the names of both."""
    # Files of a package may be in a zip: whoever has loaded the module has its source.
    loader: Any = getattr(sys.modules[module], "__loader__", None)
    source = loader.get_source(module) if hasattr(loader, "get_source") else None
    return {one.name: _fields(one) for one in ast.parse(source or "").body if isinstance(one, ast.ClassDef)}


def _fields(cls: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for one, behind in zip(cls.body, cls.body[1:], strict=False):
        said = behind.value if isinstance(behind, ast.Expr) else None
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(said, ast.Constant):
            found[one.target.id] = " ".join(str(said.value).split())
    return found
