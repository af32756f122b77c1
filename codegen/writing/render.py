"""The text of all modules, and of the packages that they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import Names, UndecidedError
from .layout import exports, import_from, sequence
from .module import ModuleWriter, place_of

if TYPE_CHECKING:
    from ..model import ClassModel, UnionModel


_UNSEEN = "# pyright: ignore[reportUnsupportedDunderAll] - type checkers read the stub beside this file"
_UNIONS = "The types of what may be of several classes."
_SHOWN = 6
"""How many elements the docstring of a module names."""
_ALL = "Element classes of all libvirt documents, a module or package per document kind."
_ON_DEMAND = """
_LINES = [line.partition(": ") for line in _HOMES.strip().splitlines()]
_MODULES = {name: module for module, _, names in _LINES for name in names.split()}

_PUBLIC = [name for name in _MODULES if not name.isupper()]
__all__ = [*_PUBLIC]  @UNSEEN


def __getattr__(name: str) -> object:
    if name in _MODULES:
        value = globals()[name] = getattr(import_module(f"virtxml.schema.{_MODULES[name]}"), name)
        return value
    if f"{__name__}.{name}".removeprefix("virtxml.schema.") in _MODULES.values():
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
"""
"""How a package imports what is asked of it."""


class Renderer:
    """Writes modules and packages from class models."""

    def __init__(self, models: list[ClassModel], unions: list[UnionModel], names: Names, banner: str) -> None:
        self.models = models
        self.unions = unions
        self.names = names
        self.banner = banner
        self.modules: dict[str, list[ClassModel]] = {}
        for model in models:
            self.modules.setdefault(model.module, []).append(model)

    def files(self, releases: list[str]) -> dict[str, str]:
        """Return the text of all modules by their paths below `virtxml`."""
        packages = {module.split(".")[0] for module in self.modules if "." in module}
        files = {f"{module.replace('.', '/')}.py": self.module(module) for module in self.modules}
        for package in packages:
            homes = self.homes(package)
            files[f"{package}/__init__.py"] = self.package(package, homes)
            files[f"{package}/__init__.pyi"] = self.stub(package, homes)
            files |= self.aliases(package)
        files["__init__.py"] = self.index()
        files["__init__.pyi"] = self.index_stub()
        return {"catalogue.py": self.catalogue(releases)} | {f"schema/{path}": files[path] for path in sorted(files)}

    def index(self) -> str:
        """Write the package of all: the document kinds."""
        modules = sorted({module.split(".")[0] for module in self.modules})
        lines = [
            f"# {self.banner}",
            f'"""{_ALL}"""',
            "",
            "from importlib import import_module",
            "",
            f"_MODULES = {sequence(modules)}",
            f"__all__ = [*_MODULES]  {_UNSEEN}",
            "",
            "",
            "def __getattr__(name: str) -> object:",
            "    if name not in _MODULES:",
            '        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")',
            '    return import_module(f"{__name__}.{name}")',
            "",
        ]
        return "\n".join(lines)

    def index_stub(self) -> str:
        """Write what type checkers see of the package of all."""
        modules = sorted({module.split(".")[0] for module in self.modules})
        lines = [f"# {self.banner}", f'"""{_ALL}"""', ""]
        lines += [f"from virtxml.schema import {module} as {module}" for module in modules]
        return "\n".join([*lines, "", *exports(modules)])

    def catalogue(self, releases: list[str]) -> str:
        """Write the facts that are asked of names, which cost no import of a class."""
        about = "What the schemas say of names: kinds of documents, releases, prefixes. It imports nothing."
        lines = [f"# {self.banner}", f'"""{about}"""', "", *self._kinds(), *self._roots(), *self._releases(releases)]
        return "\n".join(lines)

    def _kinds(self) -> list[str]:
        """Write which documents there are."""
        kinds = self.names.kinds
        return [
            "DOCUMENTS = {",
            *(f'    "{kind.cls}": ("{kind.module}", "{kind.root}"),' for kind in kinds),
            "}",
            '"""Root classes: the module of `virtxml.schema` that each is in, and its element."""',
            "",
            "SCHEMA_FILES = {",
            *(f'    "{kind.root}": "{kind.file}",' for kind in {kind.root: kind for kind in kinds}.values()),
            "}",
            '"""The schema of each kind of document by its root element."""',
            "",
            "DEFINITIONS = {",
            *(f'    "{kind.cls}": "{kind.define}",' for kind in kinds if kind.define),
            "}",
            '"""What schemas call the root elements that have the name of another one."""',
            "",
        ]

    def _roots(self) -> list[str]:
        """Write which elements and attributes are no ordinary ones."""
        wildcards = sorted({f.xml.local for model in self.models for f in model.fields if f.role == "any"})
        secrets = sorted({path.removesuffix("/text()").rpartition("/")[2].lstrip("@") for path in self.names.secrets})
        return [
            f"WILDCARDS = {sequence(wildcards)}",
            '"""Elements that may hold anything."""',
            "",
            "WRAPPERS = {",
            *(f'    "{around}": "{root}",' for around, root in self.names.wrappers.items()),
            "}",
            '"""Root elements of libvirt\'s status files, and the document that is inside."""',
            "",
            f"SECRETS = {sequence(secrets)}",
            '"""Attributes and elements of which some hold a secret."""',
            "",
            f"STATUS_ONLY = {sequence(self.names.status_only)}",
            '"""Elements that are only in the documents of status files, where no schema knows them."""',
            "",
            f"COLLECTIONS = {sequence(self.names.collections)}",
            '"""Root elements around any number of documents or parts: what hooks are given, what virsh wraps."""',
            "",
        ]

    def _releases(self, releases: list[str]) -> list[str]:
        """Write of which releases schemas are known, and what libvirt calls its namespaces."""
        return [
            f"RELEASES = {sequence(releases)}",
            '"""The releases of libvirt whose schemas are known, oldest first."""',
            "",
            "OLDEST = RELEASES[0]",
            "NEWEST = RELEASES[-1]",
            "",
            "PREFIXES = {",
            *(f'    "{uri}": "{prefix}",' for uri, prefix in self.names.prefixes.items()),
            "}",
            '"""The prefixes that libvirt writes for the namespaces of its own."""',
            "",
        ]

    def homes(self, package: str) -> dict[str, list[str]]:
        """Return the modules that a package's names are in, its own and shared ones, with the names in each.

        Constants, which are not public, are among them: the classes ask for them in the same way.
        """
        homes: dict[str, list[str]] = {}
        for module, models in self.modules.items():
            if module.split(".")[0] == package:
                homes[module] = [model.name for model in models]
        for union in self.unions:
            if union.module in homes:
                homes[union.module].append(union.constant)
                homes.setdefault(union.alias_module, []).append(union.name)
        for model in self.reachable(package):
            homes.setdefault(model.module, [])
            if model.name not in homes[model.module]:
                homes[model.module].append(model.name)
        return {module: sorted(names) for module, names in sorted(homes.items())}

    def package(self, package: str, homes: dict[str, list[str]]) -> str:
        """Write the module that gives a package's classes their public place."""
        lines = [f"# {self.banner}", f'"""{self.about(package)}"""', "", "from importlib import import_module"]
        # A package that imported its modules would block with a thread that imports one of them at the same time.
        # One text is read quicker than hundreds, by Python and by people.
        lines += ["", '_HOMES = """', *(f"{module}: {' '.join(classes)}" for module, classes in homes.items())]
        lines += [
            '"""',
            '"""The modules of `virtxml.schema`, and what is in them: each is imported when it is used."""',
        ]
        return "\n".join(lines) + "\n" + _ON_DEMAND.replace("@UNSEEN", _UNSEEN)

    def stub(self, package: str, homes: dict[str, list[str]]) -> str:
        """Write what type checkers see of a package: all classes, as if it imported them."""
        lines = [f"# {self.banner}", f'"""{self.about(package)}"""', ""]
        public = {module: [name for name in names if not name.isupper()] for module, names in homes.items()}
        for module, classes in public.items():
            lines += import_from(f"virtxml.schema.{module}", classes, public=True) if classes else []
        return "\n".join([*lines, "", *exports([name for classes in public.values() for name in classes])])

    def reachable(self, package: str) -> list[ClassModel]:
        """Return the shared classes that a package's classes hold, at any depth."""
        pending = [
            model for module, models in self.modules.items() for model in models if module.split(".")[0] == package
        ]
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
        shared = self.reachable(module) if "." not in module else []
        writer = ModuleWriter(module, self.modules[module], self.unions, self.names)
        return writer.write(self.banner, self.about(module), shared)

    def aliases(self, package: str) -> dict[str, str]:
        """Write the module with the types of a package's unions, if it has some, by its path."""
        module = f"{package}.unions"
        unions = [union for union in self.unions if union.alias_module == module]
        text = ModuleWriter(module, [], [], self.names).write_aliases(self.banner, _UNIONS, unions)
        return {f"{package}/unions.py": text} if unions else {}

    def about(self, module: str) -> str:
        """Return the first line of a module's or package's docstring.

        A module that `names.toml` does not name is a branch, or what is shared. Raises UndecidedError for another
        without a text.
        """
        said = [kind.about for kind in self.names.kinds if kind.module == module and kind.about]
        if module in self.names.modules_about:
            said.append(self.names.modules_about[module])
        elif module not in self.names.modules.values() and "." in module:
            said.append(self._outermost(module))
        if not said:
            raise UndecidedError(f"say in names.toml what the module {module} is about: under [modules_about]")
        return said[0]

    def _outermost(self, module: str) -> str:
        """Say which elements a module is about: those that are in no other of it."""
        models = self.modules[module]
        heads = [model for model in models if not (set(model.parents) - {model}) & set(models)]
        if len(heads) == 1:
            return f"{place_of(heads[0], self.names).rstrip('.')}, and what is in it."
        elements = list(dict.fromkeys(f"`<{head.xml.local}>`" for head in heads))
        shown = ", ".join(elements[:_SHOWN])
        return f"{shown}{' and others' if len(elements) > _SHOWN else ''}, and what is in them."
