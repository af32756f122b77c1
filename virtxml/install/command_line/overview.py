"""`install --help`: virt-install's options by group, and `install --version`: which virt-install is followed."""

from __future__ import annotations

import textwrap

FOLLOWED = "5.1.0"
"""The version of virt-install whose options and defaults are followed."""

GROUPS = {
    "general": ("connect", "name", "memory", "vcpus", "cpu", "metadata", "xml", "arch", "machine", "virt-type"),
    "installation": (
        *("cdrom", "location", "pxe", "import", "extra-args", "initrd-inject", "unattended", "install", "reinstall"),
        *("cloud-init", "boot", "idmap", "osinfo", "hvm", "paravirt", "container"),
    ),
    "devices": (
        *("disk", "network", "graphics", "video", "controller", "input", "serial", "parallel", "channel", "console"),
        *("hostdev", "filesystem", "sound", "audio", "watchdog", "smartcard", "redirdev", "memballoon", "tpm", "rng"),
        *("panic", "shmem", "memdev", "vsock", "iommu", "pstore"),
    ),
    "the machine": (
        *("iothreads", "seclabel", "keywrap", "cputune", "numatune", "memtune", "blkiotune", "memorybacking"),
        *("features", "clock", "pm", "events", "resource", "sysinfo", "qemu-commandline", "launchSecurity"),
    ),
    "what is done": (
        *("autostart", "transient", "destroy-on-exit", "noreboot", "wait", "autoconsole", "noautoconsole"),
        *("print-xml", "dry-run", "check", "quiet", "debug", "help", "version"),
    ),
}
"""virt-install's options by what they are about, without those of older versions, which are known too."""


def overview() -> str:
    """Return virt-install's options by group, as lines of help."""
    lines = [f"Options of virt-install {FOLLOWED}, the version that is followed:"]
    for group, names in GROUPS.items():
        words = " ".join(f"--{name}" for name in names)
        lines.append(f"  {group}:")
        lines += textwrap.wrap(words, 76, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(lines) + "\n"
