"""Which operating system the guest gets: the one that is named, or none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..guests.formats import kind_of_file
from ..guests.osinfo import GENERIC, find_os
from ..guests.osinfo.finding import look_up
from .errors import InstallError
from .storage import is_url, local_path

if TYPE_CHECKING:
    from ..guests.guest import Guest
    from ..guests.hosts import Host
    from ..guests.osinfo import OsFacts
    from .language.applied import Applied, InstallRequest
    from .trees import Tree

_NOT_REQUIRED = "VIRTINSTALL_OSINFO_DISABLE_REQUIRE"
"""The variable with which scripts for older versions of virt-install go on without naming a system."""


def choose_system(applied: Applied, host: Host, arch: str) -> OsFacts | None:
    """Return the system that the arguments name, or that their image holds; None if neither tells.

    Raises InstallError for a name that there is not.
    """
    request = applied.osinfo
    name = request.name or request.id or applied.install.os
    if name is not None:
        return find_os(name)
    if request.detect is False or host.is_remote:
        return None
    system = _of_labels(local_path(applied.install.cdrom or applied.install.location or ""))
    if system is None and applied.install.cdrom is None and applied.install.location_kernel is None:
        tree = local_tree(applied.install, host, arch)
        system = next((facts for facts in map(look_up, tree.system if tree else ()) if facts is not None), None)
    return system


def detected_name(location: str, arch: str) -> str:
    """Return the short id of the system that a tree or an image of this machine installs.

    Raises InstallError if it does not tell, or is not here.
    """
    path = local_path(location)
    kind = None if is_url(path) else kind_of_file(path, remote=False)
    system = _of_labels(path)
    if system is None and kind is not None:
        from .trees import read_tree

        names = read_tree(path, arch, is_image=kind != "dir").system
        system = next((facts for facts in map(look_up, names) if facts is not None), None)
    if system is None:
        reason = "nothing in it tells its system" if kind is not None else "no file or directory of this machine"
        raise InstallError(reason, option="--test-media-detection", value=location)
    return system.short_id


def local_tree(request: InstallRequest, host: Host, arch: str) -> Tree | None:
    """Return what is in the tree or image of `--location`; None if it is not on this machine.

    Raises InstallError if it cannot be read.
    """
    path = local_path(request.location or "")
    kind = None if not path or host.is_remote or is_url(path) else kind_of_file(path, remote=False)
    if kind is None:
        return None
    from .trees import read_tree

    return read_tree(path, arch, is_image=kind != "dir")


def _of_labels(image: str) -> OsFacts | None:
    """Return the system that the labels of an image tell. Raises InstallError if it cannot be read."""
    if is_url(image) or kind_of_file(image, remote=False) not in ("file", "block"):
        return None
    from ..guests.osinfo.media import detect_os

    try:
        return detect_os(image)
    except OSError as error:
        raise InstallError(
            f"the image cannot be read ({error.strerror}), to see what it installs", value=image
        ) from None


def require_system(guest: Guest, applied: Applied) -> OsFacts:
    """Return what stands for a system that nobody named.

    Raises InstallError where one has to be named: for PCs, whose devices depend on it, unless virt-install's own
    variable of the environment turns that off.
    """
    required = applied.osinfo.require
    if required is None:
        required = guest.is_x86 and guest.is_hvm
    if not required or os.environ.get(_NOT_REQUIRED):
        return GENERIC
    location = applied.install.location
    silent = "only the server tells it" if location and is_url(local_path(location)) else "no image tells it"
    raise InstallError(
        f"the guest's operating system has to be named, as it decides which devices the guest gets, and {silent}: "
        "--osinfo NAME (virtxml install --osinfo list shows the names), "
        "or --osinfo require=off for a guest with plain devices",
        option="--osinfo",
    )
