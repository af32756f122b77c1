"""What docs/driver.md shows of a connection, and the examples, run with libvirt's test driver."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.house.test_docs import blocks_of, run_python
from tests.support import ROOT, fixture_documents

PAGE = ROOT / "docs" / "driver.md"


def test_the_page_does_what_it_says(unchanged: None) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    run = 0
    for block, following in pairwise([*blocks_of(PAGE.read_text()), None]):
        assert block is not None
        if block.language == "py":
            expected = following.text if following is not None and following.follows else ""
            assert run_python(PAGE, block, names) == expected, f"{PAGE.name}, line {block.line}"
            run += 1
    assert run > 3


@pytest.mark.usefixtures("libvirt")
def test_the_example_defines_what_documents_describe(tmp_path: Path) -> None:
    network = next(path for path in fixture_documents("network") if path.name == "ovs-vlans.xml")
    wrong = tmp_path / "wrong.xml"
    wrong.write_text("<domain type='test'><name>a</name><memory>1</memory><os><type>hvm</type></os><vpcu/></domain>")
    volume = fixture_documents("storagevol")[0]
    done = subprocess.run(
        [sys.executable, "examples/define.py", "test:///default", network, wrong, volume, "none.xml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == f"{network}: network ovs-vlans\n"
    assert "/domain/vpcu: unknown element <vpcu>" in done.stderr
    assert f"{volume}: <volume> is nothing that could be defined\n" in done.stderr
    assert "none.xml" in done.stderr
    assert "Traceback" not in done.stderr
