"""Print the JSON Schema of a kind of document, by which editors complete and check it in JSON and YAML.

It is for documents as `virtxml convert --to json` or `--to yaml` writes them. A YAML file names it on its first line:
`# yaml-language-server: $schema=domain.schema.json`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from virtxml.catalogue import NEWEST

from .. import streams
from ..status import BAD_INPUT, GOOD
from ..terminal import complain

if TYPE_CHECKING:
    import argparse

_FORMATS = ("json-schema",)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from virtxml.plain.documents import KINDS

    parser.add_argument(
        "--format", choices=_FORMATS, default=_FORMATS[0], help="the form of the schema: %(choices)s, of draft 2020-12"
    )
    parser.add_argument(
        "--libvirt",
        metavar="RELEASE",
        default=NEWEST,
        help="the release of libvirt whose fields and values it has, or a system: debian12 (default: %(default)s)",
    )
    parser.add_argument("kind", metavar="KIND", help=f"the kind of document: {', '.join(KINDS)}")


def run(options: argparse.Namespace) -> int:
    """Print the schema; return `BAD_INPUT` for a kind or a release that there is not."""
    from virtxml.json_schema.document import json_schema

    try:
        found = json_schema(options.kind, libvirt=options.libvirt)
    except ValueError as error:
        complain(f"virtxml schema: error: {error}")
        return BAD_INPUT
    # JSON is UTF-8, whatever the terminal has.
    streams.write(f"{json.dumps(found, ensure_ascii=False, indent=1)}\n".encode())
    return GOOD
