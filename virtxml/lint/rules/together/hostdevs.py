"""Devices of the host that guests get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...together.declaring import Clash, together
from ...together.documents import Use, twice
from ..domains.duplicates.hostdevs import assigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...together.documents import Documents


@together(
    "VX905",
    "shared-hostdev",
    severity="warning",
    phase="",
    words="Requested operation is not valid: PCI device 0000:3b:00.0 is in use by driver QEMU, domain web",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source>
        <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
      </source>
    </hostdev>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source>
        <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
      </source>
    </hostdev>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source>
        <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
      </source>
    </hostdev>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source>
        <address domain='0x0000' bus='0x3b' slot='0x00' function='0x1'/>
      </source>
    </hostdev>
  </devices>
</domain>
""",
)
def shared_hostdev(documents: Documents) -> Iterator[Clash]:
    """Two guests get the same device of the host.

    The second one of the guests does not start while the first one runs. That is fine where they take turns.
    """
    for use, first in twice(_assigned(documents)):
        yield Clash(
            use,
            'the guest "{other}" gets this device, too',
            first=first,
            there="gets it, too",
            other=first.document.name,
        )


def _assigned(documents: Documents) -> Iterator[Use]:
    for guest in documents.guests:
        for device, key in assigned(guest.facts.devices):
            if key[0] != "usb model":  # of which there may be several
                yield Use(key, guest, device, "source")
