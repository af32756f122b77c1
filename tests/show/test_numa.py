"""NUMA cells and pinning as a map."""

from __future__ import annotations

from virtxml import Domain
from virtxml.show import screen_of
from virtxml.show.rendering.text import text_of

PINS = "<vcpupin vcpu='0' cpuset='2-3'/><vcpupin vcpu='1' cpuset='2-3'/><emulatorpin cpuset='0'/>"


def shown(body: str, width: int = 80) -> list[str]:
    """Return the lines of the section on NUMA and pinning."""
    text = text_of(screen_of(Domain.from_xml(f"<domain type='kvm'>{body}</domain>")), width)
    return [line.strip() for line in text.partition("NUMA and pinning\n")[2].splitlines()]


def test_cells_are_told_with_where_their_memory_comes_from() -> None:
    cells = "<cell id='0' cpus='0-3' memory='2' unit='GiB'/><cell id='1' cpus='4-7' memory='2' unit='GiB'/>"
    tune = "<numatune><memnode cellid='1' mode='strict' nodeset='3'/></numatune>"
    assert shown(f"{tune}<cpu><numa>{cells}</numa></cpu>") == [
        "cell  vCPUs  memory  on the host",
        "0     0-3    2 GiB",
        "1     4-7    2 GiB   nodes 3 (strict)",
    ]


def test_pins_are_a_map_with_vcpus_that_are_alike_in_one_row() -> None:
    assert shown(f"<cputune>{PINS}</cputune>") == [
        "pinned    host CPUs  0123",
        "vCPU 0-1  2-3        ··■■",
        "emulator  0          ■···",
    ]


def test_a_map_that_is_too_wide_is_left_out() -> None:
    wide = PINS.replace("2-3", "2-99")
    assert shown(f"<cputune>{wide}</cputune>") == ["pinned    host CPUs", "vCPU 0-1  2-99", "emulator  0"]


def test_a_set_that_is_none_is_shown_as_it_is() -> None:
    lines = shown("<cputune><vcpupin vcpu='0' cpuset='all of them'/></cputune>")
    assert lines == ["pinned  host CPUs", "vCPU 0  all of them"]
