"""Options of older versions of virt-install, said with today's: `--ram 1024` is `--memory 1024`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InstallError
from .said import Arguments, OptionString
from .splitting import quote

if TYPE_CHECKING:
    from ..language.applied import Applied

_WITHOUT_EFFECT = {
    "check_cpu": "--check-cpu",
    "accelerate": "--accelerate",
    "prompt": "--prompt",
    "old_os_type": "--os-type",
}


def modernized(arguments: Arguments, applied: Applied) -> Arguments:
    """Return the arguments without old options; those of installation go where they are asked for.

    Raises InstallError where old options contradict new ones.
    """
    modern = Arguments(dict(arguments.values), {key: list(found) for key, found in arguments.compound.items()})
    for convert in (_memory, _cpus, _metadata, _boot, _features, _disks, _networks, _graphics, _checks):
        convert(modern)
    _media(modern, applied)
    for destination, name in _WITHOUT_EFFECT.items():
        if modern.values.get(destination):
            applied.warnings.append(f"{name}: has no effect")
    return modern


def _add(modern: Arguments, destination: str, option: str, text: str) -> None:
    modern.compound.setdefault(destination, []).append(OptionString(option, text))


def _append(modern: Arguments, destination: str, option: str, text: str) -> None:
    """Add sub-options to the last occurrence of an option; make one if there is none."""
    found = modern.compound.setdefault(destination, [])
    if found and found[-1].text != "none":
        found[-1] = OptionString(found[-1].option, f"{found[-1].text},{text}" if found[-1].text else text)
    else:
        found.append(OptionString(option, text))


def _memory(modern: Arguments) -> None:
    ram = modern.text("oldmemory")
    if ram is not None and not modern.compound.get("memory"):
        _add(modern, "memory", "--ram", ram)


def _cpus(modern: Arguments) -> None:
    cpuset = modern.text("cpuset")
    if cpuset is not None:
        _append(modern, "vcpus", "--cpuset", f"cpuset={cpuset}")


def _metadata(modern: Arguments) -> None:
    for key in ("name", "uuid", "description"):
        value = modern.text(key)
        if value is not None:
            # What --metadata says of the same counts more.
            modern.compound.setdefault("metadata", []).insert(0, OptionString(f"--{key}", f"{key}={quote(value)}"))


def _boot(modern: Arguments) -> None:
    init = modern.text("init")
    if init is not None:
        _append(modern, "boot", "--init", f"init={quote(init)}")


def _features(modern: Arguments) -> None:
    if modern.compound.get("features"):
        return
    off = [f"{name}=off" for name in ("acpi", "apic") if modern.on(f"no{name}")]
    if off:
        _add(modern, "features", f"--no{off[0][:4]}", ",".join(off))


def _disks(modern: Arguments) -> None:
    paths, sizes = modern.texts("file_paths"), modern.texts("disksize")
    dense = modern.values.get("sparse") is False
    disks = modern.compound.get("disk")
    if modern.on("nodisks"):
        if paths or sizes or disks:
            raise InstallError("contradicts the disks that are given", option="--nodisks")
        _add(modern, "disk", "--nodisks", "none")
        return
    if not paths and not sizes and not dense:
        return
    if disks:
        raise InstallError("cannot be mixed with --file, --file-size and --nonsparse", option="--disk")
    if not paths and not sizes:
        raise InstallError("needs --file", option="--nonsparse")
    for number in range(max(len(paths), len(sizes))):
        parts = [f"path={quote(path)}" for path in paths[number : number + 1]]
        parts += [f"size={quote(size)}" for size in sizes[number : number + 1]]
        if dense:
            parts.append("sparse=no")
        _add(modern, "disk", "--file" if paths else "--file-size", ",".join(parts))


def _networks(modern: Arguments) -> None:
    macs, bridges = modern.texts("mac"), modern.texts("bridge")
    networks = modern.compound.get("network", [])
    if modern.on("nonetworks"):
        if macs or bridges:
            raise InstallError("contradicts the networks that are given", option="--nonetworks")
        modern.compound["network"] = [OptionString("--nonetworks", "none")]
        return
    if bridges and networks:
        raise InstallError("cannot be mixed with --network", option="--bridge")
    for bridge in bridges:
        _add(modern, "network", "--bridge", f"bridge={quote(bridge)}")
    if not macs:
        return
    found = modern.compound.setdefault("network", [])
    while len(found) < len(macs):
        found.append(OptionString("--mac", ""))
    for number, mac in enumerate(macs):
        text = found[number].text
        found[number] = OptionString(found[number].option, f"{text},mac={quote(mac)}" if text else f"mac={quote(mac)}")


def _graphics(modern: Arguments) -> None:
    kinds = [(name, flag) for name, flag in (("vnc", "--vnc"), ("sdl", "--sdl")) if modern.on(name)]
    off = modern.on("nographics")
    details = {"port": "vncport", "listen": "vnclisten", "keymap": "keymap"}
    said = {key: modern.text(name) for key, name in details.items() if modern.text(name) is not None}
    given = bool(modern.compound.get("graphics"))
    if given and (kinds or off or said):
        raise InstallError("cannot be mixed with older options for graphics", option="--graphics")
    if len(kinds) + off > 1:
        raise InstallError("more than one of --vnc, --sdl and --nographics")
    if off:
        _add(modern, "graphics", "--nographics", "none")
    elif kinds:
        name, flag = kinds[0]
        _add(modern, "graphics", flag, ",".join([name, *(f"{key}={quote(str(value))}" for key, value in said.items())]))


def _checks(modern: Arguments) -> None:
    if modern.on("force"):
        _add(modern, "check", "--force", "all=off")


def _media(modern: Arguments, applied: Applied) -> None:
    """Note what the guest is installed from, of options that have no sub-options."""
    install = applied.install
    short, cdrom = modern.text("cdrom_short"), modern.text("cdrom")
    if short is not None and "://" in short and not short.startswith(("http", "ftp", "file")):
        raise InstallError("is for an image; a connection is --connect", option="-c", value=short)
    if short is not None and cdrom is not None:
        raise InstallError("cannot be mixed with --cdrom", option="-c")
    install.cdrom = cdrom if cdrom is not None else short
    install.pxe = modern.on("pxe")
    install.import_disk = modern.on("import_install")
    install.livecd = modern.on("livecd")
    install.reinstall = modern.text("reinstall")
    install.extra_args = modern.texts("extra_args")
    install.initrd_inject = modern.texts("initrd_inject")
