"""How images are encrypted, and who knows the secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule
from .formats import images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.common import Encryption
    from .....schema.domain import Disk
    from ....guest import Guest

_ENCRYPTED = (None, "raw", "qcow2")
"""The formats of images that QEMU decrypts."""


def _encryption(disk: Disk) -> Encryption | None:
    """Return how the image of a disk is encrypted, wherever that is said."""
    return (disk.source.encryption if disk.source is not None else None) or disk.encryption


@rule(
    "VX512",
    "disk-encryption-format",
    "domain/devices/disk",
    words="encryption is supported only with 'raw' and 'qcow2' image format",
    drivers=("qemu",),
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='vdi'/>
    <source file='/images/a.vdi'>
      <encryption format='luks'>
        <secret type='passphrase' usage='mine'/>
      </encryption>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'>
      <encryption format='luks'>
        <secret type='passphrase' usage='mine'/>
      </encryption>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_encryption_format(disk: Disk, _: Guest) -> Iterator[Problem]:
    """An image is encrypted in a way that its format, QEMU or the server does not know.

    QEMU decrypts LUKS in images of the formats raw and qcow2. The engine librbd is for images that Ceph has (rbd), and
    knows LUKS 2, too.
    """
    encryption = _encryption(disk)
    if encryption is None:
        return
    if encryption.engine == "librbd":
        if disk.type != "network":
            yield Problem(encryption, "engine", "the engine librbd is for images of the protocol rbd only")
        elif encryption.format == "qcow":
            yield Problem(encryption, "format", "the engine librbd does not know the format qcow")
        return
    if encryption.format in ("qcow", "default"):
        yield Problem(encryption, "format", "QEMU does not decrypt the old format of qcow any more", help="use luks")
        return
    if encryption.format in ("luks2", "luks-any"):
        says = "QEMU knows LUKS, not {format}, which the engine librbd does"
        yield Problem(encryption, "format", says, format=encryption.format)
        return
    image = next(images(disk))
    if image.format is None and disk.type == "volume":
        says = "of an encrypted volume, the format has to be said"
        yield Problem(encryption, "", says, help="add <driver type='raw'/>, or qcow2")
    elif image.format not in _ENCRYPTED:
        yield Problem(
            encryption,
            "",
            "only images of the formats raw and qcow2 can be encrypted, not {format}",
            other=image.node,
            there="the format is named here",
            format=image.format,
        )


@rule(
    "VX513",
    "disk-auth-or-encryption-twice",
    "domain/devices/disk",
    words="an <auth> definition already found for disk source",
    when="source",
    bad="""
<devices>
  <disk type='network'>
    <auth username='user'>
      <secret type='iscsi' usage='mine'/>
    </auth>
    <source protocol='iscsi' name='iqn.2013-07.com.example:storage/1'>
      <host name='example.com'/>
      <auth username='user'>
        <secret type='iscsi' usage='mine'/>
      </auth>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='network'>
    <source protocol='iscsi' name='iqn.2013-07.com.example:storage/1'>
      <host name='example.com'/>
      <auth username='user'>
        <secret type='iscsi' usage='mine'/>
      </auth>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_auth_or_encryption_twice(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A secret is named both for the disk and for its source.

    `<auth>` and `<encryption>` stand in `<disk>` or in `<source>`. The latter is newer, and says whose they are.
    """
    source = disk.source
    if source is None:
        return
    for field in ("auth", "encryption"):
        outer, inner = getattr(disk, field), getattr(source, field)
        if outer is not None and inner is not None:
            yield Problem(
                disk,
                field,
                "<{name}> is in the source already",
                other=inner,
                fix=drop(disk, field, safe=outer == inner),
                name=field,
            )


@rule(
    "VX540",
    "disk-encryption-cipher",
    "domain/devices/disk",
    words="supplying <cipher> for domain disk definition is unnecessary",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'>
      <encryption format='luks'>
        <secret type='passphrase' usage='mine'/>
        <cipher name='aes' size='256' mode='cbc' hash='sha256'/>
        <ivgen name='plain64' hash='sha256'/>
      </encryption>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'>
      <encryption format='luks'>
        <secret type='passphrase' usage='mine'/>
      </encryption>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_encryption_cipher(disk: Disk, _: Guest) -> Iterator[Problem]:
    """The cipher of an encrypted disk is named.

    An image says itself how it is encrypted; the cipher is only chosen when it is made.
    """
    encryption = _encryption(disk)
    if encryption is not None and encryption.format == "luks" and encryption.cipher is not None:
        yield Problem(
            encryption,
            "cipher",
            "images say themselves by which cipher they are encrypted",
            fix=drop(encryption, "cipher", "ivgen"),
        )
