"""What a guest's machine is like: features, clock, firmware tables, power, events, security."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ..language.declaring import Option, Sub

if TYPE_CHECKING:
    from ...schema.domain import Clock, QemuCommandLine
    from ..language.work import Work

FEATURES = Option(
    "--features",
    "features",
    [
        Sub("acpi", switch=True),
        Sub("apic", switch=True),
        Sub("pae", switch=True),
        Sub("privnet", switch=True),
        Sub("hap", switch=True),
        Sub("viridian", switch=True),
        Sub("apic.eoi", "eoi", switch=True),
        Sub("pmu.state", "pmu", switch=True),
        Sub("hyperv.relaxed.state", "hyperv_relaxed", switch=True),
        Sub("hyperv.vapic.state", "hyperv_vapic", switch=True),
        Sub("hyperv.spinlocks.state", "hyperv_spinlocks", switch=True),
        Sub("hyperv.spinlocks.retries", "hyperv_spinlocks_retries"),
        Sub("hyperv.vpindex.state", switch=True),
        Sub("hyperv.runtime.state", switch=True),
        Sub("hyperv.synic.state", "hyperv_synic", switch=True),
        Sub("hyperv.stimer.state", switch=True),
        Sub("hyperv.stimer.direct.state", switch=True),
        Sub("hyperv.reset.state", "hyperv_reset", switch=True),
        Sub("hyperv.frequencies.state", switch=True),
        Sub("hyperv.reenlightenment.state", switch=True),
        Sub("hyperv.tlbflush.state", switch=True),
        Sub("hyperv.tlbflush.direct.state", switch=True),
        Sub("hyperv.tlbflush.extended.state", switch=True),
        Sub("hyperv.ipi.state", switch=True),
        Sub("hyperv.evmcs.state", switch=True),
        Sub("hyperv.avic.state", switch=True),
        Sub("hyperv.xmm_input.state", switch=True),
        Sub("hyperv.emsr_bitmap.state", switch=True),
        Sub("vmport.state", "vmport", switch=True),
        Sub("kvm.hidden.state", "kvm_hidden", switch=True),
        Sub("kvm.hint-dedicated.state", switch=True),
        Sub("kvm.poll-control.state", switch=True),
        Sub("kvm.pv-ipi.state", switch=True),
        Sub("pvspinlock.state", switch=True),
        Sub("gic.version", "gic_version"),
        Sub("smm.state", "smm", switch=True),
        Sub("vmcoreinfo.state", "vmcoreinfo", switch=True),
        Sub("ioapic.driver"),
        Sub("msrs.unknown"),
    ],
)

_TIMERS = ("platform", "pit", "rtc", "hpet", "tsc", "kvmclock", "hypervclock")


def _timer(work: Work, value: str | bool | None) -> None:
    """Set a property of the timer of a name: "rtc_tickpolicy" is the property of that name of the timer "rtc"."""
    clock: Clock = work.node  # type: ignore[assignment]
    assert work.key is not None
    name, _, part = work.key.partition("_")
    places = [place for place, timer in enumerate(clock.timers) if timer.name == name]
    place = places[0] if places else len(clock.timers)
    work.set(f"timer{place}.name", name)
    work.set(f"timer{place}.{part}", value)


def _no_tickpolicy(work: Work, value: str | None) -> None:
    """Take what virt-install takes, and does nothing with."""
    work.applied.warnings.append(str(work.error("has no effect: libvirt has this for the timers pit and rtc only")))


CLOCK = Option(
    "--clock",
    "clock",
    [
        *(Sub(f"{name}_tickpolicy", handler=_timer) for name in ("pit", "rtc")),
        *(Sub(f"{name}_present", handler=_timer, switch=True) for name in _TIMERS),
        *(Sub(f"{name}_tickpolicy", handler=_no_tickpolicy) for name in _TIMERS if name not in ("pit", "rtc")),
        Sub("offset"),
        Sub("timer*.name"),
        Sub("timer*.present", switch=True),
        Sub("timer*.tickpolicy"),
        Sub("timer*.track"),
        Sub("timer*.mode"),
        Sub("timer*.frequency"),
        Sub("timer*.catchup.threshold"),
        Sub("timer*.catchup.slew"),
        Sub("timer*.catchup.limit"),
    ],
)

_ENTRIES = {
    "bios": ("vendor", "version", "date", "release"),
    "system": ("manufacturer", "product", "version", "serial", "uuid", "sku", "family"),
    "baseBoard": ("manufacturer", "product", "version", "serial", "asset", "location"),
    "chassis": ("manufacturer", "version", "serial", "asset", "sku"),
}
"""The entries that each table of SMBIOS has."""


def _start_sysinfo(work: Work) -> None:
    """Go on with the element of the type that is said, as `<sysinfo>` is one for each type."""
    from ...schema.domain import SysInfo

    said = dict(work.items)
    wanted = said.get("type") or next((key for key, value in work.items[:1] if value is None), "smbios")
    if wanted in ("host", "emulate"):
        wanted = "smbios"
    if not work.is_new or not isinstance(work.node, SysInfo) or work.node.type in (None, wanted):
        return
    infos = work.domain.sysinfos
    found = next((info for info in infos if info.type == wanted), None)
    if found is None:
        found = SysInfo()
        infos.append(found)
    work.node = found


def _sysinfo_type(work: Work, value: str | None) -> None:
    """Set what kind of information it is; "host" and "emulate" have no information, only a mode."""
    if value in ("host", "emulate"):
        work.request = value
    else:
        work.set("type", value)


def _entry(work: Work, value: str | None) -> None:
    """Set the entry of a table: "bios.vendor" is the entry "vendor" of `<bios>`."""
    assert work.key is not None
    table, _, name = work.key.replace("_", ".", 1).partition(".")
    holder = work.get(table)
    entries = holder.entries if holder is not None else []
    places = [place for place, entry in enumerate(entries) if entry.name == name]
    place = places[0] if places else len(entries)
    if value is None:
        if places:
            work.set(f"{table}.entry{place}", None)
            work.set(f"{table}.entry{place}.name", None)
        return
    work.set(f"{table}.entry{place}.name", name)
    work.set(f"{table}.entry{place}", value)


def _end_sysinfo(work: Work) -> None:
    """Let the guest see the information."""
    from ...schema.domain import Os, OsSmbios

    domain = work.domain
    if work.request is None and work.get("type") is None:
        work.set("type", "smbios")
    mode = work.request or ("sysinfo" if work.get("type") == "smbios" else None)
    if work.request is not None:
        domain.sysinfos = [each for each in domain.sysinfos if each is not work.node]
    if mode is not None:
        domain.os = domain.os or Os()
        domain.os.smbios = domain.os.smbios or OsSmbios()
        domain.os.smbios.mode = mode  # type: ignore[assignment]


SYSINFO = Option(
    "--sysinfo",
    "sysinfos",
    [
        Sub("type", handler=_sysinfo_type, comma=True),
        *(
            Sub(f"{table}.{name}", *([] if table == "chassis" else [f"{table}_{name}"]), handler=_entry)
            for table, names in _ENTRIES.items()
            for name in names
        ),
        Sub("oemStrings.entry*", comma=True),
        Sub("entry*", comma=True),
        Sub("entry*.name", comma=True),
        Sub("entry*.file", comma=True),
    ],
    first=("type",),
    start=_start_sysinfo,
    end=_end_sysinfo,
)

EVENTS = Option("--events", "", [Sub(f"on_{event}") for event in ("poweroff", "reboot", "crash", "lockfailure")])

PM = Option(
    "--pm",
    "pm",
    [
        Sub("suspend_to_mem.enabled", "suspend_to_mem", path="suspend-to-mem.enabled", switch=True),
        Sub("suspend_to_disk.enabled", "suspend_to_disk", path="suspend-to-disk.enabled", switch=True),
    ],
)

RESOURCE = Option(
    "--resource", "resource", [Sub("partition"), Sub("fibrechannel.appid", comma=True)], first=("partition",)
)


def _seclabel_type(work: Work, value: str | None) -> None:
    if value is not None:
        work.require(value, ("dynamic", "static", "none"))
    work.set("type", value)


SECLABEL = Option(
    "--seclabel",
    "seclabels",
    [
        Sub("type", handler=_seclabel_type),
        Sub("model"),
        Sub("relabel", switch=True),
        Sub("label", comma=True),
        Sub("baselabel", comma=True),
    ],
    each=True,
)

KEYWRAP = Option("--keywrap", "keywrap", [Sub("cipher*.name", comma=True), Sub("cipher*.state", comma=True)])

LAUNCH_SECURITY = Option(
    "--launchSecurity",
    "launch_security",
    [
        Sub("type"),
        Sub("cbitpos"),
        Sub("reducedPhysBits"),
        Sub("policy", verbatim=True),
        Sub("session"),
        Sub("dhCert"),
        Sub("guestVisibleWorkarounds"),
        Sub("idBlock"),
        Sub("idAuth"),
        Sub("hostData"),
        Sub("kernelHashes", switch=True),
        Sub("authorKey", switch=True),
        Sub("vcek", switch=True),
        Sub("mrConfigId"),
        Sub("mrOwner"),
        Sub("mrOwnerConfig"),
        Sub("quoteGenerationService", switch=True),
        Sub("quoteGenerationSocket", path="quoteGenerationService.path"),
    ],
    first=("type",),
)

IDMAP = Option(
    "--idmap",
    "idmap",
    [Sub(f"{kind}.{part}", f"{kind}_{part}") for kind in ("uid", "gid") for part in ("start", "target", "count")],
)


def _split_commandline(text: str) -> list[tuple[str, str | None]]:
    """Return the whole text as one value: it is QEMU's, with its commas."""
    key, equals, value = text.partition("=")
    return [(key, value)] if equals and key in ("args", "env") else [("args", text)]


def _arguments(work: Work, value: str | None) -> None:
    line: QemuCommandLine = work.node  # type: ignore[assignment]
    try:
        words = shlex.split(value or "")
    except ValueError as error:
        raise work.error(str(error)) from None
    from ...schema.domain import QemuCommandLineArg

    line.args += [QemuCommandLineArg(value=word) for word in words]


def _environment(work: Work, value: str | None) -> None:
    line: QemuCommandLine = work.node  # type: ignore[assignment]
    name, equals, text = (value or "").partition("=")
    if not equals or not name:
        raise work.error("an environment variable is NAME=VALUE")
    from ...schema.domain import QemuCommandLineEnv

    line.envs.append(QemuCommandLineEnv(name=name, value=text))


QEMU_COMMANDLINE = Option(
    "--qemu-commandline",
    "qemu_commandline",
    [Sub("args", handler=_arguments, comma=True), Sub("env", handler=_environment, comma=True)],
    split=_split_commandline,
)
