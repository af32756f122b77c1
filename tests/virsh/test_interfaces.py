"""Network interfaces: adding them, taking them out, their links and rates."""

from __future__ import annotations

import pytest

from .running import GUEST, Shell


def test_an_interface_is_written_as_its_neighbours_are(shell: Shell) -> None:
    shell("attach-interface", shell.guest, "bridge", "br1", "--model", "virtio", "--mac", "52:54:00:00:00:03")
    new = """\
    <interface type="bridge">
      <mac address="52:54:00:00:00:03"/>
      <source bridge="br1"/>
      <model type="virtio"/>
    </interface>
"""
    before, found, after = shell.guest.read_text().partition(new)
    assert found
    assert before + after == GUEST
    assert after.startswith("    <graphics")


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["direct", "eth0"], "<source dev='eth0'/>"),
        (["network", "lab.xml"], "<source network='lab'/>"),
        (["network", "other.xml"], "<source network='other.xml'/>"),
        (["vhostuser", "/run/s", "--source-mode", "client"], "<source type='unix' path='/run/s' mode='client'/>"),
        (["hostdev", "0000:06:00.1"], "<address type='pci' domain='0x0000' bus='0x06' slot='0x00' function='0x1'/>"),
        (["network", "lab", "--inbound", "1,2,,4"], "<inbound average='1' peak='2' floor='4'/>"),
    ],
)
def test_the_element_of_an_interface(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, arguments: list[str], written: str
) -> None:
    monkeypatch.chdir(shell.path)
    assert f"{written}\n" in shell("attach-interface", shell.guest, *arguments, "--print-xml")
    assert shell.guest.read_text() == GUEST


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["user", "x"], "no interface of the type 'user'"),
        (["direct", "eth0", "--source-mode", "bridge"], "'bridge' is not one of server, client"),
        (["vhostuser", "/run/s"], "--source-mode"),
        (["vhostuser", "/run/s", "--source-mode", "client"], "has the model virtio"),
        (["hostdev", "06:00.1"], "lacks the domain"),
        (["network", "lab", "--mac", "zz"], "zz"),
        (["network", "lab", "--inbound", ",1"], "an average or a floor is needed"),
        (["network", "lab", "--outbound", "0"], "an average is needed"),
        (["network", "lab", "--outbound", "1,2,3,4"], "no floor"),
        (["network", "lab", "--inbound", "1,2,3,4,5"], "more than 4 rates"),
        (["network", "lab", "--inbound", "5m"], "in whole numbers"),
        (["bridge", "br0", "--inbound", "1,2,3,4"], "no floor"),
    ],
)
def test_interfaces_that_cannot_be_are_refused(shell: Shell, arguments: list[str], reason: str) -> None:
    assert reason in shell.refusal("attach-interface", shell.guest, *arguments)


def test_libvirt_fills_in_and_drops_some_of_an_interface(shell: Shell) -> None:
    shell("attach-interface", shell.guest, "direct", "eth0", "--target", "vnet7", "--alias", "mine")
    text = shell.guest.read_text()
    assert '<source dev="eth0" mode="vepa"/>' in text
    assert "vnet7" not in text
    assert "mine" not in text


def test_an_interface_is_taken_out_by_its_type_and_address(shell: Shell) -> None:
    shell("attach-interface", shell.guest, "network", "two", "--mac", "52:54:00:00:00:0a")
    assert "2 interfaces are of the type 'network'" in shell.refusal("detach-interface", shell.guest, "network")
    assert "no interface is of the type 'user'" in shell.refusal("detach-interface", shell.guest, "user")
    reason = shell.refusal("detach-interface", shell.guest, "bridge", "--mac", "52:54:00:00:00:0a")
    assert "no interface of the type 'bridge' has the MAC address" in reason
    shell("detach-interface", shell.guest, "network", "--mac", "52:54:0:0:0:A")
    assert shell.guest.read_text() == GUEST


def test_cables_are_plugged_in_and_out(shell: Shell) -> None:
    assert shell.changed("domif-setlink", "52:54:00:00:00:01", "down") == ['+<link state="down"/>']
    assert shell.changed("domif-setlink", "52:54:00:00:00:01", "up", "--persistent") == [
        '-<link state="down"/>',
        '+<link state="up"/>',
    ]
    assert "sideways" in shell.refusal("domif-setlink", shell.guest, "52:54:00:00:00:01", "sideways")
    assert "no interface has" in shell.refusal("domif-setlink", shell.guest, "52:54:00:00:00:09", "up")
    assert "<link state='down'/>" in shell("domif-setlink", shell.guest, "52:54:00:00:00:02", "down", "--print-xml")


def test_rates_are_limited_and_shown(shell: Shell) -> None:
    name = "52:54:00:00:00:02"
    assert shell.changed("domiftune", name, "--inbound", "10,20", "--outbound", "5") == [
        "+<bandwidth>",
        '+<inbound average="10" peak="20"/>',
        '+<outbound average="5"/>',
        "+</bandwidth>",
    ]
    assert "inbound.peak   : 20\ninbound.burst  : 0\n" in shell("domiftune", shell.guest, name)
    assert shell.changed("domiftune", name, "--inbound", "30", "--outbound", "0") == [
        '-<inbound average="10" peak="20"/>',
        '-<outbound average="5"/>',
        '+<inbound average="30"/>',
    ]
    shell("attach-interface", shell.guest, "vhostuser", "/s", "--source-mode", "client", "--model", "virtio")
    shell.guest.write_text(shell.guest.read_text().replace('type="bridge"', 'type="user"'))
    assert "'user'" in shell.refusal("domiftune", shell.guest, "52:54:00:00:00:01", "--inbound", "1")
