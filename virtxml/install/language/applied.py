"""What options say that is no XML: plain data for what decides the rest of the document.

None of it is ever compared, and a class without comparisons is made in half the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import Record, made

if TYPE_CHECKING:
    from ...schema.domain import Disk, Hostdev, Interface
    from ..errors import InstallError


class DiskRequest(Record):
    """A `--disk`, or what the old options for disks said.

    Attributes:
        disk: the disk as far as sub-options say it; it is not in the domain yet.
        path: the file, block device, directory or URL; None if none was named.
        size: the size of the volume to be made, in GiB.
        pool: the storage pool that a new volume is to be made in.
        vol: a volume that exists, as "POOL/VOLUME".
        format: the format of the volume to be made, such as "qcow2".
        sparse: whether the new volume grows as it is written; None if nothing was said.
        type: the `type` that was asked for by name; None if it follows from the source.
        backing_store: the path of the volume that a new volume is based on.
        backing_format: the format of that.
        text: the option's value as written, for messages.
    """

    disk: Disk
    path: str | None = None
    size: float | None = None
    pool: str | None = None
    vol: str | None = None
    format: str | None = None
    sparse: bool | None = None
    type: str | None = None
    backing_store: str | None = None
    backing_format: str | None = None
    text: str = ""


class NetworkRequest(Record):
    """A `--network`, or what the old options for networks said.

    Attributes:
        interface: the interface as far as sub-options say it; its `type` is None if nothing told it ("default").
        hostdev: the name of the node device to be handed to the guest as an interface (`hostdev=`).
        text: the option's value as written, for messages.
    """

    interface: Interface
    hostdev: str | None = None
    text: str = ""


class HostdevRequest(Record):
    """A `--hostdev`.

    Attributes:
        hostdev: the device as far as sub-options say it; it is not in the domain yet.
        name: the node device: libvirt's name of it, or an address ("001.003", "0x062a:0x0001", "0:15:0.3"), or a path.
        text: the option's value as written, for messages.
    """

    hostdev: Hostdev
    name: str | None = None
    text: str = ""


class OsinfoRequest(Record):
    """What `--osinfo` says of the guest's operating system.

    Attributes:
        name: its short ID, as in "fedora40"; None if none was given.
        id: its full ID, a URL; None if none was given.
        detect: whether to look at the installation media; None if nothing was said.
        require: whether it is an error if the system stays unknown; None if nothing was said.
    """

    name: str | None = None
    id: str | None = None
    detect: bool | None = None
    require: bool | None = None


class InstallRequest(Record):
    """From what the guest is to be installed.

    Attributes:
        cdrom: path or URL of an image (`--cdrom`).
        location: tree or image to boot the installer from (`--location`), without its sub-options.
        location_kernel, location_initrd: paths inside of the location.
        pxe, import_disk, livecd, reinstall: `--pxe`, `--import`, `--livecd`, and the domain that `--reinstall` names.
        extra_args: kernel arguments of `--extra-args`, in order.
        initrd_inject: files of `--initrd-inject`.
        os, bootdev, kernel, initrd, kernel_args, kernel_args_overwrite, no_install: sub-options of `--install`.
        install: whether `--install` was given.
        unattended: sub-options of `--unattended`; None without that option.
        cloud_init: sub-options of `--cloud-init`; None without that option.
    """

    cdrom: str | None = None
    location: str | None = None
    location_kernel: str | None = None
    location_initrd: str | None = None
    pxe: bool = False
    import_disk: bool = False
    livecd: bool = False
    reinstall: str | None = None
    extra_args: list[str] = made(factory=list)
    initrd_inject: list[str] = made(factory=list)
    install: bool = False
    os: str | None = None
    bootdev: str | None = None
    kernel: str | None = None
    initrd: str | None = None
    kernel_args: str | None = None
    kernel_args_overwrite: bool = False
    no_install: bool = False
    unattended: dict[str, str | bool] | None = None
    cloud_init: dict[str, str | bool] | None = None


class BootRequest(Record):
    """What `--boot` asks to be decided.

    Attributes:
        uefi: True for `uefi` and `uefi=on`, False for `uefi=off`; None if nothing was said.
        secure_boot: whether the firmware is to start signed systems only (`secure-boot=`); None if nothing was said.
        uefi_path: the loader that `uefi=PATH` names.
        refresh_machine_type: whether the machine type is to be the newest of its kind.
    """

    uefi: bool | None = None
    uefi_path: str | None = None
    secure_boot: bool | None = None
    refresh_machine_type: bool = False


class CpuRequest(Record):
    """What `--cpu` asks to be decided.

    Attributes:
        special: "default", "none", "host-copy", "host-model-only", "hv-default", … : a word in place of a model that
            needs to know the host; None for a model's name or a mode that is on the domain already.
        secure: whether to add what protects against the flaws of processors that are known (`secure=`).
    """

    special: str | None = None
    secure: bool | None = None


class LateAction(Record):
    """A change of the document's XML, made when all else is done.

    Attributes:
        verb: "set", "create" or "delete".
        xpath: what is changed, from the root element or from the element of the option.
        value: the text to be set; None with other verbs.
        target: the mark of the element that ``xpath`` starts from; None for the document.
        option: the option that asked for it, for messages.
    """

    verb: str
    xpath: str
    value: str | None = None
    target: str | None = None
    option: str = "--xml"


class Applied(Record):
    """What a command line says beside the XML that it puts onto the domain.

    Attributes:
        disks, networks, hostdevs: in the order of the command line; their devices are not in the domain yet.
        osinfo, install, boot, cpu: see there.
        given: the destinations (`Arguments.compound`) that were given at all, with `none` or without.
        none: those that were given `none`: no such device, no such element, whatever the default is.
        default: those that were given `default` (or no value): a device as the default makes it; the count of them.
        num_pcie_root_ports: how many ports a new machine gets (`--controller num_pcie_root_ports=`).
        checks: `--check`: what to check, by name; what is not there is checked.
        doubts: the errors about words that the schemas do not list; some of them never come into the document.
        late_actions: `--xml` and `xpathN.*`, for `run_late_actions`.
        said: for each destination, for each occurrence, the sub-options by name (aliases resolved, numbers as written)
            with their values: text, a switch's state, or None for one that was unset. It tells `features.acpi=off` from
            nothing said.
        warnings: what the user should know; one line each.
    """

    disks: list[DiskRequest] = made(factory=list)
    networks: list[NetworkRequest] = made(factory=list)
    hostdevs: list[HostdevRequest] = made(factory=list)
    osinfo: OsinfoRequest = made(factory=OsinfoRequest)
    install: InstallRequest = made(factory=InstallRequest)
    boot: BootRequest = made(factory=BootRequest)
    cpu: CpuRequest = made(factory=CpuRequest)
    given: set[str] = made(factory=set)
    none: set[str] = made(factory=set)
    default: dict[str, int] = made(factory=dict)
    num_pcie_root_ports: int | None = None
    checks: dict[str, bool] = made(factory=dict)
    doubts: list[InstallError] = made(factory=list)
    late_actions: list[LateAction] = made(factory=list)
    said: dict[str, list[dict[str, str | bool | None]]] = made(factory=dict)
    warnings: list[str] = made(factory=list)
