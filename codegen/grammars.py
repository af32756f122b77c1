"""Pass 13: the grammars of all releases, for validation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from virtxml.relaxng.compile import compile_schemas
from virtxml.relaxng.reader import read_schema
from virtxml.relaxng.table import Table

from .names import Kind


def grammar_files(schemas: Path, releases: list[str], kinds: list[Kind]) -> dict[str, str]:
    """Return the text of each release's grammar file by its path below `virtxml/schema`."""
    return {f"grammars/{release}.json": "".join(_text(grammar(schemas / release, kinds))) for release in releases}


def grammar(directory: Path, kinds: list[Kind]) -> Table:
    """Compile the schemas of all kinds that a release has; documents are named by their root elements."""
    files = {kind.root: directory / kind.file for kind in kinds}
    return compile_schemas({root: read_schema(path).start for root, path in files.items() if path.exists()})


def _text(table: Table) -> Iterator[str]:
    """Iterate over pieces of JSON text that has an entry a line, so that differences can be read."""
    yield f'{{"starts": {json.dumps(table["starts"])}'
    for name, entries in (("elements", table["elements"]), ("patterns", table["patterns"])):
        yield f',\n"{name}": [\n' + ",\n".join(json.dumps(entry) for entry in entries) + "\n]"
    yield "}\n"
