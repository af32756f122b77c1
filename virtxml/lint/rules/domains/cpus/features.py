"""Which features of a CPU are asked for, or kept off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import remove
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.cpu import GuestCPU
    from ....guest import Guest


@rule(
    "VX612",
    "cpu-feature-twice",
    "domain/cpu",
    words="CPU feature 'vmx' specified more than once",
    early=True,
    when="features",
    bad="""
<cpu mode='host-model'>
  <feature policy='require' name='vmx'/>
  <feature policy='require' name='vmx'/>
</cpu>
""",
    good="""
<cpu mode='host-model'>
  <feature policy='require' name='vmx'/>
</cpu>
""",
)
def cpu_feature_twice(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """A feature of the CPU is named twice.

    A feature has one policy, even if both are the same.
    """
    if len(cpu.features) < 2:
        return
    for feature in cpu.features:
        first = guest.first("CPU feature", feature.name, feature) if feature.name else None
        if first is not None:
            same = (feature.policy or "require") == (getattr(first, "policy", None) or "require")
            yield Problem(
                feature,
                "name",
                "the feature {name} is named already",
                other=first,
                fix=remove(cpu.features, feature) if same else None,
                name=feature.name,
            )


@rule(
    "VX620",
    "cpu-without-model",
    "domain/cpu",
    words="Non-empty feature list specified without CPU model",
    bad="""
<cpu>
  <feature policy='require' name='vmx'/>
</cpu>
""",
    good="""
<cpu mode='host-model'>
  <feature policy='require' name='vmx'/>
</cpu>
""",
)
def cpu_without_model(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """Features or a vendor are named, and no model of a CPU.

    Features are added to a model, or taken from it, and a model is of a vendor. Without a mode, libvirt takes `custom`,
    which needs a model.
    """
    del guest
    if cpu.model is not None and cpu.model.value:
        return
    if cpu.vendor:
        yield Problem(cpu, "vendor", "there is a vendor, and no model of its CPUs")
    elif cpu.features and cpu.mode in (None, "custom"):
        says = "there are features, and no CPU that they belong to"
        yield Problem(cpu, "features", says, help="add a <model>, or mode='host-model'")


@rule(
    "VX615",
    "cpu-sve-contradiction",
    "domain/cpu",
    drivers=("qemu",),
    needs=("arch",),
    words="SVE disabled, but SVE vector lengths provided",
    early=True,
    when="features",
    bad="""
<os>
  <type arch='aarch64' machine='virt'>hvm</type>
</os>
<cpu mode='host-passthrough'>
  <feature policy='disable' name='sve'/>
  <feature policy='require' name='sve512'/>
</cpu>
""",
    good="""
<os>
  <type arch='aarch64' machine='virt'>hvm</type>
</os>
<cpu mode='host-passthrough'>
  <feature policy='require' name='sve'/>
  <feature policy='require' name='sve512'/>
</cpu>
""",
)
def cpu_sve_contradiction(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """Scalable vectors are disabled, and have lengths.

    The features `sve128` and so on say how long the vectors of the feature `sve` are.
    """
    if not cpu.features or not guest.is_arm:
        return
    policies = {feature.name: feature for feature in cpu.features if feature.name}
    vectors = policies.get("sve")
    if vectors is None or vectors.policy not in ("disable", "forbid"):
        return
    for name, feature in policies.items():
        if name != "sve" and name.startswith("sve"):
            yield Problem(
                feature,
                "name",
                "{name} is a length of vectors, which are disabled",
                other=vectors,
                there="they are disabled here",
                name=name,
            )
            return


@rule(
    "VX666",
    "cpu-vendor-id",
    "domain/cpu",
    words="vendor_id must be exactly 12 characters long",
    early=True,
    bad="""
<cpu mode='host-model'>
  <model vendor_id='ÄuthenticAMD'/>
</cpu>
""",
    good="""
<cpu mode='host-model'>
  <model vendor_id='AuthenticAMD'/>
</cpu>
""",
)
def cpu_vendor_id(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """The vendor that a CPU names has other than 12 bytes.

    Letters with marks take two bytes or more.
    """
    del guest
    vendor = cpu.model.vendor_id if cpu.model is not None else None
    if vendor is not None and cpu.mode in (None, "custom", "host-model") and len(vendor.encode()) != 12:
        yield Problem(cpu.model or cpu, "vendor_id", "a vendor has 12 bytes, not {count}", count=len(vendor.encode()))
