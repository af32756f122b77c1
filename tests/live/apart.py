"""libvirt's test driver in a process of its own for each document, so that a crash of libvirt's ends no test.

Run as a program, this reads documents from standard input, one line of JSON each. It answers each with a line: what
libvirt tells of it, by the kind of document that it was handed over as, for each kind that takes it; or the name of the
signal that has ended libvirt.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from typing_extensions import Self

from tests.support import ROOT

_PATIENCE = 30
"""How long libvirt may need for one document, in seconds."""


class LibvirtCrashError(AssertionError):
    """libvirt has not survived a document, or is still busy with it."""


class Apart:
    """The program, inside a `with` block.

    Attributes:
        path: where it looks for Python's modules before it looks elsewhere.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.apart"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": self.path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=2 * _PATIENCE)

    def hand(self, xml: str) -> dict[str, str]:
        """Hand a document over as one of each kind; return what libvirt tells of it, for each kind that takes it.

        Raises LibvirtCrashError if libvirt does not survive that.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(xml) + "\n")
        self._process.stdin.flush()
        answer: dict[str, str] | str = json.loads(self._process.stdout.readline())
        if isinstance(answer, str):
            raise LibvirtCrashError(f"libvirt ends with {answer}, and was given this document:\n{xml}")
        return answer


def _hand(libvirt: Any, xml: str) -> dict[str, str]:
    """Hand a document to the test driver, whose state is gone afterwards, as one of each kind."""
    connection = libvirt.open("test:///default")
    domain = connection.lookupByName("test")
    volumes = connection.storagePoolLookupByName("default-pool")
    takers: dict[str, Callable[[str], Any]] = {
        "domain": connection.defineXMLFlags,
        "network": connection.networkDefineXML,
        "pool": connection.storagePoolDefineXML,
        "interface": connection.interfaceDefineXML,
        "volume": volumes.createXML,
        "device": connection.nodeDeviceCreateXML,
        "domainsnapshot": domain.snapshotCreateXML,
        "domaincheckpoint": domain.checkpointCreateXML,
        "cpu": lambda text: connection.baselineCPU([text]),
        "device of a domain": domain.attachDeviceFlags,
    }
    told = {}
    for kind, take in takers.items():
        with suppress(libvirt.libvirtError):
            told[kind] = _told(libvirt, take(xml))
    return told


def _told(libvirt: Any, made: Any) -> str:
    """Return what libvirt tells of what it has made: now, and, if it can be started, while it runs."""
    if isinstance(made, str | int):
        return str(made)
    tell = made.getXMLDesc if hasattr(made, "getXMLDesc") else made.XMLDesc
    told = str(tell(0))
    if hasattr(made, "isActive"):
        with suppress(libvirt.libvirtError):
            made.create()
            told = str(tell(0))
            made.destroy()
    return told


def main() -> None:
    """Answer each line."""
    import libvirt

    libvirt.registerErrorHandler(lambda _context, _error: None, None)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            # Nothing catches this signal: it ends the process also while libvirt is at work.
            signal.alarm(_PATIENCE)
            _answer(_hand(libvirt, json.loads(line)))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status:
            _answer(signal.Signals(-status).name if status < 0 else f"status {status}")


def _answer(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
