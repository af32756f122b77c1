"""What of storage documents name that none of them defines.

A set of files need not be all that there is on a host. So each rule is only asked where the set has something of the
kind that is missing: whoever brings a network, brings the networks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...together.declaring import Clash, together
from ...together.documents import Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.common import Auth, Encryption
    from ....schema.storagepool import SourceAuth
    from ...together.documents import Document, Documents


@together(
    "VX916",
    "undefined-pool",
    severity="warning",
    phase="",
    words="Storage pool not found: no storage pool with matching name 'images'",
    bad="""
<!-- isos.xml -->
<pool type='dir'>
  <target>
    <path>/srv/isos</path>
  </target>
</pool>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='volume'>
      <source pool='images' volume='web.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
    good="""
<!-- images.xml -->
<pool type='dir'>
  <target>
    <path>/srv/images</path>
  </target>
</pool>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='volume'>
      <source pool='images' volume='web.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
)
def undefined_pool(documents: Documents) -> Iterator[Clash]:
    """Disks are volumes of a storage pool that no file defines, though some define pools.

    libvirt defines such a guest, and does not start it.
    """
    known = {pool.name for pool in documents.pools}
    for use in _volumes(documents) if known else ():
        pool = getattr(use.node, "pool", None)
        if pool and pool not in known:
            yield Clash(use._replace(field="pool"), 'no file defines a storage pool "{name}"', name=pool)


@together(
    "VX917",
    "undefined-volume",
    severity="warning",
    phase="",
    words="Storage volume not found: no storage vol with matching name 'web.qcow2'",
    bad="""
<!-- images.xml -->
<pool type='dir'>
  <target>
    <path>/srv/images</path>
  </target>
</pool>
<!-- volume.xml -->
<volume>
  <name>db.qcow2</name>
  <capacity unit='GiB'>20</capacity>
  <target>
    <format type='qcow2'/>
  </target>
</volume>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='volume'>
      <source pool='images' volume='web.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
    good="""
<!-- images.xml -->
<pool type='dir'>
  <target>
    <path>/srv/images</path>
  </target>
</pool>
<!-- volume.xml -->
<volume>
  <name>web.qcow2</name>
  <capacity unit='GiB'>20</capacity>
  <target>
    <format type='qcow2'/>
  </target>
</volume>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='volume'>
      <source pool='images' volume='web.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
)
def undefined_volume(documents: Documents) -> Iterator[Clash]:
    """Disks are a volume that no file defines, though some define volumes, and the pool.

    libvirt defines such a guest, and does not start it. A volume's document does not say in which pool it is.
    """
    pools = {pool.name for pool in documents.pools}
    known = {volume.name for volume in documents.volumes}
    for use in _volumes(documents) if known else ():
        if getattr(use.node, "pool", None) in pools and use.key not in known:
            yield Clash(use, 'no file defines a volume "{name}"', name=use.key)


def _volumes(documents: Documents) -> Iterator[Use]:
    """Iterate over the volumes that disks are."""
    for guest in documents.guests:
        for disk in guest.facts.devices.disks:
            source = disk.source
            if disk.type == "volume" and source is not None and source.volume:
                yield Use(source.volume, guest, source, "volume")


@together(
    "VX919",
    "undefined-secret",
    severity="warning",
    phase="",
    words="Secret not found: no secret with matching uuid '5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11'",
    bad="""
<!-- secret.xml -->
<secret ephemeral='no' private='yes'>
  <uuid>0f9a1d4e-7c58-4f0e-8a38-6a0f3f2b9c22</uuid>
  <usage type='volume'>
    <volume>/images/db.img</volume>
  </usage>
</secret>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <source file='/images/web.img'>
        <encryption format='luks'>
          <secret type='passphrase' uuid='5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11'/>
        </encryption>
      </source>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
    good="""
<!-- secret.xml -->
<secret ephemeral='no' private='yes'>
  <uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>
  <usage type='volume'>
    <volume>/images/web.img</volume>
  </usage>
</secret>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <source file='/images/web.img'>
        <encryption format='luks'>
          <secret type='passphrase' uuid='5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11'/>
        </encryption>
      </source>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
)
def undefined_secret(documents: Documents) -> Iterator[Clash]:
    """Disks or pools need a secret that no file defines, though some define secrets.

    libvirt defines the guest or the pool, and does not start it. What the secret is, is not in a document.
    """
    uuids = {secret.uuid for secret in documents.secrets}
    usages = {secret.name for secret in documents.secrets}
    for use in _secrets(documents) if uuids else ():
        if use.field == "uuid" and str(use.key).replace("-", "").lower() not in uuids:
            yield Clash(use, "no file defines a secret with the UUID {uuid}", uuid=use.key)
        elif use.field == "usage" and use.key not in usages:
            yield Clash(use, 'no file defines a secret for "{usage}"', usage=use.key)


def _secrets(documents: Documents) -> Iterator[Use]:
    """Iterate over the secrets that disks and pools need."""
    for guest in documents.guests:
        for disk in guest.facts.devices.disks:
            for holder in (disk, disk.source):
                if holder is not None:
                    yield from _secrets_of(guest, holder.auth, holder.encryption)
    for pool in documents.pools:
        if pool.facts.model.source is not None:
            yield from _secrets_of(pool, pool.facts.model.source.auth, None)


def _secrets_of(
    document: Document[Any], auth: Auth | SourceAuth | None, encryption: Encryption | None
) -> Iterator[Use]:
    secrets: list[Any] = [] if auth is None or auth.secret is None else [auth.secret]
    secrets += [] if encryption is None else encryption.secrets
    for secret in secrets:
        if secret.uuid:
            yield Use(secret.uuid, document, secret, "uuid")
        elif secret.usage:
            yield Use(secret.usage, document, secret, "usage")
