"""Make simplified patterns from a schema as it is written (section 4 of the specification, from 4.12 on)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..datatypes import DatatypeError, datatype
from ..match.patterns import EMPTY, NOT_ALLOWED, TEXT, Element, Pattern
from ..match.pool import Pool
from ..match.table import table_of
from . import syntax
from .reader import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..match.table import Table


def compile_schemas(starts: Mapping[str, syntax.Pattern]) -> Table:
    """Return the table, for a `Grammar`, of what whole documents of some kinds match.

    Raises SchemaError for datatypes that are not known or wrongly used, and for definitions that are part of
    themselves without an element in between.
    """
    compiler = Compiler()
    return table_of({name: compiler.compile(start) for name, start in starts.items()})


class Compiler:
    """Makes the patterns of schemas. All the elements that it finds are in `elements`."""

    def __init__(self) -> None:
        self.pool = Pool(sys.maxsize)
        self.elements: dict[syntax.Element, Element] = {}
        self._open: list[syntax.Ref] = []
        self._define = ""

    def compile(self, start: syntax.Pattern) -> Pattern:
        """Return the simplified pattern of one as written, with the contents of all elements made."""
        known = len(self.elements)
        found = self.pattern(start)
        while known < len(self.elements):  # contents may bring further elements
            for element in list(self.elements.values())[known:]:
                known += 1
                element.content  # noqa: B018 - makes it
        return found

    def pattern(self, written: syntax.Pattern) -> Pattern:
        """Return the simplified pattern of one as written; contents of elements are left for later."""
        return _VISITS[type(written)](self, written)

    def composite(self, written: syntax.Composite) -> Pattern:
        """Return the pattern of a group, choice or interleave."""
        items = [self.pattern(item) for item in written.items]
        match written:
            case syntax.Choice():
                return self.pool.choice(items)
            case syntax.Interleave():
                return self.pool.interleave(items)
        return self.pool.group(items)

    def wrapper(self, written: syntax.Wrapper) -> Pattern:
        """Return the pattern of `optional`, `zeroOrMore`, `oneOrMore` or `list`."""
        item = self.pattern(written.item)
        match written:
            case syntax.List():
                return self.pool.list(item)
            case syntax.OneOrMore():
                return self.pool.one_or_more(item)
            case syntax.ZeroOrMore():
                return self.pool.optional(self.pool.one_or_more(item))
        return self.pool.optional(item)

    def ref(self, written: syntax.Ref) -> Pattern:
        """Return the pattern of a definition, in place of a reference."""
        if any(other.name == written.name and other.grammar is written.grammar for other in self._open):
            raise SchemaError(f'the definition "{written.name}" is part of itself without an element in between')
        outer, self._define = self._define, written.name
        self._open.append(written)
        found = self.pattern(written.target)
        self._open.pop()
        self._define = outer
        return found

    def element(self, written: syntax.Element) -> Pattern:
        """Return the pattern of an element."""
        found = self.elements.get(written)
        if found is None:
            define = written.origin.define
            found = Element(written.name, define, lambda: self.content(written))
            self.elements[written] = found
        return found

    def content(self, written: syntax.Element) -> Pattern:
        """Return the pattern of an element's content."""
        outer = self._open, self._define
        self._open, self._define = [], written.origin.define
        found = self.pattern(written.content)
        self._open, self._define = outer
        return found

    def attribute(self, written: syntax.Attribute) -> Pattern:
        """Return the pattern of an attribute."""
        outer, self._define = self._define, written.origin.define
        content = self.pattern(written.content)
        self._define = outer
        return self.pool.attribute(written.name, content, written.origin.define)

    def data(self, written: syntax.Data) -> Pattern:
        """Return the pattern of a datatype."""
        excluded = NOT_ALLOWED if written.excluded is None else self.pattern(written.excluded)
        try:
            found = datatype(written.library, written.type, written.params)
            found.read_patterns()
        except DatatypeError as error:
            raise SchemaError(self.place(str(error))) from error
        return self.pool.data(found, excluded, self._define)

    def value(self, written: syntax.Value) -> Pattern:
        """Return the pattern of a value."""
        try:
            found = datatype(written.library, written.type)
        except DatatypeError as error:
            raise SchemaError(self.place(str(error))) from error
        return self.pool.value(found, written.text)

    def place(self, message: str) -> str:
        """Return a message with the definition that it is about."""
        return f'in the definition "{self._define}": {message}' if self._define else message


_VISITS: dict[type[syntax.Pattern], Callable[..., Pattern]] = {
    syntax.Empty: lambda compiler, written: EMPTY,
    syntax.NotAllowed: lambda compiler, written: NOT_ALLOWED,
    syntax.Text: lambda compiler, written: TEXT,
    syntax.Group: Compiler.composite,
    syntax.Interleave: Compiler.composite,
    syntax.Choice: Compiler.composite,
    syntax.Optional: Compiler.wrapper,
    syntax.ZeroOrMore: Compiler.wrapper,
    syntax.OneOrMore: Compiler.wrapper,
    syntax.List: Compiler.wrapper,
    syntax.Ref: Compiler.ref,
    syntax.Element: Compiler.element,
    syntax.Attribute: Compiler.attribute,
    syntax.Data: Compiler.data,
    syntax.Value: Compiler.value,
}
