"""Find what an installer boots in a tree, and which system the tree says it installs."""

from __future__ import annotations

import re
from configparser import Error, RawConfigParser
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import InstallError
from .medium import Directory

if TYPE_CHECKING:
    from .medium import Medium

_DESCRIPTIONS = (".treeinfo", "treeinfo")
_USUAL = (
    ("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img"),
    ("isolinux/vmlinuz", "isolinux/initrd.img"),
    ("install.amd/vmlinuz", "install.amd/initrd.gz"),
    ("install.a64/vmlinuz", "install.a64/initrd.gz"),
    ("install/vmlinuz", "install/initrd.gz"),
    ("casper/vmlinuz", "casper/initrd"),
    ("casper/vmlinuz", "casper/initrd.lz"),
    ("casper/vmlinuz", "casper/initrd.gz"),
    ("boot/x86_64/loader/linux", "boot/x86_64/loader/initrd"),
    ("boot/aarch64/linux", "boot/aarch64/initrd"),
    ("boot/vmlinuz-lts", "boot/initramfs-lts"),
)
"""Where distributions keep kernel and initial RAM disk of their installers, if nothing in the tree tells."""
_FAMILIES = (
    (r"Fedora", "fedora{major}"),
    (r"Red Hat Enterprise Linux", "rhel{version}"),
    (r"CentOS Stream", "centos-stream{major}"),
    (r"CentOS", "centos{version}"),
    (r"Rocky", "rocky{major}"),
    (r"AlmaLinux", "almalinux{major}"),
    (r"Oracle Linux", "ol{version}"),
    (r"openSUSE Leap", "opensuse{version}"),
    (r"openSUSE Tumbleweed", "opensusetumbleweed"),
)
"""Whose the families of trees are, and the short ids of their systems."""


class Tree(NamedTuple):
    """What is known of a tree.

    Attributes:
        kernel, initrd: paths inside of it; None if they are not found.
        system: names of the system that it installs, the likeliest first; empty if it does not tell.
    """

    kernel: str | None
    initrd: str | None
    system: tuple[str, ...]


def read_tree(path: str, arch: str, *, is_image: bool) -> Tree:
    """Return what a directory, or an image of a disc, holds to install a system on an architecture from.

    Raises InstallError if it cannot be read, or if what describes it is wrong.
    """
    if not is_image:
        return _find(Directory(path), path, arch)
    from .image import open_image

    with open_image(path) as image:
        return _find(image, path, arch)


def _find(medium: Medium[Any], path: str, arch: str) -> Tree:
    for name in _DESCRIPTIONS:
        content = medium.read(name)
        if content is not None:
            return _described(medium, _parse(content, name, path), path, arch)
    pair = next((pair for pair in _USUAL if all(map(medium.has, pair))), None)
    return Tree(None, None, ()) if pair is None else Tree(pair[0], pair[1], ())


def _parse(content: bytes, name: str, path: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    try:
        parser.read_string(content.decode())
    except (Error, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        raise InstallError(f"{name} does not describe a tree ({why})", option="--location", value=path) from None
    return parser


def _described(medium: Medium[Any], info: RawConfigParser, path: str, arch: str) -> Tree:
    arch = _said(info, "arch", "tree", "general") or arch
    files = [_said(info, key, f"images-{arch}") for key in ("kernel", "initrd")]
    for file in files:
        if file is not None and not medium.has(file):
            raise InstallError(f"its .treeinfo names {file!r}, which is no file in it", option="--location", value=path)
    return Tree(files[0], files[1], _systems(info))


def _systems(info: RawConfigParser) -> tuple[str, ...]:
    family = _said(info, "family", "general") or _said(info, "name", "release") or ""
    version = _said(info, "version", "general", "release") or ""
    for pattern, name in _FAMILIES:
        if re.match(pattern, family):
            found = name.format(version=version, major=version.partition(".")[0])
            return (found, f"{re.split('[{]', name)[0]}-unknown")
    return ()


def _said(info: RawConfigParser, key: str, *sections: str) -> str | None:
    """Return what the first of some sections says; None if none has it."""
    return next((info.get(section, key) for section in sections if info.has_option(section, key)), None)
