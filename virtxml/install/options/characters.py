"""Character devices: serial and parallel ports, consoles, channels, and what else has their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...guests.addresses import host_and_port
from ..language.declaring import ABSENT, Option, Sub
from .shared import address

if TYPE_CHECKING:
    from ...schema.domain import Rng
    from ..language.declaring import Handler
    from ..language.work import Work

_BIND, _CONNECT = "bind", "connect"
_LOCAL = "127.0.0.1"
"""Where a port without a host is: `:2222`."""


def _sources(work: Work, prefix: str) -> list[Any]:
    """Return the sources that the element has: one, or for UDP one to send to and one to receive from."""
    holder: Any = getattr(work.node, prefix.rstrip(".")) if prefix else work.node
    return list(holder.sources) if holder is not None else []


def _source_of(work: Work, prefix: str, mode: str) -> int:
    """Return the number of the source of a mode; a new one if there is none. What receives stands first."""
    sources = _sources(work, prefix)
    for place, source in enumerate(sources):
        if source.mode == mode or (source.mode is None and source.host is None and source.service is None):
            return place
    return len(sources)


def _set_host(work: Work, prefix: str, place: int, value: str | None) -> None:
    """Set the host of a source, and its port if the value has one."""
    path = f"{prefix}source{place}"
    if value is None:
        work.set(f"{path}.host", None)
        return
    host, port = host_and_port(value)
    work.set(f"{path}.host", host or _LOCAL)
    if port:
        work.set(f"{path}.service", port)


def _host(prefix: str, mode: str | None) -> Handler:
    """Return a handler for the host of the source of a mode; without one, of the first source."""

    def handle(work: Work, value: str | None) -> None:
        place = 0 if mode is None else _source_of(work, prefix, mode)
        if mode is not None and value is not None:
            work.set(f"{prefix}source{place}.mode", mode)
        _set_host(work, prefix, place, value)

    return handle


def _service(prefix: str, mode: str) -> Handler:
    """Return a handler for the port of the source of a mode."""

    def handle(work: Work, value: str | None) -> None:
        place = _source_of(work, prefix, mode)
        if value is not None:
            work.set(f"{prefix}source{place}.mode", mode)
        work.set(f"{prefix}source{place}.service", value)

    return handle


def _plain_host(work: Work, value: str | None) -> None:
    """Set the host to connect to; with `mode=bind`, the one to listen at."""
    mode = work.said.get("mode") or _CONNECT
    _host("", mode if isinstance(mode, str) else _CONNECT)(work, value)


def char_source(
    prefix: str = "", *, aliases: dict[str, str] | None = None, protocol: tuple[str, ...] = ()
) -> list[Sub]:
    """Return the sub-options of the source, protocol and log of a character device, below a path."""
    also = aliases or {}

    def sub(name: str, **options: Any) -> Sub:
        names = (also[name],) if name in also else ()
        return Sub(prefix + name, *names, **options)

    return [
        sub("source.path"),
        sub("source.host", handler=_host(prefix, None)),
        sub("source.service"),
        sub("source.bind_host", handler=_host(prefix, _BIND)),
        sub("source.bind_service", handler=_service(prefix, _BIND)),
        sub("source.connect_host", handler=_host(prefix, _CONNECT)),
        sub("source.connect_service", handler=_service(prefix, _CONNECT)),
        sub("source.mode"),
        sub("source.master"),
        sub("source.slave"),
        sub("source.seclabel*.model"),
        sub("source.seclabel*.relabel", switch=True),
        sub("source.seclabel*.label", comma=True),
        Sub(f"{prefix}protocol.type", *protocol),
        sub("log.file"),
        sub("log.append", switch=True),
        sub("source.clipboard.copypaste", switch=True),
        sub("source.mouse.mode"),
        sub("source.channel"),
        sub("source.tls", switch=True),
    ]


def _target_address(work: Work, value: str | None) -> None:
    """Set the address that a channel forwards to, and its port if the value has one."""
    host, port = (None, None) if value is None else host_and_port(value)
    work.set("target.address", host or None)
    if port:
        work.set("target.port", port)


def _mode(work: Work, value: str | None) -> None:
    work.set("source.mode", value)


def _end(work: Work) -> None:
    """Let a socket be made for others to connect to, if nothing else was said."""
    device: Any = work.node
    if work.is_new and device.type in ("unix", "tcp") and all(source.mode is None for source in device.sources):
        work.set("source.mode", _BIND)
    _order_sources(device)


def _order_sources(holder: Any) -> None:
    """Put the source that receives first."""
    holder.sources.sort(key=lambda source: source.mode == _CONNECT)


def _device(name: str, element: str, unknown: tuple[str, ...] = ()) -> Option:
    """Return the option of a kind of character device; ``unknown`` is what the schemas do not know of its target."""
    target = [
        Sub("target.address", "target_address", handler=None if "address" in unknown else _target_address),
        Sub("target.type", "target_type"),
        Sub("target.name", "name"),
        Sub("target.port"),
        Sub("target.model.name"),
    ]
    for sub in target:
        sub.foreign = sub.name.partition(".")[2] in unknown
    subs = [
        *address(),
        Sub("type", "char_type", unset_by_default_word=True),
        Sub("path", path="source.path"),
        Sub("mode", handler=_mode),
        Sub("bind_host", handler=_host("", _BIND)),
        Sub("host", handler=_plain_host),
        *char_source(protocol=("protocol",)),
        *target,
    ]
    return Option(name, element, subs, first=("type",), each=True, none=ABSENT, end=_end)


SERIAL = _device("--serial", "devices.serials", ("address", "name"))
PARALLEL = _device("--parallel", "devices.parallels", ("address", "name"))
CHANNEL = _device("--channel", "devices.channels", ("model.name",))
CONSOLE = _device("--console", "devices.consoles", ("address", "name"))


def _server(work: Work, value: str | None) -> None:
    _set_host(work, "", 0, value)


REDIRDEV = Option(
    "--redirdev",
    "devices.redirdevs",
    [
        *address(),
        Sub("boot.order", "boot_order"),
        Sub("bus", unset_by_default_word=True),
        Sub("type", unset_by_default_word=True),
        Sub("server", handler=_server),
        *char_source(),
    ],
    first=("bus",),
    none=ABSENT,
    each=True,
)


def _smartcard_subs() -> list[Sub]:
    subs = address()
    subs[-1].foreign = True
    return subs


SMARTCARD = Option(
    "--smartcard",
    "devices.smartcards",
    [
        *_smartcard_subs(),
        Sub("mode", unset_by_default_word=True),
        Sub("type", unset_by_default_word=True),
        *char_source(),
        Sub("database", comma=True),
        Sub("certificate*", comma=True),
    ],
    first=("mode",),
    each=True,
)


def _rng_type(work: Work, value: str | None) -> None:
    """Set the backend; a path is that of the device to read from."""
    path = value if value is not None and value.startswith("/") else None
    model = "random" if path is not None else value
    if not work.is_new and work.get("backend.model") != model:
        work.set("backend", None)
        _forget_source(work)
    work.set("backend.model", model)
    if path is not None:
        work.set("backend", path)


def _forget_source(work: Work) -> None:
    """Forget where randomness came from, which is not where another backend has it from."""
    rng: Rng = work.node  # type: ignore[assignment]
    if rng.backend is not None:
        rng.backend.type = rng.backend.protocol = None
        rng.backend.sources = []


def _rng_device(work: Work, value: str | None) -> None:
    """Set the device to read random numbers from."""
    if value is not None and work.get("backend.model") is None:
        work.set("backend.model", "random")
    work.set("backend", value)


def _end_rng(work: Work) -> None:
    rng: Any = work.node
    if rng.backend is not None:
        _order_sources(rng.backend)


RNG = Option(
    "--rng",
    "devices.rngs",
    [
        *address(),
        *(Sub(f"driver.{name}", switch=True) for name in ("ats", "iommu", "packed", "page_per_vq")),
        Sub("type", path="backend.model", unset_by_default_word=True, handler=_rng_type),
        Sub("device", handler=_rng_device),
        Sub("model"),
        Sub("backend", handler=_rng_device),
        Sub("backend.model", unset_by_default_word=True, handler=_rng_type),
        Sub("backend.type", "backend_type"),
        *char_source(
            "backend.",
            aliases={
                "source.host": "backend_host",
                "source.service": "backend_service",
                "source.connect_host": "backend_connect_host",
                "source.connect_service": "backend_connect_service",
                "source.mode": "backend_mode",
            },
        ),
        Sub("rate.bytes", "rate_bytes", verbatim=True),
        Sub("rate.period", "rate_period", verbatim=True),
    ],
    first=("backend.model",),
    none=ABSENT,
    each=True,
    end=_end_rng,
)
