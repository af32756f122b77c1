"""What options make of values that documents had before: other units, modes of CPUs, media."""

from __future__ import annotations

from pathlib import Path

import pytest

from virtxml.cli import main

GUEST = """\
<domain type="kvm">
  <name>guest</name>
  <memory unit="GiB">4</memory>
  <currentMemory unit="GiB">2</currentMemory>
  <memtune><hard_limit unit="GiB">5</hard_limit></memtune>
  <cpu mode="host-passthrough" check="none" migratable="on"/>
  <devices>
    <disk type="file" device="cdrom">
      <source file="/srv/a.iso" startupPolicy="optional"/>
      <target dev="sda" bus="sata"/>
    </disk>
    <disk type="file" device="cdrom">
      <source file="/srv/b.iso"/>
      <target dev="sdb" bus="sata"/>
    </disk>
  </devices>
</domain>
"""


@pytest.mark.parametrize(
    ("option", "removed", "added"),
    [
        (
            ["--memory", "1024"],
            ['<currentMemory unit="GiB">2</currentMemory>'],
            ['<currentMemory unit="KiB">1048576</currentMemory>'],
        ),
        (
            ["--memory", "memory=2048,maxmemory=8192"],
            ['<memory unit="GiB">4</memory>'],
            ['<memory unit="KiB">8388608</memory>'],
        ),
        (
            ["--memtune", "hard_limit=600"],
            ['<memtune><hard_limit unit="GiB">5</hard_limit></memtune>'],
            ['<memtune><hard_limit unit="KiB">600</hard_limit></memtune>'],
        ),
        (
            ["--cpu", "host-model"],
            ['<cpu mode="host-passthrough" check="none" migratable="on"/>'],
            ['<cpu mode="host-model"/>'],
        ),
        (
            ["--cpu", "Westmere"],
            ['<cpu mode="host-passthrough" check="none" migratable="on"/>'],
            ['<cpu mode="custom" match="exact" check="none">', "<model>Westmere</model>", "</cpu>"],
        ),
        (
            ["--disk", "path="],
            ['<source file="/srv/a.iso" startupPolicy="optional"/>'],
            ['<source startupPolicy="optional"/>'],
        ),
    ],
    ids=lambda value: " ".join(value) if value[0].startswith("--") else "",
)
def test_only_what_is_meant_changes(option: list[str], removed: list[str], added: list[str], tmp_path: Path) -> None:
    assert _changed(tmp_path, "--edit", *option) == (removed, added)


def test_a_source_that_says_nothing_else_goes_with_its_path(tmp_path: Path) -> None:
    assert _changed(tmp_path, "--edit", "2", "--disk", "path=") == (['<source file="/srv/b.iso"/>'], [])


def _changed(directory: Path, *arguments: str) -> tuple[list[str], list[str]]:
    """Edit the guest; return the lines that went, and those that came."""
    path = directory / "guest.xml"
    path.write_text(GUEST)
    assert main(["edit", str(path), *arguments]) == 0
    before, after = (text.splitlines() for text in (GUEST, path.read_text()))
    return tuple(  # type: ignore[return-value]
        [line.strip() for line in lines if line not in others] for lines, others in ((before, after), (after, before))
    )
