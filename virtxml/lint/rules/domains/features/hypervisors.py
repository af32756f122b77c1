"""What hypervisors show of themselves: KVM's, QEMU's and Hyper-V's features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule
from ....values import MEBIBYTE, bytes_of, size_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Features, FeaturesHyperv, FeaturesKvm, FeaturesTcg
    from ....guest import Guest

_NEEDS = {
    "synic": ("vpindex",),
    "stimer": ("synic",),
    "ipi": ("vpindex",),
    "tlbflush": ("vpindex",),
    "evmcs": ("vapic",),
}
"""The enlightenments that need others, by which ones."""
_RING = range(1024, 65536 + 1)
"""How many pages a ring of dirty pages has."""
_DOMAIN = """
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>{features}
</domain>
"""


@rule(
    "VX672",
    "hyperv-dependencies",
    "domain/features/hyperv",
    severity="warning",
    phase="",
    drivers=("qemu",),
    words="Hyper-V synthetic interrupt controller (hv-synic) requires Hyper-V VP index (hv-vpindex)",
    bad="""
<features>
  <hyperv mode='custom'>
    <synic state='on'/>
  </hyperv>
</features>
""",
    good="""
<features>
  <hyperv mode='custom'>
    <vpindex state='on'/>
    <synic state='on'/>
  </hyperv>
</features>
""",
)
def hyperv_dependencies(hyperv: FeaturesHyperv, guest: Guest) -> Iterator[Problem]:
    """An enlightenment needs another one.

    libvirt takes the guest, and QEMU does not start it with KVM.
    """
    if hyperv.mode in ("passthrough", "host-model") or guest.model.type != "kvm":
        return
    for field, needed in _NEEDS.items():
        if not _is_on(hyperv, field):
            continue
        for other in needed:
            if not _is_on(hyperv, other):
                says = "{name} needs {needed}"
                yield Problem(hyperv, field, says, help="add <{needed} state='on'/>", name=field, needed=other)


def _is_on(hyperv: FeaturesHyperv, field: str) -> bool:
    feature = getattr(hyperv, field)
    return feature is not None and feature.state is True


@rule(
    "VX684",
    "hyperv-settings",
    "domain/features/hyperv",
    words="HyperV spinlock retry count must be at least 4095",
    early=True,
    bad="""
<features>
  <hyperv>
    <spinlocks state='on'/>
  </hyperv>
</features>
""",
    good="""
<features>
  <hyperv>
    <spinlocks state='on' retries='8191'/>
  </hyperv>
</features>
""",
)
def hyperv_settings(hyperv: FeaturesHyperv, guest: Guest) -> Iterator[Problem]:
    """An enlightenment lacks its value, or has one that is none.

    Locks are tried 4095 times at least before a guest gives up its CPU, and a vendor has a name.
    """
    del guest
    locks, vendor = hyperv.spinlocks, hyperv.vendor_id
    if hyperv.mode == "passthrough":
        return
    for name, feature in (("stimer", hyperv.stimer), ("tlbflush", hyperv.tlbflush)):
        if feature is not None and feature.state is None:
            yield Problem(feature, "state", "is {name} on or off?", help="add state='on' or state='off'", name=name)
    if locks is not None and locks.state is True:
        retries = whole(locks.retries)
        if locks.retries is None:
            yield Problem(locks, "retries", "how often is a lock tried?", help="add retries='8191'")
        elif retries is not None and retries < 4095:
            yield Problem(locks, "retries", "locks are tried 4095 times at least, not {retries}", retries=retries)
    if vendor is not None and vendor.state is True and vendor.value is None:
        yield Problem(vendor, "value", "which vendor is shown?", help="add value='none', or another name")


@rule(
    "VX673",
    "kvm-features-without-kvm",
    "domain/features",
    severity="info",
    phase="",
    group="style",
    drivers=("qemu",),
    early=True,
    when="kvm",
    bad=_DOMAIN.format(
        features="""
  <features>
    <kvm>
      <hidden state='on'/>
    </kvm>
  </features>"""
    ),
    good=_DOMAIN.format(features="\n  <features/>"),
)
def kvm_features_without_kvm(features: Features, guest: Guest) -> Iterator[Problem]:
    """KVM's features are chosen for a guest that QEMU emulates.

    They do nothing: KVM does not run the guest.
    """
    if guest.model.type == "qemu" and features.kvm is not None:
        yield Problem(features, "kvm", "KVM does not run this guest", fix=drop(features, "kvm"))


@rule(
    "VX691",
    "kvm-dirty-ring",
    "domain/features/kvm",
    words="dirty ring must be power of 2 and ranges [1024, 65536]",
    since="8.1.0",
    early=True,
    bad="""
<features>
  <kvm>
    <dirty-ring state='on' size='5000'/>
  </kvm>
</features>
""",
    good="""
<features>
  <kvm>
    <dirty-ring state='on' size='4096'/>
  </kvm>
</features>
""",
)
def kvm_dirty_ring(kvm: FeaturesKvm, guest: Guest) -> Iterator[Problem]:
    """A ring of dirty pages has a size that there cannot be.

    It is a power of two from 1024 to 65536.
    """
    del guest
    ring = kvm.dirty_ring
    if ring is None or ring.state is not True:
        return
    size = whole(ring.size)
    if ring.size is None:
        yield Problem(ring, "size", "how many pages does the ring have?", help="add size='4096'")
    elif size is not None and (size not in _RING or size & (size - 1)):
        yield Problem(ring, "size", "the ring has a power of two from 1024 to 65536, not {size}", size=size)


@rule(
    "VX692",
    "tcg-features",
    "domain/features/tcg",
    drivers=("qemu",),
    words="TCG features are incompatible with domain type 'kvm'",
    since="8.1.0",
    bad="""
<features>
  <tcg>
    <tb-cache unit='MiB'>128</tb-cache>
  </tcg>
</features>
""",
    good=_DOMAIN.format(
        features="""
  <features>
    <tcg>
      <tb-cache unit='MiB'>128</tb-cache>
    </tcg>
  </features>"""
    ),
)
def tcg_features(tcg: FeaturesTcg, guest: Guest) -> Iterator[Problem]:
    """QEMU's translator is set up for a guest that it does not run, or with a size that there cannot be.

    Only guests of the type `qemu` are translated. The cache for that has whole MiB.
    """
    if guest.model.type != "qemu":
        features = guest.model.features
        fix = drop(features, "tcg") if features is not None else None
        says = "QEMU translates no code for guests of the type {kind}"
        yield Problem(tcg, "", says, fix=fix, kind=str(guest.model.type))
    elif tcg.tb_cache is not None and (size := bytes_of(tcg.tb_cache)) and size % MEBIBYTE:
        yield Problem(tcg.tb_cache, "value", "the cache has whole MiB, not {size}", size=size_shown(size))
