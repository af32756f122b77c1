"""A guest of a connection: its document, and what a change of it is for the guest that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InstallError
from .wanted import ADD, REMOVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...driver.domains import DomainHandle
    from .changing import Outcome
    from .wanted import Wanted


class RunningGuest:
    """A guest of a connection, by its name or UUID.

    Raises InstallError if there is none, and what `virtxml.driver` raises.
    """

    def __init__(self, uri: str, name: str) -> None:
        from ...driver import NotFoundError, connect

        self._host = connect(uri)
        try:
            self._handle = self._look_up(name)
        except NotFoundError:
            raise InstallError("the connection has no such guest", value=name) from None

    def _look_up(self, name: str) -> DomainHandle:
        from ...driver import NotFoundError

        try:
            return self._host.domains.lookup(name)
        except NotFoundError:
            if len(name) not in (32, 36):
                raise
            return self._host.domains.lookup(uuid=name)

    def text(self) -> str:
        """Return the document that the guest starts with the next time, as libvirt writes it, with its secrets."""
        return self._handle.document(inactive=True, secure=True).to_xml()

    def take(self, wanted: Wanted, outcome: Outcome, *, define: bool) -> Iterator[str]:
        """Let the guest have a change, and yield what was done, a line each.

        Args:
            wanted: the change.
            outcome: what it has made.
            define: whether to define the guest anew.

        Raises what `virtxml.driver` raises.
        """
        said, domain = wanted.arguments, outcome.domain
        assert domain is not None
        if said.on("update"):
            if self._handle.active:
                self._update(wanted, outcome)
                yield f"updated {self._handle.name}, which runs"
            else:
                yield f"{self._handle.name} does not run: there is nothing to update"
        if define:
            self._handle = self._host.domains.define(domain)
            yield f"defined {self._handle.name}"
        if said.on("start"):
            if self._handle.active:
                yield f"{self._handle.name} runs already"
            elif define:
                self._handle.start()
                yield f"started {self._handle.name}"
            else:
                self._host.domains.create(domain)
                yield f"started {self._handle.name} with the change, for this time"

    def _update(self, wanted: Wanted, outcome: Outcome) -> None:
        """Change the devices of the guest that runs."""
        act = {ADD: self._handle.attach, REMOVE: self._handle.detach}.get(wanted.action, self._handle.update)
        for node in outcome.nodes:
            act(node, live=True)
