"""How volumes are encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.common import Encryption
    from ....schema.storagevol import StorageVolume
    from ...facts import Facts


@rule(
    "VX967",
    "volume-encryption",
    "volume/target/encryption",
    words="A single <secret type='passphrase'...> element is expected in encryption description",
    bad="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='raw'/>
    <encryption format='luks'/>
  </target>
</volume>
""",
    good="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='raw'/>
    <encryption format='luks'>
      <secret type='passphrase' uuid='e78d4b51-a2af-485f-b0f5-afca709a80f4'/>
    </encryption>
  </target>
</volume>
""",
)
def volume_encryption(encryption: Encryption, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """A volume cannot be encrypted like this.

    libvirt makes encrypted volumes with LUKS, raw or of the format qcow2, and with one passphrase, which is a secret of
    libvirt's.
    """
    volume = facts.model
    if volume.key:
        return
    kind = volume.target.format.type if volume.target is not None and volume.target.format is not None else None
    if kind not in {None, "raw", "qcow2"}:
        yield Problem(encryption, "", "volumes of the format {kind} are not encrypted", kind=kind)
    elif encryption.format in {"qcow", "luks2"}:
        yield Problem(encryption, "format", "volumes are encrypted with luks, not {format}", format=encryption.format)
    elif len(encryption.secrets) != 1:
        node, field = (encryption.secrets[1], "") if encryption.secrets else (encryption, "secrets")
        yield Problem(node, field, "the passphrase is in one <secret>, not {count}", count=len(encryption.secrets))
