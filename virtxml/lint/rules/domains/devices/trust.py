"""What a guest can trust: its TPM, and its memory that is encrypted."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import LaunchSecurity, Tpm
    from ....guest import Guest


@rule(
    "VX783",
    "tpm-version",
    "domain/devices/tpm",
    words="TPM 1.2 is not supported for model 'tpm-crb'",
    drivers=("qemu",),
    early=True,
    when="backend",
    bad="""
<devices>
  <tpm model='tpm-crb'>
    <backend type='emulator' version='1.2'/>
  </tpm>
</devices>
""",
    good="""
<devices>
  <tpm model='tpm-crb'>
    <backend type='emulator' version='2.0'/>
  </tpm>
</devices>
""",
)
def tpm_version(tpm: Tpm, guest: Guest) -> Iterator[Problem]:
    """A TPM is of version 1.2, and its model, its machine or its settings are not.

    Only tpm-tis of PCs is. Banks of registers to choose from, and profiles, came with version 2.0.
    """
    backend = tpm.backend
    if backend is None or backend.type != "emulator" or backend.version != "1.2":
        return
    fix = put(backend, "version", "2.0", safe=False)
    if tpm.model is not None and tpm.model != "tpm-tis":
        yield Problem(backend, "version", "TPMs of the model {model} are of version 2.0", fix=fix, model=tpm.model)
    elif guest.arch and not guest.is_x86:
        yield Problem(backend, "version", "TPMs of {arch} are of version 2.0", fix=fix, arch=guest.arch)
    elif backend.active_pcr_banks is not None:
        yield Problem(backend, "active_pcr_banks", "TPMs of version 1.2 have no banks to choose from")
    elif backend.profile is not None and backend.profile.source:
        yield Problem(backend, "profile", "TPMs of version 1.2 have no profiles")


@rule(
    "VX795",
    "tpm-settings",
    "domain/devices/tpm",
    words="TPM Proxy model spapr-tpm-proxy requires 'Passthrough' backend",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    bad="""
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices>
  <tpm model='spapr-tpm-proxy'>
    <backend type='emulator' version='2.0'/>
  </tpm>
</devices>
""",
    good="""
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices>
  <tpm model='spapr-tpm-proxy'>
    <backend type='passthrough'/>
  </tpm>
</devices>
""",
)
def tpm_settings(tpm: Tpm, guest: Guest) -> Iterator[Problem]:
    """A TPM does not go with its backend, or with the guest's processor.

    spapr-tpm-proxy hands the host's TPM on. tpm-spapr and it are of POWER only, tpm-crb of PCs. A TPM that somebody
    else runs has a socket.
    """
    backend, model = tpm.backend, tpm.model or ""
    fits = guest.is_ppc64 if "spapr" in model else guest.is_x86 or model != "tpm-crb"
    if not fits and guest.arch and not guest.has("domcapabilities"):
        yield Problem(tpm, "model", "{arch} has no TPM of the model {model}", arch=guest.arch, model=model)
    elif model == "spapr-tpm-proxy" and backend is not None and backend.type != "passthrough":
        yield Problem(backend, "type", "a proxy hands the host's TPM on: its backend is of type passthrough")
    if backend is not None and backend.type == "external" and backend.source is None:
        yield Problem(backend, "source", "the socket of the TPM is missing")


_LENGTHS = {
    "sev-snp": {"guest_visible_workarounds": 16, "id_block": 96, "id_auth": 4096, "host_data": 32},
    "tdx": {"mr_config_id": 48, "mr_owner": 48, "mr_owner_config": 48},
}
"""How many bytes the values have."""
_TDX_POLICY = 1 | 1 << 28
"""The bits that are possible: debugging, and no exceptions for pages that the guest has not accepted."""


@rule(
    "VX789",
    "launch-security",
    "domain/launchSecurity",
    words="Unexpected length of 'hostData', expected 32 got 3",
    since="10.5.0",
    early=True,
    bad="""
<launchSecurity type='sev-snp'>
  <policy>0x00030000</policy>
  <hostData>AQID</hostData>
</launchSecurity>
""",
    good="""
<launchSecurity type='sev-snp'>
  <policy>0x00030000</policy>
  <hostData>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</hostData>
</launchSecurity>
""",
)
def launch_security(security: LaunchSecurity, guest: Guest) -> Iterator[Problem]:
    """A measured value has the wrong length, or TDX is asked for what it does not have.

    The processor takes so many bytes and no others; they are written in base 64. With TDX, a guest has neither SMM nor
    performance counters, and its firmware is no flash.
    """
    for field, length in _LENGTHS.get(security.type or "", {}).items():
        value = getattr(security, field)
        if not value:
            continue
        try:
            found = len(b64decode(value))
        except (Error, ValueError):
            continue
        if found != length:
            yield Problem(
                security,
                field,
                "{value} has {length} bytes, not {found}",
                value=type(security).xml_fields[field].xml,
                length=length,
                found=found,
            )
    if security.type == "tdx" and guest.driver == "qemu":
        yield from _kept_from_tdx(security, guest)


def _kept_from_tdx(security: LaunchSecurity, guest: Guest) -> Iterator[Problem]:
    """Iterate over what does not go with Intel's TDX: policies, and features of the guest."""
    policy, features = whole(security.policy), guest.model.features
    if policy is not None and policy & ~_TDX_POLICY:
        yield Problem(security, "policy", "bits 0 and 28 are all that a policy of TDX has")
    loader = guest.os.loader if guest.os is not None else None
    if loader is not None and loader.type == "pflash":
        yield Problem(loader, "type", "guests with TDX have their firmware in memory, not in flash: type rom")
    if features is None:
        return
    if features.ioapic is not None and features.ioapic.driver == "kvm":
        yield Problem(features.ioapic, "driver", "guests with TDX have QEMU's I/O APIC")
    for name in ("pmu", "smm"):
        feature = getattr(features, name)
        if feature is not None and feature.state is not False:
            yield Problem(feature, "state", "guests with TDX have no {name}", name=name, fix=drop(features, name))


@rule(
    "VX972",
    "launch-security-needs-kvm",
    "domain/launchSecurity",
    words="accelerator does not support confidential guest lsec0",
    phase="start",
    early=True,
    bad="""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <launchSecurity type='sev'>
    <policy>0x0003</policy>
  </launchSecurity>
</domain>
""",
    good="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <launchSecurity type='sev'>
    <policy>0x0003</policy>
  </launchSecurity>
</domain>
""",
)
def launch_security_needs_kvm(security: LaunchSecurity, guest: Guest) -> Iterator[Problem]:
    """A guest's memory is to be encrypted, and QEMU emulates its processor.

    The host's processor encrypts memory, so KVM has to run the guest. QEMU alone does not start it.
    """
    if guest.model.type == "qemu":
        yield Problem(security, "type", "only guests of KVM have encrypted memory", help="say type='kvm' in <domain>")
