"""Hosts that need no files: current ones, with QEMU and KVM, one per architecture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .host import Host

ARCHITECTURES = ("x86_64", "aarch64", "ppc64le", "s390x", "riscv64")
"""The architectures of the built-in hosts."""


def builtin_host(arch: str = "x86_64", *, driver: str = "qemu") -> Host:
    """Return a current host of an architecture and a hypervisor driver, with the network "default".

    Raises InstallError for an architecture or a driver that there is no built-in host of.
    """
    raise NotImplementedError
