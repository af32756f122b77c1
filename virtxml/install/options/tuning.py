"""What a guest gets of the host: memory, CPU time, input and output, threads."""

from __future__ import annotations

from ..language.declaring import VALUE, Option, Sub

BLKIOTUNE = Option(
    "--blkiotune",
    "blkiotune",
    [
        Sub("weight"),
        Sub("device*.path", "device_path"),
        Sub("device*.weight", "device_weight", verbatim=True),
        Sub("device*.read_bytes_sec", "read_bytes_sec"),
        Sub("device*.write_bytes_sec", "write_bytes_sec"),
        Sub("device*.read_iops_sec", "read_iops_sec"),
        Sub("device*.write_iops_sec", "write_iops_sec"),
    ],
    first=("weight",),
)

MEMTUNE = Option(
    "--memtune",
    "memtune",
    [
        Sub("hard_limit"),
        Sub("soft_limit"),
        Sub("swap_hard_limit"),
        Sub("min_guarantee"),
    ],
    first=("soft_limit",),
)

NUMATUNE = Option(
    "--numatune",
    "numatune",
    [
        Sub("memory.nodeset", "nodeset", comma=True),
        Sub("memory.mode", "mode"),
        Sub("memory.placement"),
        Sub("memnode*.cellid", comma=True),
        Sub("memnode*.mode"),
        Sub("memnode*.nodeset", comma=True),
    ],
    first=("memory.nodeset",),
)

MEMORYBACKING = Option(
    "--memorybacking",
    "memory_backing",
    [
        Sub("hugepages", switch=True),
        Sub("hugepages.page*.size", "size", verbatim=True),
        Sub("hugepages.page*.unit", "unit"),
        Sub("hugepages.page*.nodeset", "nodeset", comma=True),
        Sub("nosharepages", switch=True),
        Sub("locked", switch=True),
        Sub("access.mode", "access_mode"),
        Sub("source.type", "source_type"),
        Sub("discard", switch=True),
        Sub("allocation.mode"),
        Sub("allocation.threads"),
    ],
)

IOTHREADS = Option(
    "--iothreads",
    "",
    [
        Sub("iothreads"),
        Sub("iothreadids.iothread*.id"),
        Sub("iothreadids.iothread*.thread_pool_min"),
        Sub("iothreadids.iothread*.thread_pool_max"),
        Sub("defaultiothread.thread_pool_min"),
        Sub("defaultiothread.thread_pool_max"),
        Sub("iothreadids.iothread*.poll.max"),
        Sub("iothreadids.iothread*.poll.grow"),
        Sub("iothreadids.iothread*.poll.shrink"),
    ],
    first=("iothreads",),
)

CPUTUNE = Option(
    "--cputune",
    "cputune",
    [
        Sub("shares"),
        Sub("period"),
        Sub("quota"),
        Sub("global_period"),
        Sub("global_quota"),
        Sub("emulator_period"),
        Sub("emulator_quota"),
        Sub("iothread_period"),
        Sub("iothread_quota"),
        Sub("vcpupin*.vcpu"),
        Sub("vcpupin*.cpuset", comma=True),
        Sub("emulatorpin.cpuset", comma=True),
        Sub("iothreadpin*.iothread"),
        Sub("iothreadpin*.cpuset", comma=True),
        Sub("emulatorsched.scheduler"),
        Sub("emulatorsched.priority"),
        Sub("vcpusched*.vcpus", comma=True),
        Sub("vcpusched*.scheduler"),
        Sub("vcpusched*.priority"),
        Sub("iothreadsched*.iothreads", comma=True),
        Sub("iothreadsched*.scheduler"),
        Sub("iothreadsched*.priority"),
        Sub("cachetune*.vcpus", comma=True),
        Sub("cachetune*.cache*.id"),
        Sub("cachetune*.cache*.level"),
        Sub("cachetune*.cache*.type"),
        Sub("cachetune*.cache*.size"),
        Sub("cachetune*.cache*.unit"),
        Sub("cachetune*.monitor*.level"),
        Sub("cachetune*.monitor*.vcpus", comma=True),
        Sub("memorytune*.vcpus", comma=True),
        Sub("memorytune*.node*.id"),
        Sub("memorytune*.node*.bandwidth"),
    ],
    none=VALUE,
)
