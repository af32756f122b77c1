"""The grammars of all releases, for validation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from virtxml.relaxng.schema.compile import compile_schemas
from virtxml.relaxng.schema.reader import read_schema

from ..names import Kind


def grammar_files(schemas: Path, releases: list[str], kinds: list[Kind]) -> dict[str, str]:
    """Return the text of each release's grammar by its path below `virtxml`.

    Kinds of documents go by their root elements.
    """
    files = {kind.root: kind.file for kind in kinds}
    return {f"schema/grammars/{release}.json": "".join(_text(files, schemas / release)) for release in releases}


def _text(files: dict[str, str], directory: Path) -> Iterator[str]:
    """Iterate over pieces of a JSON text that has an entry a line, so that differences can be read."""
    there = {root: file for root, file in files.items() if (directory / file).exists()}
    table = compile_schemas({root: read_schema(directory / file).start for root, file in there.items()})
    yield f'{{"starts": {json.dumps(table["starts"])}'
    for name, entries in (("elements", table["elements"]), ("patterns", table["patterns"])):
        yield f',\n"{name}": [\n' + ",\n".join(json.dumps(entry) for entry in entries) + "\n]"
    yield "}\n"
