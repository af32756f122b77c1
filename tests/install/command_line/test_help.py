"""`--disk help` and `--disk=?` say which sub-options there are, and what they take."""

from __future__ import annotations

import pytest

from virtxml.install.command_line.arguments import OPTIONS, parse_arguments
from virtxml.install.command_line.help import option_help, requested_help
from virtxml.install.command_line.overview import GROUPS
from virtxml.install.options import DESTINATIONS, find_option


@pytest.mark.parametrize("argv", [["--disk", "help"], ["--disk=?"], ["--disk", "/a,help"], ["--pxe", "--disk", "?"]])
def test_help_is_asked_for_with_a_word_or_a_question_mark(argv: list[str]) -> None:
    text = requested_help(parse_arguments(argv))
    assert text is not None
    assert text.startswith("--disk sub-options:\n")


@pytest.mark.parametrize("argv", [[], ["--disk", "/a"], ["--disk", "help=1"], ["--disk", "'"], ["--name", "help"]])
def test_other_values_ask_for_none(argv: list[str]) -> None:
    assert requested_help(parse_arguments(argv)) is None


def test_several_options_are_told_of_together() -> None:
    text = requested_help(parse_arguments(["--panic", "help", "--disk=?", "--check=help"]))
    assert text is not None
    assert [line.split()[0] for line in text.splitlines() if line.endswith("sub-options:")] == [
        "--disk",
        "--panic",
        "--check",
    ]


@pytest.mark.parametrize(
    ("destination", "line"),
    [
        ("disk", "  boot.order (boot_order) = NUMBER"),
        ("disk", "  driver.iommu = yes|no"),
        ("disk", "  path = TEXT"),
        ("disk", "  bus = ide|fdc|scsi|virtio|xen|usb|uml|sata|sd|nvme"),
        ("disk", "  source.slices.slice.size = NUMBER"),
        ("disk", "  address.type = pci|drive|virtio-serial|ccid|usb|spapr-vio|ccw|isa|virtio-mmio|dimm|unassigned"),
        ("vcpus", "  vcpus.vcpu[N].id = NUMBER"),
        ("clock", "  adjustment = NUMBER|reset"),
        ("vcpus", "  vcpu.placement (placement) = static|auto"),
        ("osinfo", "  detect = yes|no"),
        ("clock", "  offset = localtime|utc|timezone|variable|absolute"),
    ],
)
def test_a_line_says_name_aliases_and_values(destination: str, line: str) -> None:
    assert line in option_help(destination).splitlines()


@pytest.mark.parametrize("destination", list(DESTINATIONS))
def test_every_option_has_help_of_all_its_sub_options(destination: str) -> None:
    text = option_help(destination)
    for sub in find_option(destination).subs:
        assert f"\n  {sub.name.replace('*', '[N]')}" in text
    assert ("xpathN.set" in text) == (find_option(destination).element is not None)


def test_an_option_that_sets_parts_of_the_domain_offers_only_those() -> None:
    text = option_help("memory")
    assert "memoryBacking.locked" in text
    assert "devices" not in text


def test_the_overview_has_each_option_of_today_once() -> None:
    known = {name for name, declared in OPTIONS.items() if not declared.hidden}
    listed = [f"--{name}" for names in GROUPS.values() for name in names]
    assert len(listed) == len(set(listed))
    own = {"--capabilities", "--domcapabilities", "--host", "--define", "--start"}
    assert {OPTIONS[name] for name in listed} == {OPTIONS[name] for name in known - own}
