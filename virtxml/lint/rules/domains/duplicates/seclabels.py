"""Which security labels there are of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import remove
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Seclabel
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
