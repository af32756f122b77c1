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
    "aio": ("native",),
    # Networks
    "tap": ("ethernet",),
    "macvtap": ("direct",),
    "slirp": ("user",),
    "ovs": ("openvswitch",),
    "dhcp": ("network",),
    # Guests and processors
    "reboot": ("restart",),
    "shutdown": ("destroy",),
    "poweroff": ("destroy",),
    "stop": ("destroy",),
    "amd64": ("x86_64",),
    "x64": ("x86_64",),
    "arm64": ("aarch64",),
    "i386": ("i686",),
    "ppc64el": ("ppc64le",),
    "uefi": ("efi",),
    "ovmf": ("efi",),
    "std": ("vga",),
    "host": ("host-passthrough", "host-model"),
}


def meant(word: str, possible: Collection[str]) -> tuple[str, ...]:
    """Return the words among the possible ones that one is another word for, the likeliest first."""
    return tuple(other for other in _WORDS.get(word.strip().lower(), ()) if other in possible)
