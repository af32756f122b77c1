"""Images that servers have: protocols, names and secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.common import DiskSourceCookie
    from .....schema.domain import Disk
    from ....guest import Guest

_SECRETS = {"iscsi": "iscsi", "rbd": "ceph"}
"""The types of secrets of protocols that take one only."""
_WITHOUT = ("nbd", "gluster", "sheepdog", "tftp", "vxhs", "nfs")
"""The protocols that know no users."""


@rule(
    "VX514",
    "disk-auth-secret-type",
    "domain/devices/disk",
    words="invalid secret type 'ceph'",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <disk type='network'>
    <auth username='user'>
      <secret type='ceph' usage='mine'/>
    </auth>
    <source protocol='iscsi' name='iqn.2013-07.com.example:storage/1'>
      <host name='example.com'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='network'>
    <auth username='user'>
      <secret type='iscsi' usage='mine'/>
    </auth>
    <source protocol='iscsi' name='iqn.2013-07.com.example:storage/1'>
      <host name='example.com'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_auth_secret_type(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A server is told a secret of another protocol, or of a protocol that knows none.

    Secrets for iscsi are of the type iscsi, those for rbd of the type ceph. NBD, Gluster and others know no users.
    """
    source = disk.source
    if disk.type != "network" or source is None:
        return
    auth = source.auth or disk.auth
    if auth is None:
        return
    if source.protocol in _WITHOUT:
        says = "the protocol {protocol} knows no users and secrets"
        yield Problem(auth, "", says, other=source, there="the protocol is named here", protocol=source.protocol)
        return
    secret, wanted = auth.secret, _SECRETS.get(source.protocol or "")
    if secret is not None and wanted is not None and secret.type is not None and secret.type != wanted:
        yield Problem(
            secret,
            "type",
            "secrets for {protocol} are of the type {wanted}, not {type}",
            fix=put(secret, "type", wanted),
            protocol=source.protocol,
            wanted=wanted,
            type=secret.type,
        )


@rule(
    "VX515",
    "disk-protocol-gone",
    "domain/devices/disk",
    words="'tftp' protocol is not supported with this QEMU binary",
    since="9.0.0",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <disk type='network'>
    <driver name='qemu' type='raw'/>
    <source protocol='tftp' name='image'>
      <host name='example.com'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='network'>
    <driver name='qemu' type='raw'/>
    <source protocol='rbd' name='pool/image'>
      <host name='example.com'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_protocol_gone(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """An image is in a storage system that is no more, or behind a protocol that QEMU does not speak.

    QEMU has dropped sheepdog with its release 6.1, as nobody worked on it. libvirt knows that since 9.1.0; that
    QEMU reads no images by TFTP it knew before.
    """
    source = disk.source
    if disk.type != "network" or source is None:
        return
    if source.protocol == "tftp" or (source.protocol == "sheepdog" and guest.since("9.1.0")):
        yield Problem(source, "protocol", "QEMU reads no images by {protocol}", protocol=source.protocol)


@rule(
    "VX548",
    "disk-image-name",
    "domain/devices/disk",
    words="can't split path 'image' into pool name and image name",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <disk type='network'>
    <source protocol='rbd' name='image'>
      <host name='example.com'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='network'>
    <source protocol='rbd' name='pool/image'>
      <host name='example.com'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_image_name(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """The name of an image does not say in which pool or volume of the server it is.

    For rbd and gluster, names are of two parts: pool/image and volume/image.
    """
    source = disk.source
    if disk.type != "network" or source is None or source.protocol not in ("rbd", "gluster"):
        return
    name = source.name
    if not name:
        yield Problem(source, "name", "nothing says which image it is", help="call it pool/image")
        return
    is_apart = "/" in name and not name.startswith("/")
    if not is_apart and (source.protocol == "gluster" or guest.since("7.0.0")):
        within = "pool" if source.protocol == "rbd" else "volume"
        says = "{name} does not say in which {within} it is"
        yield Problem(source, "name", says, help="call it {within}/image", name=name, within=within)


@rule(
    "VX526",
    "disk-cookie-twice",
    "domain/devices/disk",
    words="duplicate cookie 'token'",
    drivers=("qemu",),
    early=True,
    when="source",
    bad="""
<devices>
  <disk type='network' device='cdrom'>
    <source protocol='http' name='/a.iso'>
      <host name='example.com' port='80'/>
      <cookies>
        <cookie name='token'>a</cookie>
        <cookie name='token'>b</cookie>
      </cookies>
    </source>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='network' device='cdrom'>
    <source protocol='http' name='/a.iso'>
      <host name='example.com' port='80'/>
      <cookies>
        <cookie name='token'>a</cookie>
      </cookies>
    </source>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
)
def disk_cookie_twice(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A server is told two cookies of one name.

    Each name can have one value only.
    """
    cookies = disk.source.cookies if disk.source is not None else None
    if cookies is None:
        return
    names: dict[str | None, DiskSourceCookie] = {}
    for cookie in cookies.cookies:
        first = names.setdefault(cookie.name, cookie)
        if first is not cookie:
            yield Problem(cookie, "name", "there is a cookie {name} already", other=first, name=cookie.name)
