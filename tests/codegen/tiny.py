"""Schemas of a few lines, and what the generator makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codegen.model import ClassModel
from codegen.names import Kind, Names
from codegen.pipeline import build_models, generate, releases_in


def grammar(start: str, definitions: str = "") -> str:
    """Return the text of a schema file."""
    return (
        "<grammar xmlns='http://relaxng.org/ns/structure/1.0'"
        " datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>"
        f"<start>{start}</start>{definitions}</grammar>"
    )


def box(content: str, definitions: str = "") -> str:
    """Return a schema whose documents are `<box>` with some content."""
    return grammar(f"<element name='box'>{content}</element>", definitions)


def write(directory: Path, **releases: str | dict[str, str]) -> Path:
    """Write schemas: `r1=…` is release 1.0.0, a text is the file `box.rng`, a dictionary has files by name."""
    for name, files in releases.items():
        release = directory / f"{name[1:]}.0.0"
        release.mkdir()
        for file, text in ({"box": files} if isinstance(files, str) else files).items():
            (release / f"{file}.rng").write_text(text)
    return directory


def names(*kinds: str, **tables: Any) -> Names:
    """Return decisions for kinds of documents that are called like their files and root elements."""
    kinds = kinds or ("box",)
    made = [Kind(kind, f"{kind}.rng", kind, kind.capitalize(), kind, about="Boxes.") for kind in kinds]
    return Names(made, **({"urls": {kind: f"https://example.org/{kind}.html" for kind in kinds}} | tables))


def models(directory: Path, content: str, definitions: str = "", **tables: Any) -> dict[str, ClassModel]:
    """Return the classes that the content of a `<box>` gives, by name."""
    write(directory, r1=box(content, definitions))
    return built(directory, names(**tables))


def built(directory: Path, decided: Names) -> dict[str, ClassModel]:
    """Return the classes of all that is written in a directory, by name."""
    return {model.name: model for model in build_models(directory, releases_in(directory), decided)}


def files(directory: Path, decided: Names) -> dict[str, str]:
    """Return the modules that the generator writes."""
    return generate(directory, decided)


def fields(model: ClassModel) -> dict[str, str]:
    """Return the role of each field of a class, in order; a list's ends in `*`."""
    return {field.name: field.role + "*" * field.many for field in model.fields}
