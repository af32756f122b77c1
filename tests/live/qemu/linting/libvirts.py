"""Give documents to libvirt, and hear what it says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import virtxml
from virtxml import Domain, Node
from virtxml.lint.rule import Rule

RELEASE = "9.0.0"
"""What Debian 12 has; rules are asked as for it, whatever runs here is at least that."""

HOST_LACKS = re.compile(
    r"not supported (by|with|for) th(is|e) (QEMU|host|qemu)"
    r"|is not (supported|available) (by|in|with) (this )?(QEMU|host)"
    r"|unable to find any (master )?(var store|firmware)|Unable to find '(efi|bios)' firmware|KVM|kvm|emulator"
    r"|does not support|virtiofsd|swtpm|vhost-user|/dev/|No such file|binary|hugetlbfs|Cannot allocate memory"
    r"|missing backend for pool type|iscsiadm|No such device|/bin/mount"
    r"|TPM version '2.0' is not supported|machine type limit|unable to open",
)
"""What libvirt says if it is the host or its QEMU that lacks something, and not the document that is wrong."""


def document(rule: Rule, text: str) -> str:
    """Return an example as a document for a host without KVM."""
    return text.replace("<domain type='kvm'", "<domain type='qemu'", 1) if rule.about.startswith("domain") else text


def refusal(libvirt: Any, work: Callable[[], object]) -> str | None:
    """Do something with libvirt; return what it says if it refuses, None if it does not."""
    try:
        work()
    except libvirt.libvirtError as error:
        return str(error)
    return None


def defined(libvirt: Any, connection: Any, kind: str, text: str) -> tuple[Any, str]:
    """Define a document; return what libvirt has of it, None if it refuses, and what it says then."""
    define = {
        "domain": connection.defineXML,
        "network": connection.networkDefineXML,
        "pool": connection.storagePoolDefineXML,
        "filter": connection.nwfilterDefineXML,
        "secret": connection.secretDefineXML,
    }[kind]
    try:
        return define(text), ""
    except libvirt.libvirtError as error:
        return None, str(error)


def undefine(libvirt: Any, handle: Any) -> None:
    """Take away what was defined, and what runs of it."""
    if hasattr(handle, "isActive") and handle.isActive():
        handle.destroy()
    if hasattr(handle, "undefineFlags"):
        handle.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_NVRAM | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA)
    else:
        handle.undefine()


def start(connection: Any, kind: str, handle: Any) -> None:
    """Start what was defined; a filter starts with a guest that uses it, which ends at once."""
    if kind != "filter":
        handle.create()
        return
    interface = (
        f"<interface type='network'><source network='default'/><filterref filter='{handle.name()}'/></interface>"
    )
    guest = f"""
        <domain type='qemu'><name>filtered</name><memory unit='MiB'>32</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os><devices>{interface}</devices></domain>
    """
    connection.createXML(guest).destroy()


def with_images(text: str, place: Path) -> str:
    """Return a domain whose disks are images that are there: one for each that it names."""
    model: Node = virtxml.parse(text)
    if not isinstance(model, Domain) or model.devices is None:
        return text
    for disk in model.devices.disks:
        if disk.type == "file" and disk.source is not None and disk.source.file:
            path = place / Path(disk.source.file).name
            form = disk.driver.type if disk.driver is not None and disk.driver.type else "raw"
            if not path.exists():
                subprocess.run(["qemu-img", "create", "-q", "-f", str(form), path, "8M"], check=True)
            disk.source.file = str(path)
    return model.to_xml()
