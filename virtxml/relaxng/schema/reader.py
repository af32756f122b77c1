"""Read `.rng` files (the XML syntax of RELAX NG) into the patterns of `syntax`.

Simplification follows section 4 of the specification: annotations are dropped, names and datatype libraries are
inherited, includes with their overrides are merged, definitions of one name are combined, and nested grammars and
external references are resolved. Restrictions of section 7 are not checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from ..match.nameclass import AnyName, Name, NameChoice, NameClass, NsName
from . import syntax
from .syntax import Grammar, Origin, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

NS = "http://relaxng.org/ns/structure/1.0"
_MAX_NESTING = 64
"""How deep files may include each other: a loop ends here."""


class SchemaError(ValueError):
    """A schema that cannot be read; the message names file and line."""


def read_schema(path: str | Path) -> Grammar:
    """Read a schema file, and all it includes, from disk.

    Raises SchemaError for a file that is missing, not well-formed, or not RELAX NG, and for references that lead
    nowhere.
    """
    reader = _Reader()
    grammar = Grammar()
    grammar.start = reader.file_pattern(_Source(Path(path)), grammar)
    reader.check_references()
    return grammar


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that is being read, and how many files deep it is."""

    path: Path
    depth: int = 0

    def next(self, href: str) -> _Source:
        return _Source(self.path.parent / href, self.depth + 1)


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element of the schema inherits from those around it."""

    source: _Source
    grammar: Grammar
    ns: str = ""
    library: str = ""
    define: str = ""

    def of(self, element: etree._Element) -> _Context:
        """Return the context for what is inside `element`."""
        ns = element.get("ns", self.ns)
        library = element.get("datatypeLibrary", self.library)
        define = element.get("name", "") if element.tag == f"{{{NS}}}define" else self.define
        return _Context(self.source, self.grammar, ns, library, define)

    def origin(self, element: etree._Element) -> Origin:
        """Return where an element is written."""
        line: Any = element.sourceline
        return Origin(self.source.path.name, line or 0, self.define)


@dataclass(slots=True)
class _Component:
    """One `define` or `start` (name "") and how it wants to be combined."""

    name: str
    combine: str | None
    element: etree._Element
    context: _Context


@dataclass(slots=True)
class _Reader:
    roots: dict[Path, etree._Element] = field(default_factory=dict)
    references: list[tuple[syntax.Ref, str]] = field(default_factory=list)

    def file_pattern(self, source: _Source, grammar: Grammar, ns: str = "") -> Pattern:
        """Read the pattern of a whole file; a grammar's definitions go into `grammar`."""
        root = self.root(source)
        context = _Context(source, grammar, ns).of(root)
        if root.tag != f"{{{NS}}}grammar":
            return self.pattern(root, context)
        self.fill(root, context)
        return grammar.start

    def root(self, source: _Source) -> etree._Element:
        """Parse a file, once."""
        if source.depth > _MAX_NESTING:
            raise SchemaError(f"{source.path}: files include each other more than {_MAX_NESTING} deep")
        path = source.path.resolve()
        if path not in self.roots:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
            try:
                self.roots[path] = etree.parse(str(path), parser).getroot()
            except OSError as error:
                raise SchemaError(f"{source.path}: cannot be read") from error
            except etree.XMLSyntaxError as error:
                raise SchemaError(f"{source.path}:{error.lineno}: {error.msg}") from error
        return self.roots[path]

    def fill(self, element: etree._Element, context: _Context) -> None:
        """Fill a grammar from its element: merge includes, then combine definitions of one name."""
        by_name: dict[str, list[_Component]] = {}
        for component in self.components(element, context):
            by_name.setdefault(component.name, []).append(component)
        for name, components in by_name.items():
            pattern = self.combined(components)
            if name:
                context.grammar.defines[name] = pattern
            else:
                context.grammar.start = pattern

    def components(self, element: etree._Element, context: _Context) -> Iterator[_Component]:
        """Iterate over the definitions inside a `grammar`, `div` or `include`, with what is included."""
        for child in _schema_children(element):
            kind = etree.QName(child).localname
            inner = context.of(child)
            if kind in ("define", "start"):
                name = child.get("name", "").strip() if kind == "define" else ""
                yield _Component(name, child.get("combine"), child, inner)
            elif kind == "div":
                yield from self.components(child, inner)
            elif kind == "include":
                yield from self.included(child, inner)
            else:
                raise _error(child, context, f"<{kind}> is not expected in <{etree.QName(element).localname}>")

    def included(self, element: etree._Element, context: _Context) -> Iterator[_Component]:
        """Iterate over the definitions of an included file, those that the `include` overrides replaced."""
        overrides = list(self.components(element, context))
        replaced = {component.name for component in overrides}
        source = context.source.next(element.get("href", ""))
        root = self.root(source)
        inner = _Context(source, context.grammar, context.ns).of(root)
        for component in self.components(root, inner):
            if component.name not in replaced:
                yield component
        yield from overrides

    def combined(self, components: list[_Component]) -> Pattern:
        """Combine the definitions of one name (section 4.17)."""
        patterns = [self.group(component.element, component.context) for component in components]
        if len(patterns) == 1:
            return patterns[0]
        methods = {component.combine for component in components if component.combine}
        if len(methods) != 1 or sum(component.combine is None for component in components) > 1:
            last = components[-1]
            name = last.name or "start"
            raise _error(last.element, last.context, f'definitions of "{name}" do not say how to combine')
        kind = syntax.Choice if methods == {"choice"} else syntax.Interleave
        return kind(tuple(patterns))

    def group(self, element: etree._Element, context: _Context, skip: int = 0) -> Pattern:
        """Read the patterns inside an element as one: a group if there are several."""
        patterns = [self.pattern(child, context.of(child)) for child in list(_schema_children(element))[skip:]]
        if len(patterns) == 1:
            return patterns[0]
        return syntax.Group(tuple(patterns)) if patterns else syntax.Empty()

    def pattern(self, element: etree._Element, context: _Context) -> Pattern:
        """Read one pattern; `context` is already the element's own."""
        kind = etree.QName(element).localname
        if kind in _COMPOSITES:
            items = tuple(self.pattern(child, context.of(child)) for child in _schema_children(element))
            return items[0] if len(items) == 1 else _COMPOSITES[kind](items)
        if kind in _WRAPPERS:
            return _WRAPPERS[kind](self.group(element, context))
        if kind in _LEAVES:
            return _LEAVES[kind]()
        method = getattr(self, f"_read_{kind}", None)
        if method is None:
            raise _error(element, context, f"<{kind}> is no pattern")
        pattern: Pattern = method(element, context)
        return pattern

    def _read_mixed(self, element: etree._Element, context: _Context) -> Pattern:
        return syntax.Interleave((self.group(element, context), syntax.Text()))

    def _read_element(self, element: etree._Element, context: _Context) -> Pattern:
        name, skip = self.name_of(element, context, context.ns)
        origin = context.origin(element)
        return syntax.Element(name, self.group(element, context, skip), origin)

    def _read_attribute(self, element: etree._Element, context: _Context) -> Pattern:
        # An attribute's own name does not inherit a namespace (section 4.8).
        name, skip = self.name_of(element, context, element.get("ns", ""))
        origin = context.origin(element)
        content = self.group(element, context, skip)
        empty = len(list(_schema_children(element))) == skip
        return syntax.Attribute(name, syntax.Text() if empty else content, origin)

    def _read_value(self, element: etree._Element, context: _Context) -> Pattern:
        library = context.library if element.get("type") else ""
        return syntax.Value(element.get("type", "token").strip(), library, element.text or "", context.ns)

    def _read_data(self, element: etree._Element, context: _Context) -> Pattern:
        params = []
        excluded: list[Pattern] = []
        for child in _schema_children(element):
            if child.tag == f"{{{NS}}}param":
                params.append((child.get("name", "").strip(), child.text or ""))
            else:
                excluded.append(self.choice(child, context.of(child)))
        return syntax.Data(
            element.get("type", "").strip(), context.library, tuple(params), excluded[0] if excluded else None
        )

    def choice(self, element: etree._Element, context: _Context) -> Pattern:
        """Read the patterns inside an `except` as a choice."""
        items = tuple(self.pattern(child, context.of(child)) for child in _schema_children(element))
        return items[0] if len(items) == 1 else syntax.Choice(items)

    def _read_ref(self, element: etree._Element, context: _Context) -> Pattern:
        return self.reference(element, context, context.grammar)

    def _read_parentRef(self, element: etree._Element, context: _Context) -> Pattern:  # noqa: N802 - the element's name
        if context.grammar.parent is None:
            raise _error(element, context, "<parentRef> outside a nested grammar")
        return self.reference(element, context, context.grammar.parent)

    def reference(self, element: etree._Element, context: _Context, grammar: Grammar) -> syntax.Ref:
        """Make a reference and remember it, to be checked when all definitions are there."""
        ref = syntax.Ref(element.get("name", "").strip(), grammar)
        self.references.append((ref, f"{context.source.path}:{element.sourceline}"))
        return ref

    def _read_grammar(self, element: etree._Element, context: _Context) -> Pattern:
        grammar = Grammar(parent=context.grammar)
        self.fill(element, _Context(context.source, grammar, context.ns, context.library))
        return grammar.start

    def _read_externalRef(self, element: etree._Element, context: _Context) -> Pattern:  # noqa: N802 - the element's name
        grammar = Grammar(parent=context.grammar)
        return self.file_pattern(context.source.next(element.get("href", "")), grammar, context.ns)

    def name_of(self, element: etree._Element, context: _Context, ns: str) -> tuple[NameClass, int]:
        """Return an element's or attribute's name class, and how many children it took."""
        name = element.get("name")
        if name is not None:
            return _qname(name.strip(), element, ns), 0
        for child in _schema_children(element):
            return self.name_class(child, context.of(child)), 1
        raise _error(element, context, "a name is missing")

    def name_class(self, element: etree._Element, context: _Context) -> NameClass:
        """Read a name class (section 4.8)."""
        kind = etree.QName(element).localname
        if kind == "name":
            return _qname((element.text or "").strip(), element, context.ns)
        if kind == "choice":
            return NameChoice(tuple(self.name_class(child, context.of(child)) for child in _schema_children(element)))
        inner = [grandchild for child in _schema_children(element) for grandchild in _schema_children(child)]
        classes = tuple(self.name_class(child, context.of(child)) for child in inner)
        excluded = None if not classes else classes[0] if len(classes) == 1 else NameChoice(classes)
        if kind == "anyName":
            return AnyName(excluded)
        if kind == "nsName":
            return NsName(context.ns, excluded)
        raise _error(element, context, f"<{kind}> is no name class")

    def check_references(self) -> None:
        """Make sure that every reference leads to a definition."""
        for ref, place in self.references:
            if ref.name not in ref.grammar.defines:
                raise SchemaError(f'{place}: there is no definition "{ref.name}"')


_COMPOSITES = {"group": syntax.Group, "interleave": syntax.Interleave, "choice": syntax.Choice}
_WRAPPERS = {
    "optional": syntax.Optional,
    "zeroOrMore": syntax.ZeroOrMore,
    "oneOrMore": syntax.OneOrMore,
    "list": syntax.List,
}
_LEAVES = {"empty": syntax.Empty, "text": syntax.Text, "notAllowed": syntax.NotAllowed}


def _schema_children(element: etree._Element) -> Iterator[etree._Element]:
    """Iterate over the children that belong to RELAX NG; anything else is annotation."""
    return element.iterchildren(f"{{{NS}}}*")


def _qname(name: str, element: etree._Element, ns: str) -> Name:
    prefix, colon, local = name.rpartition(":")
    return Name(element.nsmap.get(prefix, "") if colon else ns, local)


def _error(element: etree._Element, context: _Context, message: str) -> SchemaError:
    return SchemaError(f"{context.source.path}:{element.sourceline}: {message}")
