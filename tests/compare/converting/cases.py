"""Documents that other releases do not take as they are."""

from __future__ import annotations

from virtxml import Domain

DOMAIN = """<domain type='kvm'>
  <name>web</name>
  <memory unit='KiB'>4194304</memory>
  <vcpu>16</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash' format='raw'>/usr/share/OVMF/OVMF_CODE.fd</loader>
  </os>
  <features>
    <acpi/>
    <async-teardown enabled='yes'/>
  </features>
  <devices>
{devices}
  </devices>
</domain>
"""


def domain(*devices: str) -> Domain:
    """Return a guest with some devices."""
    return Domain.from_xml(DOMAIN.format(devices="\n".join(devices)))
