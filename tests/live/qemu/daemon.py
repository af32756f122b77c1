"""A libvirtd of its own for tests, with the QEMU driver, that leaves nothing behind.

It may be started anew when it has ended: then, nothing is left of what it had, and its address is the same.

It runs in mount, network and process namespaces of its own: a directory stands in for all that libvirt writes to, its
networks are seen by nobody else, and its guests end with it. It has no KVM, so that guests run alike on all machines.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from typing_extensions import Self

_PLACES = {"run": "/run/libvirt", "etc": "/etc/libvirt", "lib": "/var/lib/libvirt", "cache": "/var/cache/libvirt"}
"""Directories of libvirt's, by the names of those that stand in for them."""

_QEMU_CONF = """\
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
cgroup_controllers = []
namespaces = []
stdio_handler = "file"
"""
_LIBVIRTD_CONF = """\
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_dir = "/run/libvirt"
log_outputs = "3:stderr"
"""
_NAMESPACES = [
    "unshare",
    "--mount",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
    "--propagation",
    "private",
]
# The shell stays, as guests that have ended are its children then, and it looks after them: libvirtd would not.
_INSIDE = """\
set -e
for place in $PLACES; do mount --bind "$DIRECTORY/${place%%:*}" "${place#*:}"; done
if [ -e /dev/kvm ]; then
  mount --bind "$DIRECTORY/no-kvm" /dev/kvm
  mount -o remount,bind,ro /dev/kvm
fi
ip link set lo up
libvirtd --pid-file /run/libvirt/libvirtd.pid &
wait $!
"""
_LINES = 20
"""How many lines of the log tell why the daemon has ended."""
_PATIENCE = 60.0
"""How long to wait for the daemon, and for anything else that starts or ends, in seconds."""


def missing() -> str | None:
    """Return what keeps a daemon from being started here, None if nothing does."""
    programs = ["libvirtd", "qemu-system-x86_64", "qemu-img", "ip", "unshare"]
    absent = [name for name in programs if shutil.which(name, path=_path()) is None]
    if absent:
        return f"needs {', '.join(absent)} (Debian: libvirt-daemon-system qemu-system-x86 qemu-utils iproute2)"
    probe = subprocess.run([*_NAMESPACES, "true"], capture_output=True, text=True, check=False, timeout=_PATIENCE)
    if probe.returncode:
        return f"needs namespaces of its own: {probe.stderr.strip()}"
    return None


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


class Daemon:
    """A libvirtd that runs inside a `with` block.

    Attributes:
        directory: what stands in for libvirt's directories.
        uri: the URI of its QEMU driver.
    """

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="virtxml-"))
        self.uri = f"qemu+unix:///system?socket={self.directory}/run/libvirt-sock"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def listens(self) -> bool:
        """Tell whether the daemon is there."""
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.directory / "run" / "libvirt-sock")) == 0

    def start_anew(self) -> None:
        """Start the daemon with nothing of what it had before; what is left of it ends."""
        self._end()
        for name in _PLACES:
            shutil.rmtree(self.directory / name)
        self._start()

    def last_words(self) -> str:
        """Return the last lines that the daemon has written."""
        lines = (self.directory / "log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-_LINES:])

    def _start(self) -> None:
        """Start the daemon in a directory in which nothing is but its log, and wait until it listens."""
        for name, place in _PLACES.items():
            (self.directory / name).mkdir()
            # Only a directory that is there can be covered; the package makes most of them.
            Path(place).mkdir(parents=True, exist_ok=True)
        (self.directory / "no-kvm").touch()
        (self.directory / "etc" / "qemu.conf").write_text(_QEMU_CONF)
        (self.directory / "etc" / "libvirtd.conf").write_text(_LIBVIRTD_CONF)
        places = " ".join(f"{name}:{place}" for name, place in _PLACES.items())
        environment = os.environ | {"PATH": _path(), "DIRECTORY": str(self.directory), "PLACES": places}
        with open(self.directory / "log", "ab") as log:
            self._process = subprocess.Popen(
                [*_NAMESPACES, "sh", "-c", _INSIDE],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait(self._process)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the daemon listens. Raises RuntimeError with its log if it does not."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and process.poll() is None:
            if self.listens():
                return
            time.sleep(0.1)
        log = (self.directory / "log").read_text(errors="replace")
        self.__exit__()
        raise RuntimeError(f"libvirtd does not listen:\n{log}")

    def __exit__(self, *_: object) -> None:
        self._end()
        shutil.rmtree(self.directory)

    def _end(self) -> None:
        """End the daemon, and all that it has started."""
        if self._process is not None and self._process.poll() is None:
            # The shell is the first process of its namespace: when it is gone, so is all that it has started.
            pid = self._process.pid
            inside = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            if inside:
                os.kill(int(inside[0]), signal.SIGKILL)
            self._process.wait(_PATIENCE)
