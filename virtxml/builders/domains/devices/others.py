"""A guest's smaller devices, and any device as a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from ....schema import domain as schema
from ....schema.domain import (
    Controller,
    FeaturesIoapic,
    Iommu,
    IommuDriver,
    Memballoon,
    MemballoonStats,
    Panic,
    Rng,
    RngBackend,
    RngRate,
    Tpm,
    TpmBackend,
    TpmBackendDevice,
    TpmBackendEncryption,
    Vsock,
    VsockCid,
    Watchdog,
)
from ...errors import BuildError
from ..steps import DomainSteps, devices_of, features_of

if TYPE_CHECKING:
    from typing_extensions import Self

    from ....schema.domain import Devices

    Device: TypeAlias = (
        schema.Disk | schema.Controller | schema.Lease | schema.Filesystem | schema.Interface | schema.Smartcard |
        schema.Serial | schema.Parallel | schema.Console | schema.Channel | schema.Input | schema.Tpm |
        schema.Graphics | schema.Sound | schema.Audio | schema.Video | schema.Hostdev | schema.Redirdev |
        schema.Redirfilter | schema.Hub | schema.Watchdog | schema.Memballoon | schema.Rng | schema.Nvram |
        schema.Panic | schema.Shmem | schema.MemoryDevice | schema.Crypto | schema.Iommu | schema.Vsock |
        schema.Pstore
    )  # fmt: skip
    """Any device of a guest."""


TpmModel = Literal["tpm-crb", "tpm-tis", "tpm-spapr"]
WatchdogAction = Literal["reset", "shutdown", "poweroff", "pause", "none", "dump", "inject-nmi"]


class DeviceSteps(DomainSteps):
    """Says what else a guest has."""

    def add(self, device: Device) -> Self:
        """Add a device as a model, for all that builders have no words for; it is completed as others are.

        Raises BuildError for what is no device, and for a second one of which a guest has only one.
        """
        from copy import deepcopy

        field = _field_of(device)
        with self._change() as domain:
            devices = devices_of(domain)
            held = getattr(devices, field)
            if isinstance(held, list):
                held.append(deepcopy(device))
            elif held is None:
                setattr(devices, field, deepcopy(device))
            else:
                raise BuildError(f"a guest has one <{device.xml_name}> only")
        return self

    def controller(
        self,
        type: Literal["usb", "scsi", "sata", "pci", "virtio-serial", "ide", "nvme"],  # noqa: A002 - libvirt's name
        *,
        model: str | None = None,
        index: int | None = None,
    ) -> Self:
        """Add a controller; without this, a guest gets those that its devices need.

        Args:
            type: of what.
            model: which one, such as "qemu-xhci" or "virtio-scsi"; libvirt's choice by default.
            index: its number among those of its type; the next free one by default.

        Raises BuildError for a number that is taken.
        """
        with self._change() as domain:
            made = Controller(type=type, index=index, model=model)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
            devices_of(domain).controllers.append(made)
        return self

    def root_ports(self, count: int) -> Self:
        """Choose how many devices can be plugged in while the guest runs: ports of PCI Express, 14 by default."""
        if not isinstance(count, int) or not 0 <= count <= 224:
            raise BuildError(f"root ports: a guest has 0 to 224 of them, not {count!r}")
        self._root_ports = count
        return self

    def tpm(
        self,
        model: TpmModel | None = None,
        *,
        version: Literal["1.2", "2.0"] | None = None,
        device: str | None = None,
        persistent_state: bool | None = None,
        secret: str | None = None,
    ) -> Self:
        """Add a TPM.

        Args:
            model: what the guest sees; the one that goes with the host and the machine by default.
            version: which version of TPM is emulated; 2.0 by default.
            device: the path of a TPM of the host that is handed to the guest, in place of an emulated one.
            persistent_state: whether the emulated one's state outlives a guest that is not defined.
            secret: the UUID of libvirt's secret by which that state is encrypted.

        Raises BuildError for a second one, and for what does not go together.
        """
        if device is not None and (version, persistent_state, secret) != (None, None, None):
            raise BuildError("tpm: a TPM of the host (`device`) has its own version and state")
        backend = TpmBackend(type="passthrough" if device else "emulator", version=version)
        backend.persistent_state = persistent_state
        if device is not None:
            backend.device = TpmBackendDevice(path=device)
        if secret is not None:
            backend.encryption = TpmBackendEncryption(secret=secret)
        if model is None and device is None:
            # What decides the model of an emulated TPM wants to choose its backend as well.
            backend.type = None
        with self._change() as domain:
            devices_of(domain).tpms.append(Tpm(model=model, backend=backend))
        return self

    def rng(self, device: str | None = None, *, rate: int | None = None, period: int | None = None) -> Self:
        """Add a source of randomness.

        Args:
            device: the path of the host's source, "/dev/urandom" by default.
            rate: how many bytes the guest gets in a period; as many as it wants by default.
            period: how long a period is, in milliseconds; 1000 by default.

        Raises BuildError for a period without a rate.
        """
        if period is not None and rate is None:
            raise BuildError("rng: how many bytes in each period? Say `rate` as well")
        backend = RngBackend(model="random", value=device)
        limit = None if rate is None else RngRate(bytes=rate, period=period)
        with self._change() as domain:
            devices_of(domain).rngs.append(Rng(backend=backend, rate=limit))
        return self

    def balloon(
        self,
        model: Literal["virtio", "none"] = "virtio",
        *,
        period: int | None = None,
        autodeflate: bool | None = None,
        free_page_reporting: bool | None = None,
    ) -> Self:
        """Choose the device by which memory is taken from the guest and given back.

        Args:
            model: "none" for a guest without it.
            period: every how many seconds it tells of the guest's memory.
            autodeflate: whether the guest gets memory back before it runs out of it.
            free_page_reporting: whether the host gets what the guest does not use.

        Raises BuildError for a guest without it that says more of it.
        """
        if model == "none" and (period, autodeflate, free_page_reporting) != (None, None, None):
            raise BuildError("balloon: a guest without a balloon has nothing to be said of it")
        made = Memballoon(model=model, autodeflate=autodeflate, free_page_reporting=free_page_reporting)
        made.stats = None if period is None else MemballoonStats(period=period)
        with self._change() as domain:
            devices_of(domain).memballoon = made
        return self

    def watchdog(
        self,
        model: Literal["itco", "i6300esb", "ib700", "diag288"] | None = None,
        *,
        action: WatchdogAction | None = None,
    ) -> Self:
        """Add a watchdog, which acts when the guest hangs.

        Args:
            model: which one; "i6300esb" by default. "itco" is a part of the machine q35.
            action: what it does; "reset" by default.

        Raises BuildError for a model that the machine cannot have.
        """
        with self._change() as domain:
            devices_of(domain).watchdogs.append(Watchdog(model=model, action=action))
        return self

    def panic(self, model: Literal["isa", "hyperv", "pvpanic", "pseries", "s390"] | None = None) -> Self:
        """Let the guest tell the host that it crashed; see `on_crash`.

        Raises BuildError for a second one of a model.
        """
        with self._change() as domain:
            devices_of(domain).panics.append(Panic(model=model))
        return self

    def vsock(self, cid: int | None = None) -> Self:
        """Connect the guest and the host by a socket of their own.

        Args:
            cid: the guest's number, from 3; libvirt chooses one by default.

        Raises BuildError for a second one, and for numbers that are not a guest's.
        """
        with self._change() as domain:
            devices = devices_of(domain)
            if devices.vsock is not None:
                raise BuildError("vsock: a guest has one only")
            devices.vsock = Vsock(cid=VsockCid(auto=cid is None, address=cid))
        return self

    def iommu(
        self, model: Literal["intel", "amd", "virtio", "smmuv3"] = "intel", *, intremap: bool | None = None
    ) -> Self:
        """Give the guest an IOMMU, for guests in the guest.

        Args:
            model: which one; Intel's takes the machine q35.
            intremap: whether interrupts go through it as well; the I/O APIC is QEMU's then, as has to be.

        Raises BuildError for a second one, and for a machine that cannot have it.
        """
        with self._change() as domain:
            made = Iommu(model=model)
            if intremap is not None:
                made.driver = IommuDriver(intremap=intremap)
            if intremap:
                features_of(domain).ioapic = FeaturesIoapic(driver="qemu")
            devices_of(domain).iommus.append(made)
        return self


def _field_of(device: object) -> str:
    """Return the field of `Devices` that holds devices of a class. Raises BuildError for what is none."""
    devices: type[Devices] = schema.Devices
    for name, field in devices.xml_fields.items():
        if field.target is type(device):
            return name
    raise BuildError(f"{type(device).__name__} is no device of a guest")
