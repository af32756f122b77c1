"""The text of one module of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.fields import SITE

from .layout import assignment, clark, class_line, docstring, exports, import_from, quoted, sequence

if TYPE_CHECKING:
    from ..model import ClassModel, FieldModel, UnionModel
    from ..names import Names

_WORDS = {
    "attribute": "attribute",
    "text": "text",
    "value": "leaf",
    "flag": "flag",
    "any": "anything",
    "class": "element",
}
_MANY_WORDS = _WORDS | {"value": "leaves", "class": "elements"}
_KINDS = {
    "int": "INTEGER",
    "int_or_literal": "INTEGER",
    "int_or_str": "INTEGER",
    "yes_no": "YES_NO",
    "on_off": "ON_OFF",
}
_HOMES = {
    **dict.fromkeys(["Literal", "TypeAlias", "Union"], "typing"),
    "AnyElement": "virtxml.content",
    "Node": "virtxml.node",
    "PciLocation": "virtxml.pci",
    "Size": "virtxml.sizes",
    **dict.fromkeys(["content", "schema"], "virtxml"),
    **dict.fromkeys(_KINDS.values(), "virtxml.scalars"),
}
"""Where names are from that are no field words and no classes of ours."""
_HOLDERS = 4
"""How many of the classes that hold a class its docstring names."""


class ModuleWriter:
    """Writes one module; what the classes use is collected on the way, and imported at the head.

    Modules of packages name the classes of other modules by their public place, `schema.domain.Disk`, where they are
    loaded when an element of a document asks for them. A module that is all of a document kind imports them.
    """

    def __init__(self, module: str, models: list[ClassModel], unions: list[UnionModel], names: Names) -> None:
        self.module = module
        self.public = "." not in module
        self.models = _inside_out(models)
        self.unions = [union for union in unions if union.module == self.module]
        self.names = names
        self.used: dict[str, set[str]] = {}
        self.schema: dict[str, set[str]] = {}
        self.done: set[ClassModel | UnionModel] = set()

    def write(self, banner: str, about: str, shared: list[ClassModel]) -> str:
        """Return the text. A module that is all of a document kind also shows the ``shared`` classes that it uses."""
        body = self._body()
        for model in shared:
            self._need(model.module, model.name)
        lines = [*self._head(banner, about), "", *body]
        if self.public:
            held = [name for names in self.schema.values() for name in names]
            own = [*(model.name for model in self.models), *(union.name for union in self.unions)]
            lines += ["", *exports([*own, *held])]
        return "\n".join(lines).rstrip("\n") + "\n"

    def write_aliases(self, banner: str, about: str, unions: list[UnionModel]) -> str:
        """Return the text of a module with the types of unions, for which it imports all of their classes."""
        body = [line for union in unions for line in ["", *self._alias(union)]]
        return "\n".join([*self._head(banner, about), *body]) + "\n"

    def _head(self, banner: str, about: str) -> list[str]:
        lines = [f"# {banner}", f'"""{about}"""', "", "from __future__ import annotations", ""]
        return [*lines, *self._imports()]

    def _body(self) -> list[str]:
        lines: list[str] = []
        for model in self.models:
            for field in model.fields:
                if field.union:
                    lines += self._union(field.union)
            lines += self._class(model)
            self.done.add(model)
        for union in self.unions:
            lines += self._union(union)
        return lines

    def _imports(self) -> list[str]:
        typing = self.used.pop("typing", None)
        lines = [*import_from("typing", sorted(typing)), ""] if typing else []
        schema = {f"virtxml.schema.{module}": names for module, names in self.schema.items()}
        for module, names in sorted((self.used | schema).items()):
            shown = [name for name in names if self.public and module in schema and not name.isupper()]
            hidden = [name for name in names if name not in shown]
            lines += import_from(module, hidden) if hidden else []
            lines += import_from(module, shown, public=True) if shown else []
        return lines

    def _use(self, name: str) -> str:
        """Note that a name is used, and return it."""
        self.used.setdefault(_HOMES.get(name, "virtxml.fields"), set()).add(name)
        return name

    def _need(self, module: str, name: str) -> str:
        """Note that a generated name is used when the module is imported, and return it."""
        if module != self.module:
            self.schema.setdefault(module, set()).add(name)
        return name

    def _hint(self, module: str, name: str) -> str:
        """Return what a generated name is in annotations, and when an element asks for it."""
        if self.public or module == self.module:
            return self._need(module, name)
        return f"{self._use('schema')}.{module.partition('.')[0]}.{name}"

    def _target(self, module: str, name: str, is_there: bool) -> str:
        """Return what says which class or union a field holds: itself if it is there, else where it will be."""
        hint = self._hint(module, name)
        return hint if is_there and hint == name else quoted(hint)

    def _class(self, model: ClassModel) -> list[str]:
        options = [f'xml="{clark(model.xml.ns, model.xml.local)}"']
        if model.since:
            options.append(f'since="{model.since}"')
        if any(path in self.names.empty_tags for path in model.paths):
            options.append("empty_tags=True")
        options.append(f'page="{model.url.removeprefix(SITE)}"')
        bases = [self._use(base) for base in (*model.kin, "Node")]
        # Programs ask for the page, people read the docstring, and `python -OO` drops docstrings.
        lines = ["", *class_line(model.name, [*bases, *options])]
        lines += [f'    """{place_of(model, self.names)}', "", f"    {model.url}", '    """', ""]
        if model.size:
            lines += [f"    _size = ({', '.join(map(quoted, model.size))})", ""]
        for field in model.fields:
            lines += self._field(model, field)
        return [*lines, ""]

    def _field(self, model: ClassModel, field: FieldModel) -> list[str]:
        word = self._use((_MANY_WORDS if field.many else _WORDS)[field.role])
        arguments = [] if field.role == "text" else [f'"{clark(field.xml.ns, field.xml.local)}"']
        annotation, more = self._content(model, field)
        arguments += more
        if field.many:
            annotation = f"list[{annotation}]"
        elif field.role != "flag":
            annotation += " | None"
        if field.since:
            arguments.append(f'since="{field.since}"')
        if field.secret:
            arguments.append("secret=True")
        if field.default is not None:
            arguments.append(f"default={quoted(field.default)}")
        if field.behind:
            arguments.append(f"behind=({', '.join(map(quoted, field.behind))})")
        return [*assignment(field.name, annotation, word, arguments), *docstring(field.about)]

    def _content(self, model: ClassModel, field: FieldModel) -> tuple[str, list[str]]:
        """Return the annotation of a field's values, and what it says of them."""
        if field.union:
            module, constant = field.union.module, field.union.constant
            return self._hint(field.union.alias_module, field.union.name), [self._target(module, constant, True)]
        hints = [self._hint(member.target.module, member.target.name) for member in field.members]
        targets = [
            self._target(target.module, target.name, target.module != self.module or target in self.done)
            for target in (member.target for member in field.members)
        ]
        if len(field.members) > 1:
            keys = [quoted(clark(member.xml.ns, member.xml.local)) for member in field.members]
            return " | ".join(hints), [f"{{{', '.join(map('{}: {}'.format, keys, targets))}}}"]
        if field.members:
            return hints[0], targets
        if field.role == "any":
            dumped = any(f"{path}/{field.key}" in self.names.dumped for path in model.paths)
            return f"{self._use('content')}.AnyElement", [self._use("DUMPED")] if dumped else []
        if field.role == "flag":
            return "bool", []
        kind = _KINDS.get(field.type.kind)
        more = [self._use(kind)] if kind else []
        # Types are for type checkers; a program that asks what may be chosen is not to take their texts apart.
        if field.type.values and field.default is None:
            more.append(f"values={sequence(list(field.type.values))}")
        if field.type.kind == "int_or_str":
            more.append("free=True")
        return self._value(field), more

    def _value(self, field: FieldModel) -> str:
        """Return the annotation of a plain value."""
        if field.default is not None:
            return f"{self._use('Literal')}[{quoted(field.default)}]"
        kind = field.type.kind
        if kind in ("literal", "int_or_literal"):
            literal = f"{self._use('Literal')}[{', '.join(map(quoted, field.type.values))}]"
            return literal if kind == "literal" else f"int | {literal}"
        return {"str": "str", "int": "int", "yes_no": "bool", "on_off": "bool", "int_or_str": "int | str"}[kind]

    def _union(self, union: UnionModel) -> list[str]:
        """Write a union of this module, unless that is done."""
        if union in self.done or union.module != self.module:
            return []
        self.done.add(union)
        self._use("Variants")
        names = [self._need(member.target.module, member.target.name) for member in union.members]
        lines = ["", *self._alias(union)] if self.public else [""]
        lines += [f"{union.constant} = Variants(", f'    "{union.by}",', "    {"]
        lines += [f'        "{m.variant}": {name},' for m, name in zip(union.members, names, strict=True)]
        return [*lines, "    },", ")", ""]

    def _alias(self, union: UnionModel) -> list[str]:
        """Write the type of a union, which only type checkers and those who ask for hints need."""
        for name in ("TypeAlias", "Union", "AnyElement"):
            self._use(name)
        names = [self._need(member.target.module, member.target.name) for member in union.members]
        lines = [f"{union.name}: TypeAlias = Union[", *(f"    {name}," for name in dict.fromkeys(names))]
        about = f'"""Any `<{union.members[0].xml.local}>`, by its attribute `{union.by}`."""'
        return [*lines, "    AnyElement,", "]", about]


def place_of(model: ClassModel, names: Names) -> str:
    """Say which element a class is, and where it stands, or which classes hold it."""
    roots = {kind.define: kind.root for kind in names.kinds if kind.define}
    steps = [step.partition("[")[0] for step in model.path.split("/")]
    steps[0] = roots.get(steps[0], steps[0])
    variant = f" of type `{model.shape.restriction[1]}`" if model.shape.restriction else ""
    element = f"`<{steps[-1]}>`{variant}"
    holders = list(dict.fromkeys(f"`{parent.name}`" for parent in model.parents if parent is not model))
    if len(steps) > 1 and len(holders) > 1:
        return f"{element} in {', '.join(holders[:_HOLDERS])}{' and others' if len(holders) > _HOLDERS else ''}."
    return f"{element} in `{'/'.join(steps[:-1])}`." if len(steps) > 1 else f"{element}."


def _inside_out(models: list[ClassModel]) -> list[ClassModel]:
    """Sort classes so that each stands behind those that it holds, where there is no circle."""
    ordered: list[ClassModel] = []
    seen: set[ClassModel] = set()

    def visit(model: ClassModel) -> None:
        if model in seen or model.module != models[0].module:
            return
        seen.add(model)
        for field in model.fields:
            for member in field.members:
                visit(member.target)
        ordered.append(model)

    for model in models:
        visit(model)
    return ordered
