"""Words that people use for what libvirt calls by another one, where the two do not look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_WORDS: dict[str, tuple[str, ...]] = {
    # Storage
    "nfs": ("netfs",),
    "cifs": ("netfs",),
    "smb": ("netfs",),
    "samba": ("netfs",),
    "glusterfs": ("gluster", "netfs"),
    "lvm": ("logical", "block"),
    "ceph": ("rbd",),
    "folder": ("dir",),
    "filesystem": ("fs",),
    "path": ("dir", "file"),
    "image": ("file",),
    "img": ("raw",),
    "partition": ("block",),
    "device": ("block",),
    # Disks and booting
    "dvd": ("cdrom",),
    "cd": ("cdrom",),
    "cd-rom": ("cdrom",),
    "iso": ("cdrom",),
    "hdd": ("hd", "disk"),
    "harddisk": ("hd", "disk"),
    "harddrive": ("hd", "disk"),
    "disk": ("hd",),
    "hd": ("disk",),
    "floppy": ("fd",),
    "pxe": ("network",),
    "net": ("network",),
    "off": ("none",),
    "no": ("none",),
    "aio": ("native",),
    "virtio-scsi": ("scsi",),
    "xhci": ("qemu-xhci", "nec-xhci"),
    # Networks
    "tap": ("ethernet",),
    "macvtap": ("direct",),
    "slirp": ("user",),
    "ovs": ("openvswitch",),
    "allow": ("accept",),
    "deny": ("drop", "reject"),
    "input": ("in",),
    "output": ("out",),
    # Sizes
    "kilobytes": ("KB",),
    "megabytes": ("MB",),
    "gigabytes": ("GB",),
    "terabytes": ("TB",),
    "kibibytes": ("KiB",),
    "mebibytes": ("MiB",),
    "gibibytes": ("GiB",),
    "tebibytes": ("TiB",),
    # Guests and processors
    "reboot": ("restart", "reset"),
    "shutdown": ("destroy",),
    "poweroff": ("destroy",),
    "stop": ("destroy",),
    "amd64": ("x86_64",),
    "x64": ("x86_64",),
    "arm64": ("aarch64",),
    "i386": ("i686",),
    "ppc64el": ("ppc64le",),
    "qemu-kvm": ("kvm",),
    "uefi": ("efi",),
    "ovmf": ("efi",),
    "std": ("vga",),
    "spice": ("spicevmc",),
    "host": ("host-passthrough", "host-model"),
}
_NAMES: dict[str, tuple[str, ...]] = {
    "append": ("cmdline",),
    "cpus": ("vcpu",),
    "kernel_args": ("cmdline",),
    "nic": ("interface",),
    "path": ("file", "dir", "dev"),
    "ram": ("memory",),
}


def name_meant(word: str, possible: Collection[str]) -> tuple[str, ...]:
    """Return the names of elements or attributes among the possible ones that a word may stand for."""
    return tuple(other for other in _NAMES.get(word.lower(), ()) if other in possible)[:1]


def meant(word: str, possible: Collection[str]) -> tuple[str, ...]:
    """Return the words among the possible ones that one is another word for, the likeliest first."""
    return tuple(other for other in _WORDS.get(word.strip().lower(), ()) if other in possible)
