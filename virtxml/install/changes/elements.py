"""The elements that an option is about, in a domain that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..language.occasion import element_class

if TYPE_CHECKING:
    from ...fields import Field
    from ...node import Node
    from ...schema.domain import Domain
    from ..language.declaring import Option

_LIKE_DEVICES = ("seclabels", "sysinfos")
"""Elements outside of `<devices>` of which there may be several, and which are added and removed like devices."""


def is_device(option: Option) -> bool:
    """Tell whether an option's elements can be added and removed."""
    element = option.element or ""
    return element.startswith("devices.") or element in _LIKE_DEVICES


class Elements:
    """The elements of an option in a domain.

    Attributes:
        option: the option; it has an element of its own.
        domain: the domain.
    """

    def __init__(self, option: Option, domain: Domain) -> None:
        assert option.element
        self.option = option
        self.domain = domain
        *self._way, self._name = option.element.split(".")

    @property
    def all(self) -> list[Node]:
        """The elements that there are, in their order; a new list."""
        holder = self._holder(make=False)
        found: Any = None if holder is None else getattr(holder, self._name)
        if isinstance(found, list):
            return list(found)
        return [] if found is None else [found]

    @property
    def may_be_many(self) -> bool:
        """Whether there may be several."""
        *_, last = self._fields()
        return last.many

    def add(self, node: Node) -> bool:
        """Put an element behind the others. Return False, and do nothing, if there is one and may be no other."""
        holder = self._holder(make=True)
        here = getattr(holder, self._name)
        if isinstance(here, list):
            here.append(node)
            return True
        if here is not None:
            return False
        setattr(holder, self._name, node)
        return True

    def made(self) -> Node:
        """Return an element that is made and put where it belongs."""
        cls = element_class(self.option)
        assert cls is not None
        node = cls()
        self.add(node)
        return node

    def remove(self, node: Node) -> None:
        """Take an element out."""
        holder = self._holder(make=False)
        here = getattr(holder, self._name)
        if isinstance(here, list):
            del here[next(place for place, one in enumerate(here) if one is node)]
        else:
            setattr(holder, self._name, None)

    def _fields(self) -> list[Field]:
        found: list[Field] = []
        cls: Any = type(self.domain)
        for name in (*self._way, self._name):
            found.append(cls.xml_fields[name])
            (cls,) = found[-1].classes().values()
        return found

    def _holder(self, *, make: bool) -> Any:
        holder: Any = self.domain
        for name in self._way:
            inner = getattr(holder, name)
            if inner is None:
                if not make:
                    return None
                inner = holder.xml_fields[name].target()
                setattr(holder, name, inner)
            holder = inner
        return holder
