"""Read a domain that libvirt has formatted, change it through the model, and print its XML.

What is not changed comes out byte for byte as it was: `diff` against the input shows the changes and nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path

from virtxml import Domain
from virtxml.schema.domain import Devices, Disk, DiskDriver, DiskSource, DiskTarget, Vcpu

DOCUMENT = Path(__file__).with_name("web01.xml")


def eject(domain: Domain) -> None:
    """Take the media out of all CD-ROM drives."""
    for disk in domain.devices.disks if domain.devices else []:
        if disk.device == "cdrom":
            disk.source = None


def add_disk(domain: Domain, path: str, dev: str) -> None:
    """Add a disk with an image file in the qcow2 format."""
    disk = Disk(
        type="file",
        device="disk",
        driver=DiskDriver(name="qemu", type="qcow2", discard="unmap"),
        source=DiskSource(file=path),
        target=DiskTarget(dev=dev, bus="virtio"),
    )
    domain.devices = domain.devices or Devices()
    domain.devices.disks.append(disk)


def main() -> None:
    """Change the domain and print it."""
    domain = Domain.from_xml(DOCUMENT.read_text())
    domain.vcpu = Vcpu(placement="static", value=4)
    eject(domain)
    add_disk(domain, "/var/lib/libvirt/images/web01-data.qcow2", "vdb")
    sys.stdout.write(domain.to_xml())


if __name__ == "__main__":
    main()
