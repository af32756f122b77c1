"""What is wrong is said with option, sub-option and value, and with what may have been meant."""

from __future__ import annotations

import pytest

from tests.install.applying import applied
from virtxml.install.errors import InstallError


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ("--disk /a,siez=3", "--disk: there is no sub-option 'siez', did you mean size?"),
        ("--clock foo", "--clock: there is no sub-option 'foo' (see --clock=?)"),
        ("--disk /a,driver.typ=x", "did you mean driver.type?"),
        ("--disk =x", "--disk: there is no sub-option ''"),
        ("--disk /a,cache", "--disk cache: a value is missing"),
        ("--disk size=1k", "--disk size=1k: not a size in GiB"),
        ("--disk size=nan", "--disk size=nan: not a size in GiB"),
        ("--disk /a,perms=x", "--disk perms=x: not one of ro, sh, rw"),
        ("--disk /a,driver.queues=abc", "--disk driver.queues=abc: not a whole number"),
        ("--boot menu=foobar", "--boot menu=foobar: must be 'yes' or 'no'"),
        ("--controller usb,address=foo", "--controller address=foo: not a PCI address"),
        ("--controller usb,address.type=pcie", "--controller address.type=pcie: not one of ccid, ccw"),
        ("--controller num_pcie_root_ports=x", "not a number of ports"),
        ("--graphics vnc,port=-50", "--graphics port=-50: a port is a number from 5900"),
        ("--graphics spice,tlsport=5", "--graphics tlsport=5: a port"),
        ("--graphics vnc,port=99999", "a port is a number"),
        ("--memory foo", "--memory memory=foo: not a whole number of MiB"),
        ("--memory=-5", "not a whole number of MiB"),
        ("--memory 0", "not a whole number of MiB"),
        ("--ram 1.5", "--ram memory=1.5: not a whole number of MiB"),
        ("--vcpus 0", "--vcpus vcpu=0: not a whole number of CPUs"),
        ("--network user,mac=foo", "--network mac=foo: not a MAC address"),
        ("--network passt,portForward=x", "--network portForward=x: not [ADDRESS:]PORT"),
        ("--seclabel type=bar", "--seclabel type=bar: not one of dynamic, static, none"),
        ("--seclabel type=dynamc", "did you mean dynamic?"),
        ("--qemu-commandline env=FOO", "--qemu-commandline env: an environment variable is NAME=VALUE"),
        ("--location kernel=a,initrd=b", "--location: the location is missing"),
        ("--location http://a,kernel=b", "--location: kernel= and initrd= belong together"),
        ("--xml FOO", "a value is missing: XPATH=VALUE"),
        ("--xml xpath.value=a", "--xml: an XPath is missing"),
        ("--clock timer1001.name=pit", "numbers go up to 1000"),
        ("--clock timer99999999999999999.name=pit", "numbers go up to 1000"),
        ("--metadata name=a\x01", "XML cannot hold the character U+0001"),
        ("--cpu Haswell,disable=", "--cpu disable: the name of a feature is missing"),
        ("--host-device", "--host-device: needs a value"),
    ],
)
def test_errors_name_option_sub_option_and_value(argv: str, message: str) -> None:
    with pytest.raises(InstallError) as caught:
        applied(*argv.split(" "))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_error_says_its_parts() -> None:
    with pytest.raises(InstallError) as caught:
        applied("--host-device", "a,rom.bar=x")
    error = caught.value
    assert (error.option, error.key, error.value) == ("--host-device", "rom.bar", "x")
    assert error.reason == "must be 'yes' or 'no'"
    assert isinstance(error, ValueError)


@pytest.mark.parametrize("text", ["vnc,password=geheim\x01", "vnc,password='geheim", "vnc,passwd=geheim\x01,port=1"])
def test_errors_keep_passwords_to_themselves(text: str) -> None:
    with pytest.raises(InstallError) as caught:
        applied("--graphics", text)
    assert "geheim" not in str(caught.value)
    assert "geheim" not in repr(caught.value)


def test_a_word_that_the_schemas_do_not_list_is_noted_with_the_nearest() -> None:
    domain, found = applied("--input", "keyboard,bus=ubs")
    assert domain.devices is not None
    assert domain.devices.inputs[0].bus == "ubs"
    assert list(map(str, found.doubts)) == ["--input bus=ubs: not one of ps2, usb, xen, virtio, did you mean usb?"]


def test_options_without_effect_say_so() -> None:
    _, found = applied("--os-type", "linux", "--prompt", "--clock", "tsc_tickpolicy=delay")
    assert found.warnings == [
        "--prompt: has no effect",
        "--os-type: has no effect",
        "--clock tsc_tickpolicy: has no effect: libvirt has this for the timers pit and rtc only",
    ]
