"""Randomness, and sockets between guest and host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Rng, Vsock, VsockCid
    from ....guest import Guest

_FIRST_CID = 3
_LAST_CID = 0xFFFFFFFE
_USUAL = frozenset(["/dev/random", "/dev/urandom", "/dev/hwrng"])


@rule(
    "VX788",
    "vsock-cid",
    "domain/devices/vsock",
    words="guest CIDs must be >= 3",
    early=True,
    when="cid",
    bad="""
<devices>
  <vsock model='virtio'>
    <cid auto='no' address='2'/>
  </vsock>
</devices>
""",
    good="""
<devices>
  <vsock model='virtio'>
    <cid auto='yes'/>
  </vsock>
</devices>
""",
)
def vsock_cid(vsock: Vsock, guest: Guest) -> Iterator[Problem]:
    """The address of a guest is one that no guest has.

    0, 1 and 2 are the hypervisor, the loop-back and the host.
    """
    cid = vsock.cid
    address = whole(cid.address) if cid is not None else None
    if cid is not None and address is not None and address < _FIRST_CID:
        yield Problem(
            cid, "address", "{address} is no guest's address: they begin at 3", fix=_chosen(cid), address=address
        )


def _chosen(cid: VsockCid) -> Fix:
    """Return the fix that lets libvirt choose the address."""

    def change() -> None:
        cid.address, cid.auto = None, True

    return Fix("let libvirt choose the address", change, safe=False)


@rule(
    "VX971",
    "vsock-cid-of-any",
    "domain/devices/vsock",
    words="vhost-vsock: unable to set guest cid: Invalid argument",
    phase="start",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <vsock model='virtio'>
    <cid auto='no' address='4294967295'/>
  </vsock>
</devices>
""",
    good="""
<devices>
  <vsock model='virtio'>
    <cid auto='no' address='4294967294'/>
  </vsock>
</devices>
""",
)
def vsock_cid_of_any(vsock: Vsock, guest: Guest) -> Iterator[Problem]:
    """The address of a guest is the one that stands for any.

    Addresses have 32 bits, and the highest means all of them. The kernel gives it to no guest.
    """
    del guest
    address = whole(vsock.cid.address) if vsock.cid is not None else None
    if vsock.cid is not None and address is not None and address > _LAST_CID:
        says = "{address} is no guest's address: they end at {last}"
        yield Problem(vsock.cid, "address", says, address=address, last=_LAST_CID)


@rule(
    "VX790",
    "rng-source",
    "domain/devices/rng",
    severity="info",
    phase="",
    drivers=("qemu",),
    early=True,
    when="backend",
    bad="""
<devices>
  <rng model='virtio'>
    <backend model='random'>/etc/motd</backend>
  </rng>
</devices>
""",
    good="""
<devices>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
  </rng>
</devices>
""",
)
def rng_source(rng: Rng, guest: Guest) -> Iterator[Problem]:
    """The randomness of a guest is no usual source of it.

    What the guest takes for random is what is read there.
    """
    backend = rng.backend
    if backend is not None and backend.model == "random" and backend.value and backend.value.strip() not in _USUAL:
        yield Problem(backend, "value", "{path} is no source of randomness of Linux", path=backend.value.strip())
