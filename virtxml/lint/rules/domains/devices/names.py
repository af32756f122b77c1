"""What is said of a guest as a whole: its name, its users, what QEMU is told past libvirt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Domain
    from ....guest import Guest


_FORMS = {"signed": re.compile(r"\s*[+-]?\d+"), "unsigned": re.compile(r"\s*\+?\d+"), "bool": re.compile("true|false")}
"""How values are written, by the types of properties."""


@rule(
    "VX792",
    "name-slash",
    "domain",
    words="name a/b cannot contain '/'",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    when="name",
    bad="""
<name>web/1</name>
""",
    good="""
<name>web-1</name>
""",
)
def name_slash(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The name of a guest has a slash.

    libvirt keeps a file of that name for it.
    """
    if domain.name and "/" in domain.name:
        yield Problem(domain, "name", "{name} has a slash, which no name of a file has", name=domain.name)


@rule(
    "VX793",
    "idmap-root",
    "domain",
    words="You must map the root user of container",
    when="idmap",
    bad="""
<idmap>
  <uid start='1000' target='2000' count='10'/>
  <gid start='1000' target='2000' count='10'/>
</idmap>
""",
    good="""
<idmap>
  <uid start='0' target='2000' count='10'/>
  <gid start='0' target='2000' count='10'/>
</idmap>
""",
)
def idmap_root(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """Users of a container are mapped to the host's, and root or the groups are not.

    Both users and groups are mapped, and the first mapping of each begins with root, 0.
    """
    mapping = domain.idmap
    if mapping is None:
        return
    if bool(mapping.uids) != bool(mapping.gids):
        missing = "gids" if mapping.uids else "uids"
        yield Problem(mapping, missing, "users and groups are mapped both")
        return
    for ranges in (mapping.uids, mapping.gids):
        starts = [start for start in (whole(one.start) for one in ranges) if start is not None]
        if starts and 0 not in starts:
            yield Problem(ranges[0], "start", "root of the container, 0, is mapped to nobody")
            return


@rule(
    "VX974",
    "qemu-override-value",
    "domain",
    words="invalid value 'yes' of 'value' attribute of 'qemu:property'",
    drivers=("qemu",),
    since="9.0.0",
    early=True,
    when="qemu_override",
    bad="""
<devices>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
    <alias name='ua-rng'/>
  </rng>
</devices>
<qemu:override xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <qemu:device alias='ua-rng'>
    <qemu:frontend>
      <qemu:property name='disable-legacy' type='bool' value='yes'/>
    </qemu:frontend>
  </qemu:device>
</qemu:override>
""",
    good="""
<devices>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
    <alias name='ua-rng'/>
  </rng>
</devices>
<qemu:override xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <qemu:device alias='ua-rng'>
    <qemu:frontend>
      <qemu:property name='disable-legacy' type='bool' value='true'/>
    </qemu:frontend>
  </qemu:device>
</qemu:override>
""",
)
def qemu_override_value(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """A property of a QEMU device has a value that is not of its type.

    Numbers are decimal, what is true or false is written so, and what is removed has no value.
    """
    override = domain.qemu_override
    for device in override.devices if override is not None else ():
        for one in device.frontend.properties if device.frontend is not None else ():
            form = _FORMS.get(one.type or "")
            if one.type == "remove":
                if one.value is not None:
                    yield Problem(one, "value", "what is removed has no value", fix=drop(one, "value"))
            elif one.value is None:
                yield Problem(one, "value", "the value of the property is missing")
            elif form is not None and not form.fullmatch(one.value):
                yield Problem(one, "value", "{value} is no value of type {type}", value=one.value, type=one.type)
