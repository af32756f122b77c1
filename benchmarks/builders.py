"""How the cost of a document grows with the steps that build it: 200 disks take 25 times what 10 take, at most."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

from virtxml import builders

SIZES = (10, 50, 100, 200, 400)
MANY = 2_000
ROUNDS = 5


def measure() -> Iterator[str]:
    """Iterate over the lines of the report; `build` is in the seconds."""
    yield "steps                        all      a step   times the first size"
    for what, (work, sizes) in WORKS.items():
        first = 0.0
        for size in sizes:
            seconds = _best_of(work, size)
            first = first or seconds
            step = seconds / size * 1e3
            yield f"{size:5,} {what:16} {seconds * 1e3:8.1f} ms {step:7.2f} ms {seconds / first:7.1f}"


def _best_of(work: Callable[[int], object], size: int) -> float:
    """Return the processor's seconds of the best round; the first one, which looks things up, does not count."""
    best = float("inf")
    for turn in range(ROUNDS + 1):
        gc.collect()
        start = time.process_time()
        work(size)
        if turn:
            best = min(best, time.process_time() - start)
    return best


def disks(size: int) -> object:
    vm = builders.domain("large").memory("4 GiB")
    for number in range(size):
        vm.disk(f"/srv/{number}.qcow2")
    return vm.build()


def devices(size: int) -> object:
    """Add devices of five kinds in turns."""
    vm = builders.domain("large").memory("4 GiB")
    for number in range(size // 5):
        high, low = divmod(number, 256)
        vm.disk(f"/srv/{number}.qcow2")
        vm.network("default", mac=f"52:54:00:00:{high:02x}:{low:02x}")
        vm.hostdev_pci(f"{high:04x}:{low:02x}:00.0")
        vm.controller("scsi", index=number)
        vm.channel(f"org.example.{number}")
    return vm.build()


def guests_of_a_network(size: int) -> object:
    lan = builders.network("lan").ip("10.0.0.1/16")
    for number in range(size):
        high, low = divmod(number, 250)
        lan.dhcp_host(f"10.0.{high + 1}.{low + 1}", mac=f"52:54:00:00:{high:02x}:{low:02x}")
    return lan.build()


def rules(size: int) -> object:
    web = builders.nwfilter("web")
    for number in range(size):
        web.accept("tcp", port=number + 1)
    return web.build()


WORKS: dict[str, tuple[Callable[[int], object], tuple[int, ...]]] = {
    "disks": (disks, SIZES),
    "devices": (devices, SIZES),
    "hosts of DHCP": (guests_of_a_network, (*SIZES, MANY)),
    "rules of a filter": (rules, SIZES),
}
