"""Pass 7: the text of the modules."""

from __future__ import annotations

from .model import ClassModel, FieldModel, Member
from .names import Names

WIDTH = 120
_KINDS = {"int": "INTEGER", "int_or_literal": "INTEGER", "int_or_str": "INTEGER", "yes_no": "YES_NO", "on_off": "ON_OFF"}


class Renderer:
    """Writes modules from class models."""

    def __init__(self, models: list[ClassModel], names: Names, banner: str) -> None:
        self.models = models
        self.names = names
        self.banner = banner
        self.modules: dict[str, list[ClassModel]] = {}
        for model in models:
            self.modules.setdefault(model.module, []).append(model)

    def files(self) -> dict[str, str]:
        """Return the text of all files below `virtxml/schema`, by path."""
        packages = {module.split(".")[0] for module in self.modules if "." in module}
        files = {f"{module.replace('.', '/')}.py": self.module(module) for module in self.modules}
        for package in packages:
            files[f"{package}/__init__.py"] = self.package(package)
        files["__init__.py"] = self.index()
        return dict(sorted(files.items()))

    def index(self) -> str:
        """Write the package of all: the document kinds."""
        modules = sorted({module.split(".")[0] for module in self.modules})
        wildcards = sorted({f.xml.local for model in self.models for f in model.fields if f.role == "any"})
        lines = [
            f"# {self.banner}",
            '"""Element classes of all libvirt documents, a module or package per document kind."""',
            "",
            "from importlib import import_module",
            "from typing import TYPE_CHECKING",
            "",
            "if TYPE_CHECKING:",
            *(f"    from virtxml.schema import {module} as {module}" for module in modules),
            "",
            "DOCUMENTS = {",
            *(f'    "{kind.cls}": ("{kind.module}", "{kind.root}"),' for kind in self.names.kinds),
            "}",
            '"""Root classes: the module that each is in, and its element."""',
            "",
            f"WILDCARDS = {_tuple(wildcards)}",
            '"""Elements that may hold anything."""',
            "",
            "__all__ = [",
            *(f'    "{name}",' for name in ["DOCUMENTS", "WILDCARDS", *modules]),
            "]",
            "",
            "",
            "def __getattr__(name: str) -> object:",
            "    if name not in __all__:",
            '        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")',
            '    return import_module(f"{__name__}.{name}")',
            "",
        ]
        return "\n".join(lines)

    def package(self, package: str) -> str:
        """Write the module that gives a package's classes their public place."""
        homes: dict[str, list[str]] = {}
        for module, models in self.modules.items():
            if module.split(".")[0] == package:
                homes[module] = [model.name for model in models]
        for model in self.reachable(package):
            homes.setdefault(model.module, [])
            if model.name not in homes[model.module]:
                homes[model.module].append(model.name)
        lines = [f"# {self.banner}", f'"""Element classes of `{package}` documents."""', ""]
        for module, classes in sorted(homes.items()):
            lines += _import(f"virtxml.schema.{module}", classes, public=True)
        return "\n".join([*lines, "", *self.exports([name for classes in homes.values() for name in classes])])

    @staticmethod
    def exports(names: list[str]) -> list[str]:
        return ["__all__ = [", *(f'    "{name}",' for name in sorted(names)), "]", ""]

    def reachable(self, package: str) -> list[ClassModel]:
        """Return the shared classes that a package's classes hold, at any depth."""
        pending = [model for module, models in self.modules.items() for model in models if module.split(".")[0] == package]
        found: dict[ClassModel, None] = {}
        for model in pending:
            for field in model.fields:
                for member in field.members:
                    shared = member.target.module.split(".")[0] in ("common", "cpu", "sysinfo")
                    if shared and member.target not in found and member.target.module.split(".")[0] != package:
                        found[member.target] = None
                        pending.append(member.target)
        return list(found)

    def module(self, module: str) -> str:
        """Write one module."""
        models = _inside_out(self.modules[module])
        body: list[str] = []
        used: set[str] = {"Node"}
        imports: dict[str, set[str]] = {}
        unions: dict[str, list[str]] = {}
        done: set[ClassModel] = set()
        for model in models:
            for field in model.fields:
                for member in field.members:
                    if member.target.module != module:
                        imports.setdefault(member.target.module, set()).add(member.target.name)
            body += self.klass(model, used, done, unions)
            done.add(model)
        if "." not in module and module != "common":
            for model in self.reachable(module):
                imports.setdefault(model.module, set()).add(model.name)
        text = "\n".join(body)
        head = [f"# {self.banner}", f'"""{self.about(module)}"""', "", "from __future__ import annotations", ""]
        typing = [name for name in ("Literal", "TypeAlias", "Union") if f"{name}[" in text or f": {name} " in text]
        if typing:
            head += [f"from typing import {', '.join(typing)}", ""]
        if "AnyElement" in text:
            head += ["from virtxml.content import AnyElement"]
        words = sorted(used - {"Node", "INTEGER", "YES_NO", "ON_OFF"})
        if words:
            head += _import("virtxml.fields", words)
        head += ["from virtxml.node import Node"]
        kinds = sorted(used & {"INTEGER", "YES_NO", "ON_OFF"})
        if kinds:
            head += _import("virtxml.scalars", kinds)
        for home, classes in sorted(imports.items()):
            public = "." not in module
            head += _import(f"virtxml.schema.{home}", sorted(classes), public=public)
        exports = []
        if "." not in module:
            shared = [name for classes in imports.values() for name in classes]
            exports = ["", "", *self.exports([*(model.name for model in models), *unions, *shared])]
        return "\n".join([*head, "", text, *exports]).rstrip("\n") + "\n"

    def about(self, module: str) -> str:
        for kind in self.names.kinds:
            if kind.module == module and kind.about:
                return kind.about
        return f"Element classes of `{module}`."

    def klass(
        self, model: ClassModel, used: set[str], done: set[ClassModel], unions: dict[str, list[str]]
    ) -> list[str]:
        """Write one class, behind the unions that its fields want."""
        options = [f'xml="{_clark(model.xml.ns, model.xml.local)}"']
        if model.since:
            options.append(f'since="{model.since}"')
        if any(path in self.names.empty_tags for path in model.paths):
            options.append("empty_tags=True")
        bases = ["Node", *options]
        lines: list[str] = []
        fields: list[str] = []
        for field in model.fields:
            fields += self.field(model, field, used, done, unions, lines)
        doc = f'    """{_where(model)}'
        docs = [doc + '"""'] if not model.url else [doc, "", f"    {model.url}", '    """']
        return [*lines, "", f"class {model.name}({', '.join(bases)}):", *docs, "", *fields, ""]

    def field(
        self,
        model: ClassModel,
        field: FieldModel,
        used: set[str],
        done: set[ClassModel],
        unions: dict[str, list[str]],
        before: list[str],
    ) -> list[str]:
        """Write one field; the union that it needs goes to ``before``."""
        word = {"attribute": "attribute", "text": "text", "value": "leaf", "flag": "flag", "any": "anything", "class": "element"}[field.role]
        if field.many and field.role in ("value", "class"):
            word = {"leaf": "leaves", "element": "elements"}[word]
        used.add(word)
        arguments = [] if field.role == "text" else [f'"{_clark(field.xml.ns, field.xml.local)}"']
        if field.members:
            annotation, target = self.target(model, field, used, done, unions, before)
            arguments.append(target)
        elif field.role == "any":
            annotation = "AnyElement"
            if any(f"{path}/{field.key}" in self.names.dumped for path in model.paths):
                arguments.append("DUMPED")
                used.add("DUMPED")
        elif field.role == "flag":
            annotation = "bool"
        else:
            annotation = _annotation(field)
            if field.type.kind in _KINDS:
                arguments.append(_KINDS[field.type.kind])
                used.add(_KINDS[field.type.kind])
        if field.many:
            annotation = f"list[{annotation}]"
        elif field.role != "flag":
            annotation += " | None"
        if field.since:
            arguments.append(f'since="{field.since}"')
        if field.secret:
            arguments.append("secret=True")
        if field.default is not None:
            arguments.append(f'default="{field.default}"')
        return _assignment(f"{field.name}: {annotation}", word, arguments)

    def target(
        self,
        model: ClassModel,
        field: FieldModel,
        used: set[str],
        done: set[ClassModel],
        unions: dict[str, list[str]],
        before: list[str],
    ) -> tuple[str, str]:
        """Return the annotation of a field of classes, and what it says of them."""
        first = field.members[0]
        if len(field.members) == 1:
            here = first.target.module != model.module or first.target in done
            return first.target.name, first.target.name if here else f'"{first.target.name}"'
        names = " | ".join(dict.fromkeys(member.target.name for member in field.members))
        if not field.union_by:
            classes = ", ".join(f'"{_clark(m.xml.ns, m.xml.local)}": {m.target.name}' for m in field.members)
            return names, f"{{{classes}}}"
        alias = f"{model.name}{first.xml.local.capitalize()}" if len(model.paths) == 1 else first.xml.local.capitalize()
        alias = self.names.unions_alias.get(model.path, alias)
        constant = alias.upper() + "_VARIANTS"
        key = ",".join(member.target.name for member in field.members)
        for known, members in unions.items():
            if members == [key]:
                return known, f"{_constant(known)}"
        used.add("Variants")
        unions[alias] = [key]
        before += _union(alias, _constant(alias), field.union_by, field.members)
        return alias, _constant(alias)


def _constant(alias: str) -> str:
    return "".join(f"_{char}" if char.isupper() and index else char for index, char in enumerate(alias)).upper() + "_VARIANTS"


def _union(alias: str, constant: str, by: str, members: list[Member]) -> list[str]:
    names = list(dict.fromkeys(member.target.name for member in members))
    lines = ["", f"{alias}: TypeAlias = Union[", *(f'    "{name}",' for name in names), '    "AnyElement",', "]"]
    lines += [f"{constant} = Variants(", f'    "{by}",', "    {"]
    lines += [f'        "{member.variant}": {member.target.name},' for member in members]
    return [*lines, "    },", ")", ""]


def _annotation(field: FieldModel) -> str:
    literal = f"Literal[{', '.join(_quoted(value) for value in field.type.values)}]"
    return {
        "str": "str",
        "int": "int",
        "yes_no": "bool",
        "on_off": "bool",
        "int_or_str": "int | str",
        "int_or_literal": f"int | {literal}",
        "literal": literal,
    }[field.type.kind] if field.default is None else f"Literal[{_quoted(field.default)}]"


def _assignment(left: str, word: str, arguments: list[str]) -> list[str]:
    """Write a field so that it fits the line, as ruff would break it."""
    line = f"    {left} = {word}({', '.join(arguments)})"
    if len(line) <= WIDTH:
        return [line]
    name, _, annotation = left.partition(": ")
    call = f"{word}({', '.join(arguments)})"
    if len(f"    {left} = (") <= WIDTH and "[" not in left:
        return [f"    {left} = {word}(", f"        {', '.join(arguments)}", "    )"]
    opening, _, rest = annotation.partition("[")
    inner, _, closing = rest.rpartition("]")
    return [f"    {name}: {opening}[", *_wrapped(inner, 8), f"    ]{closing} = {call}"]


def _wrapped(inner: str, indent: int) -> list[str]:
    line = " " * indent + inner
    return [line] if len(line) <= WIDTH else [f"{' ' * indent}{part}," for part in inner.split(", ")]


def _import(module: str, names: list[str], *, public: bool = False) -> list[str]:
    shown = [f"{name} as {name}" if public and name != "Node" else name for name in sorted(names, key=lambda n: (not n.isupper(), not n[:1].isupper(), n))]
    line = f"from {module} import {', '.join(shown)}"
    if len(line) <= WIDTH:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in shown), ")"]


def _where(model: ClassModel) -> str:
    steps = [step.partition("[")[0] for step in model.path.split("/")]
    place = f" in `{'/'.join(steps[:-1])}`" if len(steps) > 1 else ""
    variant = f" of type `{model.shape.restriction[1]}`" if model.shape.restriction else ""
    element = steps[-1] if place else model.xml.local
    return f"`<{element}>`{variant}{place}."


def _clark(ns: str, local: str) -> str:
    return f"{{{ns}}}{local}" if ns else local


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tuple(items: list[str]) -> str:
    return f"({', '.join(_quoted(item) for item in items)}{',' if len(items) == 1 else ''})"


def _inside_out(models: list[ClassModel]) -> list[ClassModel]:
    """Sort classes so that each stands behind those that it holds, where there is no circle."""
    ordered: list[ClassModel] = []
    state: dict[ClassModel, bool] = {}

    def visit(model: ClassModel) -> None:
        if model in state or model.module != models[0].module:
            return
        state[model] = True
        for field in model.fields:
            for member in field.members:
                visit(member.target)
        ordered.append(model)

    for model in models:
        visit(model)
    return ordered
