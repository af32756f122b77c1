"""Consoles, serial ports and channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ....guests.hardware import GUEST_AGENT
from ....schema.domain import (
    Channel,
    ChannelTarget,
    CharLog,
    CharProtocol,
    CharSource,
    CharTarget,
    Console,
    Serial,
)
from ...errors import BuildError
from ..steps import DomainSteps, devices_of

if TYPE_CHECKING:
    from typing_extensions import Self

EndType = Literal["pty", "file", "unix", "tcp", "null", "stdio"]


class CharacterSteps(DomainSteps):
    """Says by which lines text gets into a guest and out of it."""

    def serial(
        self,
        type: EndType = "pty",  # noqa: A002 - as libvirt calls it
        *,
        path: str | None = None,
        host: str | None = None,
        port: int | None = None,
        log: str | None = None,
    ) -> Self:
        """Add a serial port.

        Args:
            type: what is at the host's end: "pty" for `virsh console`, "file", "unix" for a socket, "tcp", …
            path: the path of the file or the socket.
            host: the address at which somebody connects by TCP; "127.0.0.1" by default.
            port: the port for TCP.
            log: the path of a file that gets all that the guest writes.

        Raises BuildError for an end that lacks its path or port, or has one of no use.
        """
        source, protocol = _end(type, path, host, port)
        with self._change() as domain:
            made = Serial(type=type, sources=source, protocol=protocol, log=_log(log))
            devices_of(domain).serials.append(made)
        return self

    def console(
        self,
        type: EndType = "pty",  # noqa: A002 - as libvirt calls it
        *,
        target: Literal["serial", "virtio"] | None = None,
        path: str | None = None,
        host: str | None = None,
        port: int | None = None,
        log: str | None = None,
    ) -> Self:
        """Add a console, for `virsh console`.

        Args:
            target: "virtio" for a line of virtio's; the first serial port by default.
            type, path, host, port, log: as for `serial`.

        Raises BuildError as `serial` does.
        """
        source, protocol = _end(type, path, host, port)
        made = Console(type=type, sources=source, protocol=protocol, log=_log(log))
        made.target = None if target is None else CharTarget(type=target)
        with self._change() as domain:
            devices_of(domain).consoles.append(made)
        return self

    def channel(self, name: str, *, path: str | None = None) -> Self:
        """Add a line to a program in the guest, which sees it as `/dev/virtio-ports/NAME`.

        Args:
            name: its name, such as "org.example.control".
            path: the path of the socket at the host's end; libvirt names one without this.

        Raises BuildError for a name that is taken.
        """
        sources = [CharSource(mode="bind", path=path)]
        with self._change() as domain:
            made = Channel(type="unix", sources=sources, target=ChannelTarget(type="virtio", name=name))
            devices_of(domain).channels.append(made)
        return self

    def guest_agent(self) -> Self:
        """Add the line to QEMU's guest agent, which knows addresses and freezes file systems for snapshots."""
        return self.channel(GUEST_AGENT)


def _end(
    kind: EndType, path: str | None, host: str | None, port: int | None
) -> tuple[list[CharSource], CharProtocol | None]:
    if kind == "tcp":
        if port is None or path is not None:
            raise BuildError("a line by TCP takes a `port`, and no path")
        return [CharSource(mode="bind", host=host or "127.0.0.1", service=str(port))], CharProtocol(type="raw")
    if host is not None or port is not None:
        raise BuildError(f"`host` and `port` are for lines by TCP, not {kind}")
    if kind == "file":
        if path is None:
            raise BuildError("which file? Say its `path`")
        return [CharSource(path=path)], None
    if kind == "unix":
        if path is None:
            raise BuildError("which socket? Say its `path`: libvirt names the sockets of channels only")
        return [CharSource(mode="bind", path=path)], None
    if path is not None:
        raise BuildError(f"`path` is for files and sockets, not {kind}")
    return [], None


def _log(path: str | None) -> CharLog | None:
    return None if path is None else CharLog(file=path)
