"""Documents as large as one wants."""

from __future__ import annotations


def large_domain(devices: int) -> bytes:
    """Return a domain with a number of disks, of eight elements each with the disk."""
    disk = (
        "    <disk type='file' device='disk'>\n"
        "      <driver name='qemu' type='qcow2' cache='none' discard='unmap'/>\n"
        "      <source file='/var/lib/libvirt/images/data{0}.qcow2'>\n"
        "        <seclabel model='selinux' relabel='no'/>\n"
        "      </source>\n"
        "      <target dev='vd{0}' bus='virtio'/>\n"
        "      <serial>S{0}</serial>\n"
        "      <alias name='ua-disk{0}'/>\n"
        "      <address type='pci' domain='0x0000' bus='0x{1:02x}' slot='0x{2:02x}' function='0x0'/>\n"
        "    </disk>\n"
    )
    disks = "".join(disk.format(number, number // 32 % 256, number % 32) for number in range(devices))
    return f"<domain type='kvm'>\n  <name>large</name>\n  <devices>\n{disks}  </devices>\n</domain>\n".encode()
