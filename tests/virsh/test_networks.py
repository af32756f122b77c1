"""Sections of networks."""

from __future__ import annotations

import pytest

from .running import NETWORK, Shell

HOST = "<host mac='52:54:00:00:00:0a' ip='10.0.0.6'/>"


@pytest.mark.parametrize(
    ("section", "element"),
    [
        ("ip-dhcp-host", HOST),
        ("ip-dhcp-range", "<range start='10.0.0.100' end='10.0.0.200'/>"),
        ("portgroup", "<portgroup name='slow'><bandwidth><inbound average='5'/></bandwidth></portgroup>"),
        ("dns-host", "<host ip='10.0.0.8'><hostname>new</hostname></host>"),
        ("dns-txt", "<txt name='a' value='b'/>"),
        ("dns-srv", "<srv service='http' protocol='tcp' domain='d' target='t' port='80'/>"),
    ],
)
@pytest.mark.parametrize("command", ["add", "add-first", "add-last"])
def test_what_is_added_is_refused_again_and_goes_without_a_trace(
    shell: Shell, command: str, section: str, element: str
) -> None:
    came = shell.changed_network(command, section, element)
    assert all(line.startswith("+") for line in came)
    assert "already" in shell.refusal("net-update", shell.network, command, section, element)
    assert shell.changed_network("delete", section, element) == [f"-{line[1:]}" for line in came]
    assert shell.network.read_text() == NETWORK
    assert "there is no such <" in shell.refusal("net-update", shell.network, "delete", section, element)


def test_elements_come_in_front_and_at_the_end(shell: Shell) -> None:
    shell.changed_network("add-first", "ip-dhcp-host", HOST)
    shell.changed_network("add-last", "ip-dhcp-host", "<host name='last' ip='10.0.0.7'/>")
    text = shell.network.read_text()
    places = [text.index(one) for one in ("10.0.0.6", "<!-- the printer -->", "10.0.0.5", "10.0.0.7")]
    assert places == sorted(places)


def test_elements_are_modified_and_keep_their_form(shell: Shell) -> None:
    changed = shell.changed_network("modify", "ip-dhcp-host", "<host mac='52:54:00:00:00:09' ip='10.0.0.55'/>")
    assert changed == [
        "-<host mac='52:54:00:00:00:09' name='printer' ip='10.0.0.5'/>",
        "+<host mac='52:54:00:00:00:09' ip='10.0.0.55'/>",
    ]
    assert shell.changed_network("modify", "portgroup", "<portgroup name='fast'/>")[1:] == ["+<portgroup name='fast'/>"]


def test_an_element_may_be_in_a_file(shell: Shell) -> None:
    file = shell.path / "host.xml"
    file.write_text(HOST)
    assert shell.changed_network("add", "ip-dhcp-host", str(file)) == [f"+{HOST}"]
    file.unlink()
    assert "No such file" in shell.refusal("net-update", shell.network, "add", "portgroup", str(file), status=2)


def test_the_ip_is_said_by_its_number(shell: Shell) -> None:
    host = "<host id='0:3:0:1' ip='fd00::5'/>"
    shell.changed_network("add", "ip-dhcp-host", host, "--parent-index", "1")
    text = shell.network.read_text()
    assert text.index("fd00::1") < text.index(host)
    reason = shell.refusal("net-update", shell.network, "add", "ip-dhcp-host", HOST, "--parent-index", "2")
    assert "no <ip> 2" in reason


def test_the_attribute_says_the_first_interface(shell: Shell) -> None:
    shell.changed_network("delete", "forward-interface", "<interface dev='eth0'/>")
    assert "<forward mode='nat'>" in shell.network.read_text() or "<forward mode='nat'/>" in shell.network.read_text()
    shell.changed_network("add", "forward-interface", "<interface dev='eth1'/>")
    reason = shell.refusal("net-update", shell.network, "add", "forward-interface", "<interface dev='eth2'/>")
    assert "one interface" in reason


@pytest.mark.parametrize(
    ("command", "section", "element", "reason"),
    [
        ("wrong", "portgroup", "<portgroup name='a'/>", "'wrong' is no command"),
        ("add", "wrong", "<portgroup name='a'/>", "'wrong' is no section"),
        ("add", "bridge", "<bridge name='a'/>", "libvirt changes nothing in the section bridge"),
        ("modify", "dns-host", "<host ip='10.0.0.9'><hostname>a</hostname></host>", "cannot be modified"),
        ("modify", "ip-dhcp-host", "<host name='none' ip='10.0.0.77'/>", "there is no such <host>"),
        ("add", "portgroup", "<portgroup name='a' default='yes'/>", "fast is the default already"),
        ("add", "portgroup", "<portgroup/>", "<portgroup> lacks name"),
        ("add", "ip-dhcp-host", "<host mac='52:54:00:00:00:09' ip='10.0.0.77'/>", "already"),
        ("add", "ip-dhcp-host", "<host name='printer' ip='10.0.0.77'/>", "already"),
        ("add", "ip-dhcp-host", "<host mac='52:54:00:00:00:0a' ip='10.0.0.5'/>", "already"),
        ("add", "ip-dhcp-host", "<host mac='52:54:00:00:00:0a'/>", "has an IP address"),
        ("add", "ip-dhcp-host", "<host ip='10.0.0.77'/>", "a MAC address, a name or an id"),
        ("add", "ip-dhcp-host", "<host mac='53:54:00:00:00:0a' ip='10.0.0.77'/>", "no MAC address of one card"),
        ("add", "ip-dhcp-host", "<host mac='52:54:00:00:00:0a' ip='here'/>", "'here' is no IP address"),
        ("add", "ip-dhcp-range", "<range start='10.0.0.9' end='10.0.0.8'/>", "no range"),
        ("add", "ip-dhcp-range", "<range start='10.0.1.1' end='10.0.1.8'/>", "not inside"),
        ("add", "ip-dhcp-range", "<range start='10.0.0.200' end='10.0.0.255'/>", "first or last address"),
        ("add", "dns-host", "<host ip='10.0.0.7'/>", "<host> lacks hostnames"),
        ("add", "dns-txt", "<txt name='a b' value='c'/>", "no name of a TXT record"),
        ("add", "dns-srv", "<srv service='a' protocol='tcp' port='5'/>", "port= needs target="),
        ("add", "dns-srv", "<srv service='a' protocol='tcp' target='t' port='70000'/>", "1 to 65535"),
    ],
)
def test_what_cannot_be_done_to_a_network(shell: Shell, command: str, section: str, element: str, reason: str) -> None:
    assert reason in shell.refusal("net-update", shell.network, command, section, element)


def test_what_is_no_such_element_is_told(shell: Shell) -> None:
    for element in ("<host", "<range start='10.0.0.1' end='10.0.0.2'/>"):
        shell.refusal("net-update", shell.network, "add", "ip-dhcp-host", element, status=2)
