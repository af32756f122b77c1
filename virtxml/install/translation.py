"""virt-install's command line to the documents that it would define."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, ClassVar

from ..guests.decisions import Wishes, decide
from ..guests.defaults.boot import settle_boot_order
from ..guests.defaults.disks import set_targets
from ..guests.guest import Guest
from ..guests.hosts import read_host
from ..guests.names import default_name, random_uuid
from ..guests.osinfo import GENERIC, OsFacts, find_os
from ..guests.osinfo.noted import note_os
from ..records import Record, made
from ..scalars import names_files
from ..schema.domain import Domain
from ..source.secrets.hiding import without_passwords
from .checking import doubts
from .command_line.arguments import parse_arguments
from .command_line.said import Arguments
from .command_line.splitting import words
from .errors import InstallError, worded
from .language.applied import DiskRequest
from .language.applying import apply, run_late_actions
from .media import choose_installation
from .placing import place_hostdevs, place_interfaces
from .steps import final_guest, install_guest
from .storage import place_disks
from .systems import choose_system, require_system

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..guests.hosts import Host
    from .language.applied import Applied
    from .media import Installation
    from .storage import NewVolume

_GIB = 2**30
_SWITCHABLE = ("acpi", "apic", "pae", "privnet")
"""Features that have no state: they are there or not, so that "off" cannot be seen on the domain."""


class Translation(Record):
    """What virt-install would do.

    Attributes:
        domain: the document that it would define in the end.
        install_domain: the one that it would start first, to install the guest; None if there is no such step.
        storage: the volumes that it would make.
        to_make: what else has to be there before the guest starts, a line each: files to fetch, images to write.
        warnings: what the user should know, a line each.
        arguments: the command line, taken apart.
    """

    _hidden: ClassVar = ("arguments",)

    domain: Domain
    install_domain: Domain | None = None
    storage: list[NewVolume] = made(factory=list)
    to_make: list[str] = made(factory=list)
    warnings: list[str] = made(factory=list)
    arguments: Arguments = made(factory=Arguments)

    @property
    def documents(self) -> list[Domain]:
        """The documents in the order in which they are used."""
        return [self.domain] if self.install_domain is None else [self.install_domain, self.domain]


def translate(
    argv: str | Sequence[str], *, host: Host | None = None, osinfo: OsFacts | str | None = None
) -> Translation:
    """Translate virt-install's command line, without the program's name.

    Args:
        argv: the arguments, or one text that is split as a shell splits it.
        host: the host that the guest is for; by default what `--connect`, `--capabilities`, `--domcapabilities`,
            `--host` and `--arch` name, a current host with KVM if they name none.
        osinfo: the guest's operating system, or a name of it; what `--osinfo` says goes first.

    Raises InstallError for what is wrong, and for what only the host itself can do; ParseError for a file with facts
    that is no such document.
    """
    arguments = parse_arguments(words(argv))
    return translate_arguments(arguments, host=host, osinfo=osinfo)


@worded
def translate_arguments(
    arguments: Arguments, *, host: Host | None = None, osinfo: OsFacts | str | None = None
) -> Translation:
    """Translate arguments that are taken apart already; otherwise as `translate`."""
    if host is None:
        host = read_host(
            capabilities=arguments.text("capabilities"),
            domcapabilities=arguments.text("domcapabilities"),
            host=arguments.text("host"),
            uri=arguments.text("connect"),
            arch=arguments.text("arch"),
            virt_type=arguments.text("virt_type"),
            os_type=arguments.text("os_type"),
        )
    return _Translating(arguments, host, osinfo).run()


class _Translating:
    """The work on one guest, in virt-install's order."""

    def __init__(self, arguments: Arguments, host: Host, osinfo: OsFacts | str | None) -> None:
        self._arguments = arguments
        self._osinfo = osinfo
        domain = Domain()
        self._applied = apply(arguments, domain)
        self._guest = Guest(domain, host, without=_without(arguments, self._applied))
        self._warnings = list(self._applied.warnings)

    def run(self) -> Translation:
        """Return the documents."""
        if self._applied.install.reinstall is not None:
            return self._reinstall(self._applied.install.reinstall)
        storage: list[NewVolume] = []
        found: list[Installation] = []
        guest, applied = self._guest, self._applied
        decide(
            guest,
            self._wishes(),
            own={
                "system": self._choose_system,
                "identity": self._identify,
                "keys": lambda: _set_keys(guest, applied),
                "disks": lambda: storage.extend(self._place_disks()),
                "host devices": lambda: place_hostdevs(guest, applied.hostdevs),
                "installation": lambda: found.append(choose_installation(guest, applied)),
                "interfaces": lambda: place_interfaces(guest, applied.networks, applied.checks),
                "boot order": lambda: settle_boot_order(guest),
            },
            without=applied.given & {"memory"},
        )
        return self._finish(found[0], storage)

    def _finish(self, installation: Installation, storage: list[NewVolume]) -> Translation:
        if self._applied.install.cloud_init is not None and "tpm" not in self._applied.given:
            # For cloud-init, virt-install decides on a TPM for the first start before it knows of the firmware.
            self._guest.devices.tpms.clear()
        final = final_guest(self._guest, installation)
        first = install_guest(self._guest, installation) if installation.has_step else None
        found = Translation(
            domain=run_late_actions(self._applied, final.domain),
            install_domain=run_late_actions(self._applied, first.domain) if first is not None else None,
            storage=storage,
            to_make=[without_passwords(line) for line in installation.to_make],
            warnings=self._warnings,
            arguments=self._arguments,
        )
        if self._guest.assumed:
            granted = "; ".join(map(without_passwords, self._guest.assumed))
            found.warnings.append(f"taken for granted, as nothing tells of the host (--host FILE does): {granted}")
        for document in found.documents if self._applied.late_actions else ():
            _refuse_name(document.name or "", "--xml")
        found.warnings += doubts(found.documents, self._arguments, self._applied)
        return found

    def _wishes(self) -> Wishes:
        applied, arguments = self._applied, self._arguments
        return Wishes(
            machine=arguments.text("machine"),
            os_type=arguments.text("os_type"),
            arch=arguments.text("arch"),
            virt_type=arguments.text("virt_type"),
            uefi=applied.boot.uefi,
            loader=applied.boot.uefi_path,
            cpu=applied.cpu.special,
            secure_cpu=applied.cpu.secure,
            root_ports=applied.num_pcie_root_ports,
        )

    def _choose_system(self) -> None:
        if self._guest.host.driver == "vz" and self._arguments.on("transient"):
            raise InstallError("guests of Virtuozzo cannot be transient", option="--transient")
        self._guest.system = self._system()

    def _identify(self) -> None:
        """Give the guest its name and UUID, and let it tell its system."""
        guest = self._guest
        guest.domain.name = guest.domain.name or self._arguments.text("name") or default_name(guest)
        self._check_name(guest.domain.name)
        guest.domain.uuid = guest.domain.uuid or random_uuid()
        _set_metadata(guest)

    def _check_name(self, name: str) -> None:
        """Raise InstallError for no name of a guest, and if the host has one of it; where it is only shown, warn."""
        _refuse_name(name, "--name")
        if self._guest.host.domain(name) is None:
            return
        if not any(option in self._arguments.values for option in ("xmlonly", "xmlstep", "dry")):
            raise InstallError("the host has a guest of this name", option="--name", value=name)
        self._warnings.append(f"the host has a guest of the name {name}")

    def _system(self) -> OsFacts:
        system = choose_system(self._applied, self._guest.host, self._guest.arch)
        if system is None and self._osinfo is not None:
            system = find_os(self._osinfo) if isinstance(self._osinfo, str) else self._osinfo
        return require_system(self._guest, self._applied) if system is None else system

    def _place_disks(self) -> list[NewVolume]:
        _check_filesystems(self._guest)
        requests = list(self._applied.disks)
        if not requests and "disk" not in self._applied.none and not self._guest.is_container:
            requests = self._default_disks()
        return place_disks(self._guest, requests, self._applied.checks, self._warnings)

    def _default_disks(self) -> list[DiskRequest]:
        from ..schema.domain import Disk

        if self._guest.devices.filesystems:
            return []
        size = self._guest.system.default_resources(self._guest.arch).storage
        if size is None:
            raise InstallError("say where the guest's disk is, or its size (--disk none for no disk)", option="--disk")
        return [DiskRequest(Disk(), size=size / _GIB, text="(the system's default)")]

    def _reinstall(self, name: str) -> Translation:
        """Install a guest of the host's again, as it is. Raises InstallError if there is none of that name."""
        existing = self._guest.host.domain(name)
        if existing is None:
            raise InstallError("the host has no such guest", option="--reinstall", value=name)
        self._guest.domain = deepcopy(existing)
        self._guest.system = choose_system(self._applied, self._guest.host, self._guest.arch) or GENERIC
        installation = choose_installation(self._guest, self._applied)
        if not installation.has_step:
            raise InstallError("say how to install: --location, --cdrom or --pxe", option="--reinstall", value=name)
        set_targets(self._guest)
        return self._finish(installation, [])


def _refuse_name(name: str, option: str) -> None:
    """Raise InstallError for what is no name of a guest."""
    if not names_files(name):
        reason = (
            "libvirt names files after a guest, so it has no slashes or line feeds, and is neither blank nor . or .."
        )
        raise InstallError(reason, option=option, value=name)


def _check_filesystems(guest: Guest) -> None:
    """Raise InstallError if a container is given a directory at no path of it; for others, it is a name."""
    for one in guest.devices.filesystems if guest.is_container else ():
        target = one.target.dir if one.target is not None else None
        if target is not None and not target.startswith("/"):
            raise InstallError("a container's directory has an absolute path", option="--filesystem", value=target)


def _without(arguments: Arguments, applied: Applied) -> frozenset[str]:
    off = {name for name in _SWITCHABLE if arguments.on(f"no{name}")}
    for said in applied.said.get("features", ()):
        off.update(name for name in _SWITCHABLE if name in said and said[name] in (False, None))
    return frozenset(applied.none | off)


def _set_metadata(guest: Guest) -> None:
    """Let programs that read the document know the guest's system."""
    if guest.system.id is None or guest.domain.metadata is not None:
        return
    note_os(guest.domain, guest.system.id)


def _set_keys(guest: Guest, applied: Applied) -> None:
    if applied.boot.secure_boot is None or guest.os.firmware != "efi":
        return
    from ..schema.domain import OsFirmware, OsFirmwareFeature

    guest.os.firmware_element = guest.os.firmware_element or OsFirmware()
    features = guest.os.firmware_element.features
    if not any(feature.name == "enrolled-keys" for feature in features):
        features.append(OsFirmwareFeature(enabled=applied.boot.secure_boot, name="enrolled-keys"))
