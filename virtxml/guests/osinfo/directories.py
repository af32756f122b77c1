"""Where osinfo-db is on this machine, and how new it is.

This is asked for every guest, the files in it are not: there is no pathlib here, which takes longer to load than the
answer.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SYSTEM_DIRECTORIES = ("/usr/share/osinfo", "/usr/local/share/osinfo")
LOCAL_DIRECTORY = "/etc/osinfo"


class Directories(NamedTuple):
    """The directories that osinfo-db is read from, the most general first; only those that are there.

    Attributes:
        system: what is installed.
        own: what the administrator of the machine and the user add.
        system_is_chosen: whether somebody says where it is installed.
    """

    system: list[str]
    own: list[str]
    system_is_chosen: bool

    @property
    def all(self) -> list[str]:
        """All of them."""
        return self.system + self.own

    @property
    def release(self) -> str:
        """The release of what is installed, such as "20250606"; empty if no file tells."""
        return max(map(_release, self.system), default="")

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Directories:
        """Return the directories of libosinfo, which OSINFO_SYSTEM_DIR, OSINFO_LOCAL_DIR and OSINFO_USER_DIR set."""
        chosen = environment.get("OSINFO_SYSTEM_DIR")
        config = environment.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111 - may have no home
        local = environment.get("OSINFO_LOCAL_DIR") or LOCAL_DIRECTORY
        user = environment.get("OSINFO_USER_DIR") or f"{config}/osinfo"
        return cls(_there([chosen] if chosen else SYSTEM_DIRECTORIES), _there((local, user)), bool(chosen))


def _there(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if os.path.isdir(f"{path}/os")]  # noqa: PTH112


def _release(path: str) -> str:
    if not os.path.isfile(f"{path}/VERSION"):  # noqa: PTH113
        return ""
    with open(f"{path}/VERSION", encoding="utf-8", errors="replace") as file:
        return file.read().strip()
