"""Write what a host is as files: with them, `virtxml install` does on any machine what it would do on that host.

The files are capabilities.xml, domcapabilities.xml and host.xml, for --capabilities, --domcapabilities and --host.
libvirt-python is needed. Exit status: 0 if the files are written, 2 if not.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from virtxml.errors import VirtXMLError

from .. import streams
from ..status import BAD_INPUT, GOOD
from ..terminal import complain

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--connect", metavar="URI", required=True, help="the connection, such as qemu:///system")
    parser.add_argument(
        "--output", metavar="DIR", default=".", help="the directory to write to; default: the current one"
    )


def run(options: argparse.Namespace) -> int:
    """Write the files; return `BAD_INPUT` if libvirt cannot be asked, or they cannot be written."""
    from virtxml.guests.hosts.snapshot import snapshot, write_snapshot
    from virtxml.install.errors import worded

    try:
        written = write_snapshot(worded(snapshot)(options.connect), options.output)
    except VirtXMLError as error:
        complain(f"virtxml host-snapshot: error: {error}")
        return BAD_INPUT
    except OSError as error:
        complain(f"virtxml host-snapshot: error: {error.filename or options.output}: {error.strerror}")
        return BAD_INPUT
    for path in written:
        streams.write(os.fsencode(path) + b"\n")
    return GOOD
