"""virt-install's options: what each one puts onto a domain, or asks for.

One module for each group of options; an option is a declaration of its sub-options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .applied import Applied as Applied

if TYPE_CHECKING:
    from ...schema.domain import Domain
    from ..arguments import Arguments

__all__ = ["Applied", "apply", "run_late_actions"]


def apply(arguments: Arguments, domain: Domain) -> Applied:
    """Put all that the arguments say onto a domain, and return what they say beside that.

    Options are applied in virt-install's order, and so are the sub-options of each; what is applied later wins. Devices
    are appended to `domain.devices`, but disks, interfaces and host devices, which need decisions: they are returned.

    Raises InstallError for sub-options and values that are wrong.
    """
    raise NotImplementedError


def run_late_actions(applied: Applied, domain: Domain) -> Domain:
    """Return a domain after `--xml` and `xpathN.*`; the same object if there are none.

    Call it for each document, when all defaults are set: until then, elements that actions start from carry a mark.
    Raises InstallError for an XPath that is wrong, or that finds nothing to start from.
    """
    raise NotImplementedError
