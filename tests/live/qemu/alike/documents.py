"""A guest and a network as somebody wrote them, with all that libvirt adds, but no addresses of devices."""

from __future__ import annotations

GUEST = """\
<!-- The web server -->
<domain type="qemu">
  <name>guest</name>
  <uuid>5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11</uuid>
  <title>Web</title>
  <description>The front</description>
  <metadata>
    <app:about xmlns:app="http://example.org/app" kind="web"/>
  </metadata>
  <memory unit="GiB">4</memory>   <!-- enough -->
  <currentMemory unit="GiB">2</currentMemory>
  <vcpu current="2">4</vcpu>
  <iothreads>2</iothreads>
  <cputune>
    <vcpupin vcpu="1" cpuset="0"/>
    <emulatorpin cpuset="0-1"/>
  </cputune>
  <os>
    <type arch="x86_64" machine="q35">hvm</type>
    <boot dev="hd"/>
  </os>
  <features><acpi/><apic/></features>
  <cpu mode="host-model" check="partial"/>
  <clock offset="utc"><timer name="rtc" tickpolicy="catchup"/></clock>
  <on_crash>restart</on_crash>
  <devices>
    <!-- the system -->
    <disk type="file" device="disk">
      <driver name="qemu" type="qcow2"/>
      <source file="{place}/guest.qcow2"/>
      <target dev="vda" bus="virtio"/>
    </disk>
    <disk type="file" device="disk">
      <driver name="qemu" type="raw" cache="none"/>
      <source file="{place}/data.img"/>
      <target dev="vdb" bus="virtio"/>
      <iotune>
        <total_bytes_sec>1000000</total_bytes_sec>
      </iotune>
    </disk>
    <disk type="file" device="cdrom">
      <source file="{place}/medium.iso" startupPolicy="optional"/>
      <target dev="sda" bus="sata"/>
      <readonly/>
    </disk>

    <controller type="usb" model="qemu-xhci"/>
    <controller type="sata"/>
    <controller type="virtio-serial"/>
    <interface type="bridge">
      <mac address="52:54:00:00:00:01"/>
      <source bridge="br0"/>
      <model type="virtio"/>
      <alias name="ua-front"/>
    </interface>
    <!-- to the world: above, to the other guests: below -->
    <interface type="network">
      <mac address="52:54:00:00:00:02"/>
      <source network="lab"/>
      <bandwidth><inbound average="1000"/><outbound average="500"/></bandwidth>
      <model type="e1000"/>
    </interface>
    <serial type="pty"/>
    <console type="pty"/>
    <channel type="unix"><target type="virtio" name="org.qemu.guest_agent.0"/></channel>
    <input type="tablet" bus="usb"/>
    <input type="mouse" bus="ps2"/>
    <input type="keyboard" bus="ps2"/>
    <graphics type="vnc" port="5901" listen="127.0.0.1" passwd="sesame"/>
    <sound model="ich9"/>
    <video><model type="virtio"/></video>
    <hostdev mode="subsystem" type="usb"><source><vendor id="0x0781"/><product id="0x5151"/></source></hostdev>
    <hostdev mode="subsystem" type="pci" managed="yes">
      <source><address domain="0" bus="6" slot="0" function="0"/></source>
    </hostdev>
    <watchdog model="i6300esb" action="reset"/>
    <memballoon model="virtio"/>
    <rng model="virtio"><backend model="random">/dev/urandom</backend></rng>
  </devices>
</domain>
"""
"""The guest, whose images are in the directory `{place}`."""

NETWORK = """\
<network>
  <!-- For tests of the shop -->
  <name>lab</name>
  <uuid>0d5f2a5e-5a9a-4f0d-8a3e-1f5f6c1d2b3a</uuid>
  <forward mode="nat"/>
  <bridge name="virbr77" stp="on" delay="0"/>
  <mac address="52:54:00:77:00:00"/>
  <dns>
    <txt name="a" value="b"/>
    <host ip="10.77.0.9"><hostname>old</hostname><hostname>older</hostname></host>
  </dns>
  <ip address="10.77.0.1" netmask="255.255.255.0">
    <dhcp>
      <range start="10.77.0.100" end="10.77.0.200"/>
      <!-- the printer -->
      <host mac="52:54:00:00:00:09" name="printer" ip="10.77.0.5"/>
    </dhcp>
  </ip>
  <portgroup name="fast" default="yes"/>
</network>
"""
