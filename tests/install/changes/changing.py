"""A guest as somebody wrote it, and changes of it by command lines."""

from __future__ import annotations

from virtxml import Document, Domain
from virtxml.install import Host, Outcome, change

GUEST = """\
<!-- ask Ada first -->
<domain type="kvm">
    <name>shop</name>
    <memory unit="GiB">4</memory>   <!-- 8 in December -->
    <vcpu current="1">2</vcpu>
    <os>
        <type arch="x86_64" machine="pc-q35-9.2">hvm</type>
        <boot dev="hd"/>
    </os>
    <devices>
        <!-- the system -->
        <disk type="file" device="disk">
            <driver name="qemu" type="qcow2"/>
            <source file="/srv/shop.qcow2"/>
            <target dev="vda" bus="virtio"/>
        </disk>
        <disk type="block" device="disk">
            <source dev="/dev/vg/data"/>
            <target dev="vdb" bus="virtio"/>
        </disk>
        <interface type="network">
            <mac address="52:54:00:AA:00:01"/>
            <source network="default"/>
            <model type="virtio"/>
        </interface>
        <interface type="bridge">
            <mac address="52:54:00:aa:00:02"/>
            <source bridge="br0"/>
            <model type="e1000e"/>
        </interface>
        <serial type="pty"/>
        <console type="pty">
            <target type="serial" port="0"/>
        </console>
        <console type="pty">
            <target type="virtio" port="1"/>
        </console>
        <graphics type="vnc" port="-1" autoport="yes">
            <listen type="address"/>
        </graphics>
        <sound model="ich9"/>
        <sound model="usb"/>
    </devices>
</domain>
"""
SPICE = GUEST.replace(
    """<graphics type="vnc" port="-1" autoport="yes">
            <listen type="address"/>
        </graphics>
""",
    """<graphics type="spice" port="-1"/>
        <channel type="spicevmc">
            <target type="virtio" name="com.redhat.spice.0"/>
        </channel>
        <channel type="unix">
            <target type="virtio" name="org.qemu.guest_agent.0"/>
        </channel>
        <redirdev bus="usb" type="spicevmc"/>
        <audio id="1" type="spice"/>
""",
)


def outcome(argv: str, source: str = GUEST, host: Host | None = None) -> tuple[Document[Domain], Outcome]:
    """Return a document after a change, and what the change has made."""
    document = Document.parse(source, Domain)
    found = change(document.model, argv, host=host)
    assert found.domain is not None
    document.model = found.domain
    return document, found


def difference(argv: str, source: str = GUEST, host: Host | None = None) -> list[str]:
    """Return the lines that a change takes away and adds, with their signs, without their indentation."""
    lines = outcome(argv, source, host)[0].diff(context=0).splitlines()[2:]
    return [f"{line[0]}{line[1:].strip()}" for line in lines if line[0] in "+-"]


def places(source: str) -> list[int | None]:
    """Return the places in the order of booting that disks and interfaces have."""
    devices = Document.parse(source, Domain).model.devices
    assert devices is not None
    boots = [*(one.boot for one in devices.disks), *(one.boot for one in devices.interfaces)]
    return [None if boot is None or boot.order is None else int(boot.order) for boot in boots]
