"""Read hostile text in a process of its own, with little memory and little time."""

from __future__ import annotations

import subprocess
import sys

from tests.support import ROOT

MEMORY = 1536 << 20
SECONDS = 300
"""The time after which a process is ended: far more than any input may take, so that a busy machine fails no test."""

_SCRIPT = """
import resource, sys, time
from tests.growth import seconds
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
import virtxml

def read(source):
    "Read and write text; return the seconds of processor time that took, and what became of it."
    came = []
    taken = seconds(lambda: came.extend(become(source)))
    return taken, *came

def become(source):
    try:
        return "read", virtxml.parse(source).to_xml()
    except virtxml.ParseError as error:
        assert "\\n" not in str(error), error
        return "refused", str(error)

{code}
"""


def run(code: str, **environment: str) -> str:
    """Run Python code that may call `read(source)`; return what it prints.

    Fails if it raises anything, takes more than 1.5 GiB or more than five minutes.
    """
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(memory=MEMORY, code=code)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
