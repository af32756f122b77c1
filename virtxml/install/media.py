"""From what a guest is installed: an image, a tree, the network, a disk that is ready."""

from __future__ import annotations

import re
from posixpath import abspath
from typing import TYPE_CHECKING

from ..guests.defaults.disks import add_disk
from ..guests.formats import format_of_file, kind_by_name, kind_of_file
from ..guests.osinfo import find_os
from ..guests.osinfo.trees import has_no_tree, tree_url
from ..records import Record, made
from ..scalars import names_files
from ..schema.domain import Disk, OsSmbios, SysInfo, SysInfoSystem, SysInfoSystemEntry
from .errors import InstallError
from .storage import (
    format_of,
    is_url,
    local_path,
    set_path,
    set_url,
    set_volume,
)
from .systems import local_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..guests.guest import Guest
    from .language.applied import Applied, InstallRequest

_BOOT_DIRECTORY = "/var/lib/libvirt/boot"
_FETCHED_BY = ("http", "https", "ftp")
_METHOD_DISTROS = frozenset(["fedora", "silverblue", "rhel", "rhl", "centos", "centos-stream", "ol", "scientificlinux"])
_INSTALL_DISTROS = frozenset(["opensuse", "sles", "sled", "caasp", "suse"])


class Installation(Record):
    """How a guest is installed.

    Attributes:
        install_kinds: what the first start boots from ("cdrom", "network", "hd"); empty if it boots a kernel.
        imports: whether there is nothing to install: the first disk is ready.
        has_step: whether there is a first start of its own, which the guest is to shut down after.
        kernel: path of the kernel that the first start boots.
        initrd: path of its initial RAM disk.
        cmdline: its arguments.
        ejected: the disk that is empty after the first start.
        generated: an image that virt-install writes for the first start; it is attached when all else is done.
        bootdev: the kind of device that is booted from later, if there is no disk.
        from_network: whether the installer loads everything from a server.
        livecd: whether the guest goes on booting from the image.
        sysinfo: what the first start finds in its SMBIOS.
        to_make: what has to be there before the first start, a line each.
        source: the URL of the tree that osinfo-db knows of the system (`--install OS`).
    """

    install_kinds: list[str] = made(factory=list)
    imports: bool = False
    has_step: bool = False
    kernel: str | None = None
    initrd: str | None = None
    cmdline: str | None = None
    ejected: Disk | None = None
    generated: Disk | None = None
    bootdev: str | None = None
    from_network: bool = False
    livecd: bool = False
    sysinfo: str | None = None
    to_make: list[str] = made(factory=list)
    source: str | None = None


def choose_installation(guest: Guest, applied: Applied) -> Installation:
    """Decide how the guest is installed, and add the image that it is installed from to its disks.

    Of several ways, the first one counts: an image, a tree, a kernel, the network.

    Raises InstallError for a way that contradicts itself, and for what only the host itself can do.
    """
    request = applied.install
    found = Installation(livecd=request.livecd and request.cdrom is not None)
    _refuse_contradictions(request)
    if request.cdrom is not None:
        _use_cdrom(guest, request.cdrom, found)
    elif request.location is not None or request.os is not None:
        _use_location(guest, request, found)
    elif request.kernel is not None or request.initrd is not None:
        found.kernel = _fetched(guest, request.kernel, found)
        found.initrd = _fetched(guest, request.initrd, found)
        found.has_step = True
    elif request.pxe or request.bootdev is not None:
        found.bootdev = "network" if request.pxe else request.bootdev
        found.install_kinds = [found.bootdev or "network"]
        found.has_step = True
    else:
        found.imports = True
    if request.no_install:
        found.has_step = False
        found.install_kinds, found.kernel, found.initrd = [], None, None
    _set_cmdline(guest, request, found)
    if request.cloud_init is not None:
        _use_cloud_init(guest, request.cloud_init, found)
    if request.unattended is not None:
        _use_answers(guest, request, found)
    return found


def _refuse_contradictions(request: InstallRequest) -> None:
    if request.extra_args and not (request.location or request.kernel or request.os):
        raise InstallError("arguments of a kernel need one: --location or --install kernel=", option="--extra-args")
    if request.initrd_inject and request.location is None:
        raise InstallError("files are put into the initial RAM disk of a --location", option="--initrd-inject")
    if (request.location_kernel is None) != (request.location_initrd is None):
        raise InstallError("kernel= and initrd= go together", option="--location")
    if request.cloud_init is not None and request.unattended is not None:
        raise InstallError("an image is either installed, or made one's own by cloud-init", option="--unattended")
    if request.location is None and request.location_kernel is not None:
        raise InstallError("kernel= and initrd= are paths inside of a location, which is missing", option="--location")


def add_image(guest: Guest, path: str, option: str) -> Disk:
    """Add an image to the guest's disks as a CD-ROM, and return the disk.

    Raises InstallError if nothing is there.
    """
    disk = Disk(device="cdrom")
    form: str | None = None
    path = local_path(path)
    if is_url(path):
        set_url(disk, path, option=option)
    elif (volume := guest.host.volume_at(path)) is not None:
        set_volume(disk, *volume)
        form = format_of(*volume)
    else:
        kind = kind_of_file(path, remote=guest.host.is_remote)
        if kind == "dir":
            raise InstallError("this is a directory, not an image", option=option, value=path)
        if not guest.host.is_remote:
            path = abspath(path)
        if kind is None and guest.host.tells_storage:
            if guest.host.pool_of(path) is not None or any(guest.host.volumes.values()):
                raise InstallError("nothing is there", option=option, value=path)
        elif kind is None:
            guest.assumed.append(path)
        disk.type = "block" if (kind or kind_by_name(path)) == "block" else "file"
        set_path(disk, path)
        if kind is None:
            form = "raw"
        elif not guest.host.tells_storage:
            # A host that tells its volumes does not have this one, so nothing tells its format.
            form = format_of_file(path, remote=guest.host.is_remote)
    add_disk(guest, disk, format=form, first_cdrom=True)
    return disk


def _use_cdrom(guest: Guest, path: str, found: Installation) -> None:
    disk = add_image(guest, path, "--cdrom")
    found.install_kinds = ["cdrom"]
    found.has_step = not found.livecd
    if not found.livecd and not guest.system.is_windows:
        # Installers of Windows start a second time, and go on reading the image.
        found.ejected = disk


def _use_location(guest: Guest, request: InstallRequest, found: Installation) -> None:
    location = request.location
    found.has_step = True
    if location is None:
        _use_known_tree(guest, request, found)
        return
    found.from_network = is_url(location) and not location.startswith("file://")
    _refuse_far_directory(guest, location)
    if _is_image(guest, location):
        add_image(guest, location, "--location")
    kernel, initrd = _boot_files(guest, request)
    found.kernel = _boot_file(guest, kernel)
    found.initrd = _boot_file(guest, initrd)
    for local, path in ((found.kernel, kernel), (found.initrd, initrd)):
        # Of trees on servers, only the installer's names are known.
        found.to_make.append(f"{local} from {location}" + ("" if is_url(location) else f": {path}"))
    found.to_make.extend(f"{path} inside of {found.initrd}" for path in request.initrd_inject)


def _use_known_tree(guest: Guest, request: InstallRequest, found: Installation) -> None:
    """Install from the tree of a system that osinfo-db knows. Raises InstallError if there is none."""
    system = find_os(request.os) if request.os is not None else guest.system
    if has_no_tree(system):
        raise InstallError("no installation tree of it is known", option="--install", value=system.short_id)
    url = tree_url(system, guest.arch)
    name = guest.domain.name
    found.source = url
    found.to_make.append(f"the installation tree of {system.short_id}, " + (url or "chosen on the host"))
    found.kernel, found.initrd = f"{_BOOT_DIRECTORY}/{name}-vmlinuz", f"{_BOOT_DIRECTORY}/{name}-initrd.img"
    found.from_network = True


def _refuse_far_directory(guest: Guest, location: str) -> None:
    """Raise InstallError for a directory if the host is another machine, which has no way to boot from it."""
    if not guest.host.is_remote or is_url(location) or _is_image(guest, location):
        return
    if kind_of_file(location, remote=False) == "dir" or guest.host.volume_at(location) is None:
        reason = "the host is another machine: a tree has to be named by a URL, an image by its path there"
        raise InstallError(reason, option="--location", value=location)


def _boot_files(guest: Guest, request: InstallRequest) -> tuple[str, str]:
    """Return the paths of kernel and initial RAM disk inside of a location.

    Raises InstallError if the location is on this machine, and they are not found in it.
    """
    if request.location_kernel is not None and request.location_initrd is not None:
        return request.location_kernel, request.location_initrd
    tree = local_tree(request, guest.host, guest.arch)
    if tree is None:
        return "vmlinuz", "initrd.img"
    if tree.kernel is None or tree.initrd is None:
        reason = "no kernel and initial RAM disk of an installer are found in it: name them with kernel=,initrd="
        raise InstallError(reason, option="--location", value=request.location)
    return tree.kernel, tree.initrd


def _is_image(guest: Guest, location: str) -> bool:
    """Return whether a location is an image, not a tree: by its name, if it is not on this machine."""
    location = local_path(location)
    if is_url(location):
        return False
    kind = None if guest.host.is_remote else kind_of_file(location, remote=False)
    if kind is None and guest.host.volume_at(location) is not None:
        return True
    return location.lower().endswith((".iso", ".img")) if kind is None else kind != "dir"


def _boot_file(guest: Guest, path: str, option: str = "--location") -> str:
    """Return where a file to boot is put on the host. Raises InstallError if the path or URL of it names no file."""
    name = re.split(r"[?#]", path, maxsplit=1)[0].rpartition("/")[2]
    if not names_files(name):
        raise InstallError("this names no file", option=option, value=path)
    return f"{_BOOT_DIRECTORY}/{guest.domain.name}-{name}"


def _fetched(guest: Guest, path: str | None, found: Installation) -> str | None:
    """Return the path of a file of the host; where it has to be fetched from a server, where it would be put."""
    if path is None or not is_url(path):
        return path
    local = _boot_file(guest, path, "--install")
    found.to_make.append(f"{local} from {path}")
    return local


def _set_cmdline(guest: Guest, request: InstallRequest, found: Installation) -> None:
    if found.kernel is None:
        return
    words: list[str] = []
    location = request.location or found.source
    if location is not None and is_url(location) and not location.startswith("file://"):
        if guest.system.distro in _METHOD_DISTROS:
            words.append(f"method={location}")
        elif guest.system.distro in _INSTALL_DISTROS:
            words.append(f"install={location}")
    if request.kernel_args is not None:
        words = [request.kernel_args] if request.kernel_args_overwrite else [*words, request.kernel_args]
    found.cmdline = " ".join([*words, *request.extra_args]) or None


def _use_cloud_init(guest: Guest, said: Mapping[str, str | bool], found: Installation) -> None:
    for key, value in said.items():
        if isinstance(value, str) and is_url(value) and value.partition("://")[0] not in _FETCHED_BY:
            known = ", ".join(_FETCHED_BY)
            raise InstallError(f"files are fetched by {known}", option="--cloud-init", key=key, value=value)
    path = _generate(guest, "cloudinit", found)
    found.to_make.append(f"{path}, an image with the label cidata, for cloud-init")
    tells = guest.is_x86 or guest.arch == "aarch64"
    if tells and not any(info.system is not None for info in guest.domain.sysinfos):
        found.sysinfo = "ds=nocloud"


def _use_answers(guest: Guest, request: InstallRequest, found: Installation) -> None:
    """Attach an image with answers for the installer.

    Raises InstallError for systems whose installers take them in another way, which only their scripts tell.
    """
    if guest.system.distro not in _METHOD_DISTROS:
        raise InstallError(
            f"{guest.system.short_id} is not known to take the answers for its installer from an image",
            option="--unattended",
        )
    _refuse_live(guest, request.cdrom)
    if found.kernel is not None:
        from .answers import boot_words, script_name

        source = request.location if request.location is not None and found.from_network else None
        source = source or found.source or tree_url(guest.system, guest.arch)
        found.cmdline = " ".join([*boot_words(guest.system, source), *request.extra_args])
        found.to_make.append(
            f"{script_name(guest.system)} inside of {found.initrd}, with the answers for the installer"
        )
        return
    path = _generate(guest, "unattended", found)
    found.to_make.append(f"{path}, an image with the answers for the installer")


def _refuse_live(guest: Guest, cdrom: str | None) -> None:
    """Raise InstallError for an image of this machine that starts a system, not an installer that takes answers."""
    path = local_path(cdrom or "")
    if guest.host.is_remote or kind_of_file(path, remote=False) != "file":
        return
    from ..guests.osinfo.media import is_live

    try:
        live = is_live(path)
    except OSError as error:
        raise InstallError(f"the image cannot be read ({error.strerror})", option="--cdrom", value=path) from None
    if live:
        raise InstallError("live images have no installer that takes answers", option="--unattended", value=path)


def _generate(guest: Guest, what: str, found: Installation) -> str:
    """Attach an image that virt-install writes for the first start, and return its path."""
    path = f"{_BOOT_DIRECTORY}/{guest.domain.name}-{what}.iso"
    found.generated = Disk(device="cdrom", type="file")
    set_path(found.generated, path)
    found.has_step = True
    return path


def set_sysinfo(guest: Guest, serial: str) -> None:
    """Let the guest find a serial number in its SMBIOS."""
    entry = SysInfoSystemEntry(name="serial", value=serial)
    guest.domain.sysinfos.append(SysInfo(type="smbios", system=SysInfoSystem(entries=[entry])))
    guest.os.smbios = guest.os.smbios or OsSmbios(mode="sysinfo")
