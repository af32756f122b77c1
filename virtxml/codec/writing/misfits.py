"""Say which value cannot be written, where it is, and what is wanted there. Loaded when one is met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.codec.names import written
from virtxml.content import AnyElement
from virtxml.content.elements import write_any
from virtxml.content.wellformed import UndeclaredPrefixError
from virtxml.errors import ParseError
from virtxml.fields import ANY, ATTRIBUTE, ELEMENT, FLAG, TEXT, VALUE
from virtxml.scalars import INTEGER, ON_OFF, YES_NO, attribute_text, element_text
from virtxml.sizes import Size

from .values import check_flag, check_object, classes_of, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from virtxml.element import Element
    from virtxml.fields import Field

_SHOWN = 4
"""How many classes of a union are named."""
_STEPS = 12
"""Up to how many steps of a path are shown."""
_LONGEST = 40
"""Up to how many characters a value is shown."""


def placed(error: Exception, nodes: Sequence[Element]) -> Exception:
    """Return an error of writing with its place: in the last of some nodes, each of them inside the one before.

    It is a TypeError for a value of a type that its field does not take, a ValueError for any other.
    """
    node = nodes[-1]
    steps = [type(nodes[0]).__name__, *map(_step, nodes, nodes[1:])]
    path = "".join(steps if len(steps) <= _STEPS else [*steps[:2], ".…", *steps[-_STEPS:]])
    for field in node.xml_fields.values():
        for index, value in _values(node, field):
            problem = _problem(field, value, index)
            if problem is not None and _same(error, problem):
                return _told(problem, path, node, field, index, value)
    message = error.reason if isinstance(error, ParseError) else str(error)
    return _as(error, f"{path}{'' if node.extra is None else '.extra'}: {message}")


def check_field(node: Element, field: Field) -> None:
    """Raise TypeError or ValueError, with the place in the object, for values of a field that could not be written."""
    for index, value in _values(node, field):
        problem = _problem(field, value, index)
        if problem is not None and not isinstance(problem, UndeclaredPrefixError):
            raise _told(problem, type(node).__name__, node, field, index, value)


class _WrongTypeError(TypeError):
    """A value that its field does not take: what it takes is said instead of the message."""


def _values(node: Element, field: Field) -> Iterator[tuple[int | None, Any]]:
    """Iterate over the values of a field that are written, with their numbers in a list."""
    value = getattr(node, field.slot)
    if field.many and issubclass(type(value), (list, tuple)) and value:
        yield from enumerate(value)
    elif field.many or (value is not None and not (field.role == FLAG and value is False)):
        yield None, value


def _problem(field: Field, value: Any, index: int | None) -> Exception | None:
    """Return the error of writing a value of a field, None if there is none."""
    try:
        if field.many and index is None:
            listed(value)
        elif field.role == ATTRIBUTE:
            attribute_text(value, field.kind)
        elif field.role in (TEXT, VALUE):
            element_text(value, field.kind)
        elif field.role == FLAG:
            check_flag(value)
        else:
            check_object(value, field)
    except TypeError:
        return _WrongTypeError()
    except ValueError as error:
        return error
    if isinstance(value, AnyElement):
        try:
            write_any(value, [], "", "" if field.role == ELEMENT and len(field.names()) > 1 else written(field.xml))
        except (AttributeError, TypeError, ValueError) as error:
            return error
    return None


def _same(error: Exception, problem: Exception) -> bool:
    """Tell whether a problem is the one that was met: prefixes may be declared further out than it was looked for."""
    return not isinstance(problem, UndeclaredPrefixError) or str(problem) == str(error)


def _step(outer: Element, inner: Element) -> str:
    """Return the step of a path from an object to one inside it."""
    for name, field in outer.xml_fields.items():
        for index, value in _values(outer, field):
            if value is inner:
                return f".{name}" if index is None else f".{name}[{index}]"
    return ""


def _told(problem: Exception, path: str, node: Element, field: Field, index: int | None, value: Any) -> Exception:
    step = f".{field.name}" if index is None else f".{field.name}[{index}]"
    own = f"{type(node).__name__}{step}"
    if isinstance(problem, _WrongTypeError):
        message = f"{own} {taken(field, value, index)}{_hint(field, index, value)}"
        return TypeError(message if own == f"{path}{step}" else f"{path}{step}: {message}")
    reason = problem.reason if isinstance(problem, ParseError) else str(problem)
    return _as(problem, f"{path}{step}: {reason}")


def _as(error: Exception, message: str) -> Exception:
    if isinstance(error, ParseError):
        return ParseError(message)
    return ValueError(message) if isinstance(error, ValueError) else TypeError(message)


def taken(field: Field, value: Any, index: int | None = None) -> str:
    """Say what a field takes, and that a value is no such; ``index`` is its number in a list, None for the list."""
    return f"takes {_wanted(field, index)}: {_got(field, value)} is no value of it"


def _wanted(field: Field, index: int | None) -> str:
    if field.role in (ELEMENT, ANY):
        names = sorted(cls.__name__ for cls in classes_of(field) if cls is not AnyElement) or ["AnyElement"]
        more = f", … ({len(names)} classes)" if len(names) > _SHOWN else ""
        one = f"{', '.join(names[:_SHOWN])}{more}" if more or len(names) == 1 else " or ".join(names)
    elif field.role == FLAG or field.kind in (YES_NO, ON_OFF):
        one = "True or False"
    else:
        one = "an int" if field.kind == INTEGER else "text"
    return f"a list of {one}" if field.many and index is None else one


def _got(field: Field, value: Any) -> str:
    """Show a value, if it can be no secret and is short; else its type."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if value is None or type(value) is bool:
        return repr(value)
    name = type(value).__name__
    if field.role == FLAG or (type(value) is int and not field.secret):
        shown = repr(value) if type(value) in (int, str) and _is_short(value) else ""
        if shown:
            return f"the {name} {shown}"
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _is_short(value: int | str) -> bool:
    return (value.bit_length() if isinstance(value, int) else 4 * len(value)) < 4 * _LONGEST


def _hint(field: Field, index: int | None, value: Any) -> str:
    """Return what makes an object of a number of bytes, where one with a size is wanted."""
    sizes = [cls for cls in field.targets() if issubclass(cls, Size)] if field.role == ELEMENT else []
    if not sizes or type(value) is not int or (field.many and index is None):
        return ""
    return f" ({sizes[0].__name__}.of takes a number of bytes)"
