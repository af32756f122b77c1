"""What QEMU is told of devices past libvirt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Domain
    from ....guest import Guest

_FORMS = {"signed": re.compile(r"\s*[+-]?\d+"), "unsigned": re.compile(r"\s*\+?\d+"), "bool": re.compile("true|false")}
"""How values are written, by the types of properties."""


@rule(
    "VX974",
    "qemu-override-value",
    "domain",
    words="invalid value 'yes' of 'value' attribute of 'qemu:property'",
    drivers=("qemu",),
    since="9.0.0",
    early=True,
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
