"""A guest and a network as somebody wrote them, and running commands on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from virtxml.cli import main

GUEST = """\
<!-- The guest of the tests -->
<domain type="kvm">
  <name>guest</name>
  <memory unit="GiB">4</memory>   <!-- enough -->
  <currentMemory unit="GiB">2</currentMemory>
  <vcpu current="2">4</vcpu>
  <iothreads>2</iothreads>
  <os>
    <type arch="x86_64" machine="q35">hvm</type>
  </os>
  <devices>
    <!-- the system -->
    <disk type="file" device="disk">
      <driver name="qemu" type="qcow2"/>
      <source file="/srv/guest.qcow2"/>
      <target dev="vda" bus="virtio"/>
    </disk>
    <disk type="file" device="cdrom">
      <source file="/srv/a.iso" startupPolicy="optional"/>
      <target dev="sda" bus="sata"/>
      <readonly/>
    </disk>

    <interface type="bridge">
      <mac address="52:54:00:00:00:01"/>
      <source bridge="br0"/>
      <alias name="ua-front"/>
    </interface>
    <interface type="network">
      <mac address="52:54:00:00:00:02"/>
      <source network="lab"/>
    </interface>
    <graphics type="vnc" port="5901"/>
  </devices>
</domain>
"""

NETWORK = """\
<network>
  <name>lab</name>
  <forward mode='nat' dev='eth0'>
    <interface dev='eth0'/>
  </forward>
  <dns>
    <host ip='10.0.0.9'><hostname>old</hostname><hostname>older</hostname></host>
  </dns>
  <ip address='10.0.0.1' netmask='255.255.255.0'>
    <dhcp>
      <!-- the printer -->
      <host mac='52:54:00:00:00:09' name='printer' ip='10.0.0.5'/>
    </dhcp>
  </ip>
  <ip family='ipv6' address='fd00::1' prefix='64'/>
  <portgroup name='fast' default='yes'/>
</network>
"""


class Shell:
    """Runs `virtxml virsh` on documents in a directory."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys
        self.guest = path / "guest.xml"
        self.network = path / "lab.xml"
        self.guest.write_text(GUEST)
        self.network.write_text(NETWORK)

    def __call__(self, command: str, *arguments: str | Path) -> str:
        """Run a command that has to do what it is told; return what it prints."""
        status = main(["virsh", command, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert (status, err) == (0, ""), err
        return out

    def refusal(self, command: str, *arguments: str | Path, status: int = 1) -> str:
        """Run a command that has to be refused; return what is said, and see that nothing has changed."""
        before = {path: path.read_bytes() for path in self.path.iterdir()}
        found = main(["virsh", command, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert (found, out) == (status, ""), err
        assert err.startswith("virtxml virsh")
        assert err.count("\n") == 1
        assert {path: path.read_bytes() for path in self.path.iterdir()} == before
        return err

    def changed(self, command: str, *arguments: str | Path) -> list[str]:
        """Run a command that changes the guest; return the lines that went and came."""
        return self._changed(self.guest, command, *arguments)

    def changed_network(self, *arguments: str) -> list[str]:
        """Update the network; return the lines that went and came."""
        return self._changed(self.network, "net-update", *arguments)

    def _changed(self, file: Path, command: str, *arguments: str | Path) -> list[str]:
        before = file.read_text().splitlines()
        assert self(command, file, *arguments) == ""
        after = file.read_text().splitlines()
        gone = [f"-{line.strip()}" for line in before if line not in after]
        return gone + [f"+{line.strip()}" for line in after if line not in before]
