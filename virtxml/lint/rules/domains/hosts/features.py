"""Whether a host has the features of a guest: encrypted memory, enlightenments, sources of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....diagnostics.display import either
from ....rule import Problem, rule
from .offers import offer, values, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Domain, FeaturesGic, FeaturesHyperv, LaunchSecurity, MemoryBacking, MemoryDevice
    from .....schema.domaincaps import Features
    from ....guest import Guest

_SWITCHES = (
    ("genid", "genid", "", "an ID that tells clones apart"),
    ("features", "vmcoreinfo", "state", "vmcoreinfo"),
    ("features", "async_teardown", "enabled", "asynchronous teardown"),
    ("features", "ps2", "state", "PS/2 that can be switched"),
)
"""Where a guest has a feature, its name in both documents, the field that switches it on, and how it is called."""


def _features(guest: Guest) -> Features | None:
    caps = offer(guest)
    return caps.features if caps is not None else None


@rule(
    "VX892",
    "feature-not-on-host",
    "domain",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: vmcoreinfo is not available with this QEMU binary",
    bad="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='ppc64le' machine='pseries'>hvm</type>
  </os>
  <features>
    <vmcoreinfo state='on'/>
  </features>
</domain>
""",
    good="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='ppc64le' machine='pseries'>hvm</type>
  </os>
</domain>
""",
)
def feature_not_on_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The host's QEMU does not have a feature.

    It depends on the version of QEMU, on the machine, and on how QEMU was built.
    """
    yield from _parts(domain, guest)
    features = _features(guest)
    for place, name, switch, what in _SWITCHES if features is not None else ():
        told: Any = getattr(features, name)
        if told is None or told.supported is not False:
            continue
        if place == "genid":
            if domain.genid is not None:
                yield Problem(domain, "genid", f"the host has no {what} for such a guest")
            continue
        node: Any = getattr(domain.features, name, None)
        if node is not None and (name == "ps2" or getattr(node, switch) is not False):
            yield Problem(node, switch, f"the host has no {what} for such a guest")


def _parts(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """Tell of what domain capabilities have a place of its own for: I/O threads, variables of firmware in JSON."""
    caps = offer(guest)
    if caps is None:
        return
    if domain.iothreads and caps.iothreads is not None and caps.iothreads.supported is False:
        yield Problem(domain, "iothreads", "the host has no I/O threads for such a guest")
    store = domain.os.varstore if domain.os is not None else None
    told = caps.os.varstore if caps.os is not None else None
    if store is not None and told is not None and told.supported is False:
        yield Problem(store, "", "the host has no <varstore> for such a guest")


@rule(
    "VX955",
    "launch-security-not-on-host",
    "domain/launchSecurity",
    phase="start",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: SEV launch security is not supported with this QEMU binary",
    bad="""
<launchSecurity type='sev'>
  <cbitpos>47</cbitpos>
  <reducedPhysBits>1</reducedPhysBits>
  <policy>0x0003</policy>
</launchSecurity>
""",
    good="<devices/>",
)
def launch_security_not_on_host(security: LaunchSecurity, guest: Guest) -> Iterator[Problem]:
    """The host cannot encrypt the guest's memory in this way.

    SEV needs a processor of AMD's, TDX one of Intel's, and `s390-pv` a mainframe; each needs firmware and a kernel
    that let it. libvirt refuses some of them already as the guest is defined.
    """
    features = _features(guest)
    if features is None or security.type is None:
        return
    known = values_of(features.launch_security, "sectype")
    plain = {"sev": features.sev, "s390-pv": features.s390_pv, "tdx": features.tdx}.get(security.type)
    if known is None and plain is not None and plain.supported is False:
        known = []
    if known is not None and security.type not in known:
        yield Problem(
            security,
            "type",
            "the host cannot start guests with the launch security {type}",
            help="it has {known}" if known else "",
            type=security.type,
            known=either(known, "and"),
        )


@rule(
    "VX893",
    "hyperv-feature-not-on-host",
    "domain/features/hyperv",
    phase="start",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: host doesn't support hyperv 'evmcs' feature",
    bad="<features>\n  <hyperv mode='custom'>\n    <evmcs state='on'/>\n  </hyperv>\n</features>",
    good="<features>\n  <hyperv mode='custom'>\n    <runtime state='on'/>\n  </hyperv>\n</features>",
)
def hyperv_feature_not_on_host(hyperv: FeaturesHyperv, guest: Guest) -> Iterator[Problem]:
    """The host's KVM does not have an enlightenment for Windows.

    It depends on the kernel, and on the processor: `evmcs` is Intel's, `avic` AMD's. With `mode='passthrough'` the
    guest gets those that there are.
    """
    features = _features(guest)
    known = values_of(features.hyperv, "features") if features is not None else None
    if known is None or not known or guest.model.type != "kvm" or hyperv.mode == "passthrough":
        return
    for name in type(hyperv).xml_fields:
        node = getattr(hyperv, name)
        if getattr(node, "state", None) and name not in known and name not in _DROPPED:
            yield Problem(node, "state", "the host has no enlightenment {name}", name=name)


_DROPPED = ("relaxed", "vapic", "spinlocks", "vendor_id")
"""The enlightenments without which guests start all the same."""


@rule(
    "VX894",
    "gic-not-on-host",
    "domain/features/gic",
    phase="start",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="error: failed to set irq mode: host does not support in-kernel GICv2 emulation",
    bad="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='aarch64' machine='virt'>hvm</type>
  </os>
  <features>
    <gic version='2'/>
  </features>
</domain>
""",
    good="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='aarch64' machine='virt'>hvm</type>
  </os>
  <features>
    <gic version='3'/>
  </features>
</domain>
""",
)
def gic_not_on_host(gic: FeaturesGic, guest: Guest) -> Iterator[Problem]:
    """The host has no interrupt controller of the version for guests.

    KVM gives guests what the processor can, which is version 3 on most servers. Without a version, or with `host`,
    libvirt takes the one that there is.
    """
    features = _features(guest)
    known = values_of(features.gic, "version") if features is not None else None
    if known and gic.version not in (None, "host", *known):
        yield Problem(
            gic,
            "version",
            "the host has no GIC of version {version}",
            help="it has {known}",
            version=gic.version,
            known=either(known, "and"),
        )


@rule(
    "VX895",
    "memory-not-on-host",
    "domain",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: sgx epc isn't supported by this QEMU binary",
    bad="""
<devices>
  <memory model='sgx-epc'>
    <target>
      <size unit='KiB'>16384</size>
    </target>
  </memory>
</devices>
""",
    good="<devices/>",
)
def memory_not_on_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The host has no memory of the kind: enclaves of SGX, or a source of the guest's memory.

    SGX needs a processor of Intel's, whose BIOS lets it; memory from `memfd` a QEMU that has it.
    """
    caps = offer(guest)
    if caps is None:
        return
    sgx = caps.features.sgx if caps.features is not None else None
    devices: list[MemoryDevice] = guest.devices.memories if sgx is not None and sgx.supported is False else []
    for device in devices:
        if device.model == "sgx-epc":
            yield Problem(device, "model", "the host has no SGX for such a guest")
    backing: MemoryBacking | None = domain.memory_backing
    source: Element | None = backing.source if backing is not None else None
    wanted = getattr(source, "type", None)
    known = values(caps, "memory_backing", "sourceType")
    if source is not None and wanted is not None and known is not None and wanted not in known:
        yield Problem(source, "type", "the host has no memory from {source} for such a guest", source=wanted)
