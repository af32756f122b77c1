"""Which security labels there are of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import remove
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.common.device_seclabel import DeviceSeclabel
    from .....schema.domain import Disk, Seclabel
    from ....guest import Guest


@rule(
    "VX418",
    "seclabel-duplicate-model",
    "domain/seclabel",
    words="seclabel for model selinux is already provided",
    early=True,
    bad="""
<seclabel type='static' model='selinux'>
  <label>system_u:system_r:svirt_t:s0:c1,c2</label>
</seclabel>
<seclabel type='static' model='selinux'>
  <label>system_u:system_r:svirt_t:s0:c1,c2</label>
</seclabel>
""",
    good="""
<seclabel type='static' model='selinux'>
  <label>system_u:system_r:svirt_t:s0:c1,c2</label>
</seclabel>
""",
)
def seclabel_duplicate_model(seclabel: Seclabel, guest: Guest) -> Iterator[Problem]:
    """Two security labels are of the same model, or one of several has none.

    A process has one label of each security driver, which is the model: `selinux`, `apparmor`, `dac`.
    """
    if seclabel.model is None:
        if len(guest.model.seclabels) > 1:
            yield Problem(seclabel, "model", "where there are several security labels, each says its model")
        return
    first = guest.first("seclabel", seclabel.model, seclabel)
    if first is not None:
        fix = remove(guest.model.seclabels, seclabel, safe=first == seclabel)
        says = "there is another security label of the model {model}"
        yield Problem(seclabel, "model", says, other=first, fix=fix, model=seclabel.model)


@rule(
    "VX419",
    "seclabel-duplicate-model-of-disk",
    "domain/devices/disk",
    words="seclabel for model selinux is already provided",
    early=True,
    when="source",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'>
      <seclabel model='selinux' relabel='no'/>
      <seclabel model='selinux' relabel='no'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'>
      <seclabel model='selinux' relabel='no'/>
      <seclabel model='dac' relabel='no'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def seclabel_duplicate_model_of_disk(disk: Disk, _: Guest) -> Iterator[Problem]:
    """An image has two security labels of the same model.

    An image has one label of each security driver, which is the model: `selinux`, `apparmor`, `dac`.
    """
    labels = disk.source.seclabels if disk.source is not None else []
    met: dict[str, DeviceSeclabel] = {}
    for label in labels:
        first = met.setdefault(label.model or "", label)
        if first is not label and label.model:
            fix = remove(labels, label, safe=first == label)
            says = "the image has another security label of the model {model}"
            yield Problem(label, "model", says, other=first, fix=fix, model=label.model)
