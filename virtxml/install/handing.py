"""Hand what was translated to a connection: `--define` and `--start`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import InstallError

if TYPE_CHECKING:
    from .translation import Translation


def hand_over(translation: Translation) -> str:
    """Define the guest on the host that `--connect` names, start it if `--start` says so, and say what was done.

    With an installation before it, the guest is started with the document for that, and defined for the time after.
    Volumes are not made: they have to be there.

    Raises InstallError if no connection is named, and what `virtxml.driver` raises.
    """
    uri = translation.arguments.text("connect")
    if uri is None:
        raise InstallError("a connection is needed: --connect URI")
    from ..driver import connect

    with connect(uri) as host:
        if not translation.arguments.on("start"):
            host.domains.define(translation.domain)
            return f"defined {translation.domain.name}"
        if translation.install_domain is not None:
            host.domains.create(translation.install_domain)
            host.domains.define(translation.domain)
            return f"defined {translation.domain.name}, and started its installation"
        host.domains.define(translation.domain).start()
        return f"defined and started {translation.domain.name}"
