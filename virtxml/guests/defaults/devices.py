"""Consoles and channels, and the smaller devices."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ...schema import domain as schema
from ...schema.domain import Channel, ChannelTarget, CharSource, CharTarget, Console, Tpm, TpmBackend
from ..hardware import GUEST_AGENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..guest import Guest

_RANDOM_SOURCE = "/dev/urandom"
_OLD_TPM = "1.2"
"""The version of TPMs that has another interface than CRB."""


def set_consoles(guest: Guest) -> None:
    """Add a console, unless there is one or a serial port."""
    devices = guest.devices
    for console in devices.consoles:
        console.type = console.type or "pty"
    if devices.consoles or devices.serials or "console" in guest.without:
        return
    if guest.type == "bhyve":
        # bhyve has no pseudo-terminals, but FreeBSD has pairs of devices that are like a cable between two modems.
        name = f"/dev/nmdm{guest.domain.uuid}"
        source = CharSource(master=f"{name}A", slave=f"{name}B")
        devices.consoles.append(Console(type="nmdm", sources=[source]))
    else:
        target = CharTarget(type="sclp") if guest.is_s390 and guest.is_qemu else None
        devices.consoles.append(Console(type="pty", target=target))


def set_guest_agent(guest: Guest) -> None:
    """Add the channel of QEMU's guest agent, if nothing is said of channels and the system has the driver."""
    channels = guest.devices.channels
    if not channels and "channel" not in guest.without and guest.has_virtio("virtioserial"):
        target = ChannelTarget(type="virtio", name=GUEST_AGENT)
        channels.append(Channel(type="unix", sources=[CharSource(mode="bind")], target=target))


def complete_character_devices(guest: Guest) -> None:
    """Make sockets of the host wait for somebody to connect, unless it is said who does; channels are virtio's."""
    for channel in guest.devices.channels:
        channel.target = channel.target or ChannelTarget()
        channel.target.type = channel.target.type or "virtio"
    for device in _character_devices(guest):
        if device.type is None:
            device.type = "pty"
        if device.type == "unix":
            if not device.sources:
                device.sources.append(CharSource())
            for source in device.sources:
                source.mode = source.mode or "bind"


def _character_devices(
    guest: Guest,
) -> Iterator[schema.Serial | schema.Parallel | Console | Channel]:
    devices = guest.devices
    for several in (devices.serials, devices.parallels, devices.consoles, devices.channels):
        yield from several


def set_balloon(guest: Guest) -> None:
    """Add the device by which memory is taken from the guest and given back, if the system has the driver."""
    devices = guest.devices
    if "memballoon" in guest.without:
        devices.memballoon = schema.Memballoon(model="none")
    elif devices.memballoon is not None:
        devices.memballoon.model = devices.memballoon.model or "virtio"
    elif guest.is_qemu and guest.has_usual_machine and guest.system.supports_virtioballoon:
        devices.memballoon = schema.Memballoon(model="virtio")


def set_rng(guest: Guest) -> None:
    """Add a source of randomness, if the system has the driver."""
    rngs = guest.devices.rngs
    wanted = guest.is_qemu and guest.has_usual_machine and guest.system.supports_virtiorng
    if not rngs and wanted and "rng" not in guest.without and guest.device_supported("rng") is not False:
        rngs.append(schema.Rng())
    for rng in rngs:
        rng.model = rng.model or "virtio"
        backend = rng.backend or schema.RngBackend()
        rng.backend = backend
        if backend.model is None:
            backend.model = "random"
            backend.value = backend.value or _RANDOM_SOURCE


def set_tpm(guest: Guest) -> None:
    """Add an emulated TPM to guests with UEFI, if the host has one."""
    tpms = guest.devices.tpms
    if not tpms and "tpm" not in guest.without and guest.is_qemu and guest.boots_by_uefi and _has_emulator(guest):
        tpms.append(Tpm())
    for tpm in tpms:
        backend = tpm.backend or TpmBackend()
        tpm.backend = backend
        if backend.type is None:
            backend.type = "passthrough" if backend.device is not None else "emulator"
        if backend.type == "emulator" and tpm.model is None:
            tpm.model = None if backend.version == _OLD_TPM else _tpm_model(guest)  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]


def _has_emulator(guest: Guest) -> bool:
    backends = guest.device_values("tpm", "backendModel")
    return guest.device_supported("tpm") is True and backends is not None and "emulator" in backends


def _tpm_model(guest: Guest) -> str | None:
    if guest.device_supported("tpm") is None:
        return "tpm-crb"
    return "tpm-crb" if "tpm-crb" in (guest.device_values("tpm", "model") or ()) else None


def complete_devices(guest: Guest) -> None:
    """Say of devices that are there what is usual, as far as nothing is said."""
    devices = guest.devices
    for watchdog in devices.watchdogs:
        watchdog.model = watchdog.model or "i6300esb"
        watchdog.action = watchdog.action or "reset"
    for smartcard in devices.smartcards:
        smartcard.mode = smartcard.mode or "passthrough"
        if smartcard.type is None:
            smartcard.type = "spicevmc" if smartcard.mode == "passthrough" else "tcp"
    if devices.vsock is not None:
        devices.vsock.model = devices.vsock.model or "virtio"
        devices.vsock.cid = devices.vsock.cid or schema.VsockCid()
        if devices.vsock.cid.auto is None and devices.vsock.cid.address is None:
            devices.vsock.cid.auto = True
    _number_audios(guest)
    for filesystem in devices.filesystems if guest.host.driver in ("qemu", "lxc", "test") else ():
        filesystem.type = filesystem.type or "mount"
        by_virtiofs = filesystem.driver is not None and filesystem.driver.type == "virtiofs"
        if filesystem.accessmode is None and not by_virtiofs:
            filesystem.accessmode = "mapped"


def _number_audios(guest: Guest) -> None:
    """Give each way to the host's sound a number, by which sound devices choose one: libvirt does not by itself."""
    audios = guest.devices.audios
    taken = {audio.id for audio in audios}
    free = (number for number in count(1) if number not in taken)
    for audio in audios:
        if audio.id is None:
            audio.id = next(free)


def set_init(guest: Guest) -> None:
    """Choose the program that a container starts."""
    if guest.is_container and guest.os.init is None:
        guest.os.init = "/sbin/init" if guest.has_own_root else "/bin/sh"
