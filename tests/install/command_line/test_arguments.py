"""A command line is taken apart as virt-install does it."""

from __future__ import annotations

import pytest

from tests.growth import assert_cheap, seconds
from virtxml.install import translate
from virtxml.install.command_line.arguments import parse_arguments
from virtxml.install.command_line.said import Arguments, OptionString
from virtxml.install.errors import InstallError


def test_nothing_gives_nothing() -> None:
    assert parse_arguments([]) == Arguments()
    assert parse_arguments(["--"]) == Arguments()


@pytest.mark.parametrize("argv", [["--name", "a"], ["--name=a"], ["-n", "a"], ["-na"], ["-n=a"], ["--nam", "a"]])
def test_a_value_stands_in_the_next_word_or_in_the_same(argv: list[str]) -> None:
    assert parse_arguments(argv).text("name") == "a"


def test_the_last_value_counts() -> None:
    assert parse_arguments(["--name", "a", "--name", "b"]).text("name") == "b"


def test_values_of_repeatable_options_are_kept_in_order() -> None:
    found = parse_arguments(["-x", "a", "--extra-args=b", "--disk", "/a", "--disk=/b,size=1"])
    assert found.texts("extra_args") == ["a", "b"]
    assert found.compound["disk"] == [OptionString("--disk", "/a"), OptionString("--disk", "/b,size=1")]
    assert found.compound["disk"][1].items == [("/b", None), ("size", "1")]


def test_of_some_options_only_the_last_counts() -> None:
    found = parse_arguments(["--osinfo", "a", "--os-variant", "b"])
    assert found.compound["osinfo"] == [OptionString("--os-variant", "b")]


def test_aliases_go_where_the_option_goes() -> None:
    found = parse_arguments(["--host-device", "a", "--hostdev", "b", "--security", "c", "--launchsecurity", "sev"])
    assert [each.text for each in found.compound["hostdev"]] == ["a", "b"]
    assert [each.option for each in found.compound["seclabel"]] == ["--security"]
    assert "launchSecurity" in found.compound


def test_switches_have_no_value() -> None:
    found = parse_arguments(["--pxe", "-v", "--dry-run", "--nonsparse", "--noautoconsole"])
    assert found.on("pxe")
    assert found.on("dry")
    assert not found.on("quiet")
    assert found.values["os_type"] == "hvm"
    assert found.values["sparse"] is False
    assert found.values["autoconsole"] == "none"
    with pytest.raises(InstallError, match="--pxe yes: takes no value"):
        parse_arguments(["--pxe=yes"])


def test_short_switches_may_share_a_word() -> None:
    found = parse_arguments(["-qdp", "-na"])
    assert (found.on("quiet"), found.on("debug"), found.text("os_type"), found.text("name")) == (True, True, "xen", "a")


@pytest.mark.parametrize(
    ("argv", "destination", "value"),
    [
        (["--print-xml"], "xmlonly", "all"),
        (["--print-xml", "2"], "xmlonly", "2"),
        (["--print-xml", "--quiet"], "xmlonly", "all"),
        (["--wait"], "wait", "-1"),
        (["--wait", "-1"], "wait", "-1"),
    ],
)
def test_some_values_may_be_left_out(argv: list[str], destination: str, value: str) -> None:
    assert parse_arguments(argv).text(destination) == value


def test_sub_options_may_be_left_out_where_there_are_defaults() -> None:
    found = parse_arguments(["--cloud-init", "--unattended", "--sound", "--quiet"])
    assert found.compound["cloud_init"] == [OptionString("--cloud-init", "")]
    assert found.compound["sound"] == [OptionString("--sound", "default")]


def test_a_value_with_a_space_may_begin_with_a_hyphen() -> None:
    found = parse_arguments(["--qemu-commandline", "-display gtk", "--extra-args=-x"])
    assert found.compound["qemu_commandline"] == [OptionString("--qemu-commandline", "-display gtk")]
    assert found.texts("extra_args") == ["-x"]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--name"], "--name: needs a value"),
        (["--name", "--pxe"], "--name: needs a value"),
        (["--name", "--unknown"], "--name: needs a value"),
        (["guest"], "guest: belongs to no option"),
        (["--", "guest"], "--: belongs to no option"),
        (["-"], "-: belongs to no option"),
        ([""], "belongs to no option"),
        (["--dsik", "/a"], "--dsik: there is no such option, did you mean --disk?"),
        (["-z"], "-z: there is no such option"),
        (["--no"], "--no: may be --noacpi, --noapic, "),
    ],
)
def test_errors_name_the_word(argv: list[str], message: str) -> None:
    with pytest.raises(InstallError) as caught:
        parse_arguments(argv)
    assert message in str(caught.value)


def test_a_start_that_only_aliases_share_is_no_question() -> None:
    assert "osinfo" in parse_arguments(["--osi", "x"]).compound
    assert "launchSecurity" in parse_arguments(["--launch", "sev"]).compound


def test_tokens_of_a_broken_quotation_are_an_error() -> None:
    with pytest.raises(InstallError, match="--graphics: the quotation"):
        _ = OptionString("--graphics", "vnc,password='x").items


@pytest.mark.parametrize(
    "argv",
    [
        ["--graphics", "vnc,password=abc,Q7hunter2"],
        ["--graphics", "vnc,password=abc,Q7hunter2=d"],
        ["--graphics", "vnc,password=abc", "Q7hunter2"],
        ["--graphics", "vnc,pasword=abc:Q7hunter2"],
        ["--extra-args", "password=abc", "Q7hunter2"],
        ["--location", "//me:Q7hunter2@host/x", "--host", "/nowhere"],
        ["--tpm", "emulator,encryption.secret=abc,Q7hunter2"],
    ],
)
def test_the_rest_of_a_secret_is_not_shown(argv: list[str]) -> None:
    with pytest.raises(InstallError) as caught:
        translate(["--name", "a", "--memory", "64", "--osinfo", "generic", "--disk", "none", "--import", *argv])
    assert "Q7hunter2" not in f"{caught.value} {caught.value!r}"


def test_no_repr_shows_what_may_be_secret() -> None:
    found = parse_arguments(["--graphics", "vnc,password=Q7hunter2", "--extra-args", "rootpw=Q7hunter2"])
    assert "Q7hunter2" not in repr(found)
    assert "Q7hunter2" not in repr(found.compound["graphics"][0])


def test_time_grows_with_the_number_of_words() -> None:
    def cost(count: int) -> float:
        return seconds(lambda: parse_arguments(["--disk", "x"] * count))

    assert_cheap(cost, 10_000, 100_000, at_most=30)
