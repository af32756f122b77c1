"""Every option and sub-option of virt-install is there, and does something."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.install.applying import everything
from tests.support import ROOT
from virtxml.fields import Field
from virtxml.install.command_line.arguments import COMPOUND, OPTIONS
from virtxml.install.language.declaring import Match, Option
from virtxml.install.language.late import XPATH_SUBS
from virtxml.install.language.occasion import element_class
from virtxml.install.language.paths import accepted_words, convert, locate
from virtxml.install.options import DESTINATIONS, find_option

LIST = ROOT / "tests" / "fixtures" / "install" / "suboptions.txt"
LINES = [line.split() for line in LIST.read_text().splitlines() if not line.startswith("#")]
OPTION_NAMES = [name for line in LINES if line[0] == "option" for name in line[1:]]
SUB_OPTIONS = [(line[0], name) for line in LINES if line[0] != "option" for name in line[1:]]

VALUES = {
    "--boot": {"uefi": "/a/loader", "initargs": "'a b'", "domain_type": "kvm", "emulator": "/bin/x"},
    "--controller": {"address": "0:1:2.3", "num_pcie_root_ports": "3"},
    "--disk": {"size": "3"},
    "--graphics": {"port": "5901", "tlsPort": "5902", "tlsport": "5902"},
    "--location": {"kernel": "a,initrd=b", "initrd": "a,kernel=b"},
    "--memdev": {"target.label_size": "3", "target_label_size": "3"},
    "--memory": {"memory": "3", "currentMemory": "3", "maxMemory": "3", "hotplugmemorymax": "3", "maxmemory": "3"},
    "--network": {"mac": "52:54:00:00:00:01", "mac.address": "52:54:00:00:00:01", "portForward[N]": "10-20:30"},
    "--panic": {"iobase": "0x505"},
    "--qemu-commandline": {"env": "A=b"},
    "--sysinfo": {"type": "host"},
    "--vcpus": {"maxvcpus": "4", "vcpus": "3", "vcpu": "3"},
    "--xml": {"xpath.set": "./title=a", "xpath.value": "a,xpath.set=./title"},
}
"""Values for sub-options that not any text or number is one for."""

BEFORE = {"--network source": "type=bridge", "--location kernel": "location=/a", "--location initrd": "location=/a"}
"""What has to stand before a sub-option for it to be possible."""

NOTHING = "clearxml=no"
"""A sub-option that does nothing: what is compared is the option with it alone and with another."""


def values_for(option: Option, match: Match) -> list[str]:
    """Return values that are worth trying for a sub-option."""
    if match.sub.switch:
        return ["yes", "no"]
    cls = element_class(option)
    if cls is None:
        return ["some-text"]
    try:
        words = [word for word in accepted_words(cls, match.path) if word not in ("default", "none")]
        field = locate(cls, match.path)[-1].field
    except LookupError:
        return ["some-text"]
    return words[:1] or [candidate for candidate in ("some-text", "7", "yes") if _fits(field, candidate)][:1]


def _fits(field: Field, value: str) -> bool:
    try:
        convert(field, value)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", OPTION_NAMES)
def test_every_option_is_known(name: str) -> None:
    assert name in OPTIONS


@pytest.mark.parametrize(("flag", "name"), SUB_OPTIONS)
def test_every_sub_option_does_something(flag: str, name: str) -> None:
    option = find_option(OPTIONS[flag].destination)
    key = name.replace("[N]", "")
    match = option.find(key)
    assert match is not None, "it is not known"
    values = [VALUES[flag][name]] if name in VALUES.get(flag, {}) else values_for(option, match)
    has_xml = option.element is not None and flag != "--qemu-commandline"
    before = BEFORE.get(f"{flag} {name}", NOTHING if has_xml else "")
    base = everything(f"{flag}={before}") if before else everything("--pxe").replace("given=[]", _given(flag))
    found = [everything(f"{flag}={before},{key}={value}" if before else f"{flag}={key}={value}") for value in values]
    assert [text for text in found if text != base], f"{flag} {key}= does nothing"


def _given(flag: str) -> str:
    return f"given=['{OPTIONS[flag].destination}']"


@pytest.mark.parametrize("destination", [each for each in DESTINATIONS if find_option(each).element is not None])
def test_no_option_has_a_late_action_of_its_own(destination: str) -> None:
    late = [sub.name.replace("*", "1") for sub in XPATH_SUBS.subs]
    assert len(late) > 4
    assert [name for name in late if find_option(destination).find(name) is not None] == []


@pytest.mark.parametrize("destination", list(DESTINATIONS))
def test_names_of_an_option_are_told_apart(destination: str) -> None:
    option = find_option(destination)
    names = [(name, sub) for sub in option.subs for name in (sub.name, *sub.aliases)]
    for name, sub in names:
        found = option.find(name.replace("*", "7"))
        assert found is not None
        assert found.sub is sub, f"{name} is {found.sub.name}"


def test_the_list_is_that_of_virt_install(shared: Path) -> None:
    known = json.loads((shared / "virt-install" / "options.json").read_text())
    options = {name for each in known["apps"]["virt-install"] for name in each["options"]}
    assert options == set(OPTION_NAMES)
    assert options <= set(OPTIONS)
    subs = {
        (flag, name.replace("[0-9]*", "[N]"))
        for flag, parser in known["suboptions"].items()
        for each in parser["suboptions"]
        for name in (each["name"], *each["aliases"])
        if flag == "--xml" or not name.startswith(("clearxml", "xpath"))
        if flag in options
    }
    assert subs == set(SUB_OPTIONS)


def test_options_with_sub_options_are_declared_with_virt_installs_first_names(shared: Path) -> None:
    known = json.loads((shared / "virt-install" / "options.json").read_text())["suboptions"]
    for destination in DESTINATIONS:
        option = find_option(destination)
        first = [option.find(name) for name in known[option.name]["remove_first"]]
        ours = [option.find(name) for name in option.first]
        assert [match.sub for match in first if match] == [match.sub for match in ours if match], option.name


def test_compound_options_are_those_with_declarations() -> None:
    assert {each.destination for each in OPTIONS.values() if each.kind == COMPOUND} == set(DESTINATIONS)
