"""What is said of a guest whose memory is encrypted."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import LaunchSecurity
    from ....guest import Guest

_LENGTHS = {
    "sev-snp": {"guest_visible_workarounds": 16, "id_block": 96, "id_auth": 4096, "host_data": 32},
    "tdx": {"mr_config_id": 48, "mr_owner": 48, "mr_owner_config": 48},
}
"""How many bytes the values have."""


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
    """A value that the guest's processor measures has the wrong length.

    The processor takes so many bytes and no others. They are written in base 64.
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
            yield Problem(security, field, "this has {length} bytes, not {found}", length=length, found=found)
