"""Plain data, as dataclasses have it, without the time that `dataclasses` and `@dataclass` take at each start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

if TYPE_CHECKING:
    import dataclasses
    from collections.abc import Callable

    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**_options):
        """Mark a class for type checkers (PEP 681); `typing` has it from Python 3.11 on."""
        return lambda cls: cls


T = TypeVar("T")


class _Made:
    """A default that each object gets anew."""

    __slots__ = ("factory",)

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.factory = factory


def made(*, factory: Callable[[], T]) -> T:
    """Declare a field whose default each object gets anew: a list, a dictionary."""
    return _Made(factory)  # type: ignore[return-value] # pyright: ignore[reportReturnType]


class _DataclassFields:
    """Makes what `dataclasses.replace` and `dataclasses.fields` need when they are first called."""

    def __get__(self, instance: object, owner: type[Record]) -> dict[str, dataclasses.Field[Any]]:
        import dataclasses

        specification: list[tuple[str, Any, Any]] = []
        for name in owner._names:
            default = owner._defaults.get(name, dataclasses.MISSING)
            if isinstance(default, _Made):
                specification.append((name, Any, dataclasses.field(default_factory=default.factory)))
            else:
                specification.append((name, Any, dataclasses.field(default=default)))
        shadow = dataclasses.make_dataclass(owner.__name__, specification, init=False, repr=False, eq=False)
        return {field.name: field for field in dataclasses.fields(shadow)}


@dataclass_transform(field_specifiers=(made,))
class Record:
    """Plain data: a subclass declares its fields as a dataclass does.

    `class Place(Record, frozen=True)` has objects that do not change, and so may be in sets. `repr` leaves out the
    fields whose names begin with "_", and those that `_hidden` lists.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    _hidden: ClassVar[tuple[str, ...]] = ()
    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]] = _DataclassFields()  # type: ignore[assignment] # pyright: ignore[reportAssignmentType]

    def __init_subclass__(cls, *, frozen: bool = False) -> None:
        cls._names = tuple(name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar"))
        cls._defaults = {name: vars(cls)[name] for name in cls._names if name in vars(cls)}
        if frozen:
            cls.__setattr__ = cls.__delattr__ = _refuse  # type: ignore[assignment,method-assign]
            cls.__hash__ = _hash  # type: ignore[assignment,method-assign]

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self._names
        if len(values) > len(names):
            raise TypeError(f"{type(self).__name__} has {len(names)} fields, not {len(values)}")
        given = dict(zip(names, values, strict=False))
        for name in named:
            if name in given or name not in names:
                raise TypeError(f"{type(self).__name__} has {'one' if name in given else 'no'} field {name!r}")
        given.update(named)
        for name in names:
            if name not in given:
                if name not in self._defaults:
                    raise TypeError(f"{type(self).__name__} needs a value for {name!r}")
                default = self._defaults[name]
                given[name] = default.factory() if isinstance(default, _Made) else default
        self.__dict__.update(given)

    def changed(self, **changes: Any) -> Self:
        """Return a copy with other values of some fields."""
        return type(self)(**{**self.__dict__, **changes})

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = [name for name in self._names if not name.startswith("_") and name not in self._hidden]
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _refuse(self: Record, name: str, value: object = None) -> NoReturn:
    from dataclasses import FrozenInstanceError  # which is an AttributeError

    raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be changed")


def _hash(self: Record) -> int:
    return hash(tuple(self.__dict__[name] for name in self._names))
