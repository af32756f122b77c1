"""What is said of kernels that the host starts, and of other programs that load guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Os
    from ....guest import Guest


@rule(
    "VX554",
    "boot-kernel-missing",
    "domain/os",
    words="-append only allowed with -kernel",
    phase="start",
    drivers=("qemu",),
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <cmdline>console=ttyS0</cmdline>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <kernel>/boot/vmlinuz</kernel>
  <cmdline>console=ttyS0</cmdline>
</os>
""",
)
def boot_kernel_missing(os: Os, _: Guest) -> Iterator[Problem]:
    """A command line or an initial RAM disk is given, and no kernel.

    Both are for the kernel that QEMU starts by itself. libvirt takes them alone, and QEMU does not start with them. The
    command line of a kernel on the guest's own disk is set in the guest.
    """
    if os.kernel:
        return
    for field in ("initrd", "cmdline"):
        if getattr(os, field):
            yield Problem(os, field, "<{name}> is for a kernel, and there is no <kernel>", name=field)


@rule(
    "VX555",
    "boot-shim-without-kernel",
    "domain/os",
    words="shim only allowed with kernel option",
    since="11.2.0",
    when="shim",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <shim>/boot/shim.efi</shim>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <kernel>/boot/vmlinuz</kernel>
  <shim>/boot/shim.efi</shim>
</os>
""",
)
def boot_shim_without_kernel(os: Os, _: Guest) -> Iterator[Problem]:
    """A shim is given, and no kernel that it could load.

    The shim is started in the place of the kernel, checks it and starts it.
    """
    if os.shim and not os.kernel:
        yield Problem(os, "shim", "<shim> loads a kernel, and there is no <kernel>", fix=drop(os, "shim"))


@rule(
    "VX574",
    "os-type-not-for-qemu",
    "domain/os",
    words="could not find capabilities for ostype=xen",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<os>
  <type arch='x86_64'>linux</type>
</os>
""",
    good="""
<os>
  <type arch='x86_64'>hvm</type>
</os>
""",
)
def os_type_not_for_qemu(os: Os, guest: Guest) -> Iterator[Problem]:
    """A guest of QEMU is of another type than hvm.

    The other types are of kernels that Xen starts (xen, linux, xenpvh) and of containers (exe).
    """
    kind = os.type
    if kind is not None and kind.value not in (None, "hvm"):
        yield Problem(
            kind,
            "value",
            "{driver} runs guests of the type hvm, not {type}",
            type=kind.value,
            driver="QEMU" if guest.driver == "qemu" else guest.driver,
        )
