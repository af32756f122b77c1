"""From what a guest is installed, and what is known of its system: options that set no XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..command_line.splitting import split
from ..language.declaring import VALUE, Option, Sub
from ..language.late import actions_of

if TYPE_CHECKING:
    from ..language.work import Work


def _location(work: Work, value: str | None) -> None:
    install = work.applied.install
    if work.key == "location":
        install.location = value
    elif work.key == "kernel":
        install.location_kernel = value
    else:
        install.location_initrd = value


def _end_location(work: Work) -> None:
    install = work.applied.install
    if (install.location_kernel is None) != (install.location_initrd is None):
        raise work.error("kernel= and initrd= belong together")
    if install.location is None:
        raise work.error("the location is missing")


def _split_location(text: str) -> list[tuple[str, str | None]]:
    """Take the value apart; a URL at the start may have an "=" of its own."""
    tokens = split(text)
    if tokens and "://" in tokens[0][0] and tokens[0][1] is not None:
        tokens[0] = (f"{tokens[0][0]}={tokens[0][1]}", None)
    return tokens


LOCATION = Option(
    "--location",
    None,
    [Sub(name, handler=_location, comma=True) for name in ("location", "kernel", "initrd")],
    first=("location",),
    split=_split_location,
    end=_end_location,
)


def _start_install(work: Work) -> None:
    work.applied.install.install = True


def _install(work: Work, value: str | bool | None) -> None:
    assert work.key is not None
    setattr(work.applied.install, work.key, value)


INSTALL = Option(
    "--install",
    None,
    [
        *(Sub(name, handler=_install, comma=True) for name in ("bootdev", "kernel", "initrd", "kernel_args")),
        Sub("kernel_args_overwrite", handler=_install, switch=True),
        Sub("os", handler=_install),
        Sub("no_install", handler=_install, switch=True),
    ],
    first=("os",),
    start=_start_install,
)


def _start_unattended(work: Work) -> None:
    work.request = work.applied.install.unattended = {}


def _start_cloud_init(work: Work) -> None:
    work.request = work.applied.install.cloud_init = {}


def _note(work: Work, value: str | bool | None) -> None:
    if value is not None:
        work.request[work.sub] = value


UNATTENDED = Option(
    "--unattended",
    None,
    [
        Sub(name, handler=_note)
        for name in ("profile", "admin-password-file", "user-login", "user-password-file", "product-key", "reg-login")
    ],
    start=_start_unattended,
)

CLOUD_INIT = Option(
    "--cloud-init",
    None,
    [
        Sub("root-password-generate", handler=_note, switch=True),
        Sub("root-password-file", handler=_note),
        Sub("disable", handler=_note, switch=True),
        Sub("root-ssh-key", "ssh-key", handler=_note),
        *(Sub(name, handler=_note) for name in ("clouduser-ssh-key", "user-data", "meta-data", "network-config")),
    ],
    start=_start_cloud_init,
)


def _split_osinfo(text: str) -> list[tuple[str, str | None]]:
    """Take the value apart; a word alone is a name, or says whether to look for one."""
    if text == "auto":
        return [("detect", "on")]
    if text == "none":
        return [("detect", "off"), ("require", "off")]
    tokens = split(text)
    if tokens and tokens[0][1] is None:
        tokens[0] = ("name", tokens[0][0])
    elif "://" in text and "=" in text and not text.startswith(("id=", "name=", "short-id=", "detect=", "require=")):
        return [("id", text)]
    return tokens


def _osinfo(work: Work, value: str | bool | None) -> None:
    assert work.key is not None
    osinfo = work.applied.osinfo
    if work.key in ("name", "short-id"):
        is_id = isinstance(value, str) and "://" in value
        setattr(osinfo, "id" if is_id else "name", value)
    else:
        setattr(osinfo, work.key, value)


OSINFO = Option(
    "--osinfo",
    None,
    [
        *(Sub(name, handler=_osinfo) for name in ("name", "short-id", "id")),
        *(Sub(name, handler=_osinfo, switch=True) for name in ("detect", "require")),
    ],
    none=VALUE,
    split=_split_osinfo,
)

CHECKS = ("path_in_use", "disk_size", "path_exists", "mac_in_use")
"""What can be left unchecked."""


def _check(work: Work, value: bool | None) -> None:
    assert work.key is not None
    names = CHECKS if work.key == "all" else (work.key,)
    work.applied.checks.update(dict.fromkeys(names, bool(value)))


CHECK = Option(
    "--check",
    None,
    [Sub(name, handler=_check, switch=True) for name in ("all", *CHECKS)],
)


def _split_xml(text: str) -> list[tuple[str, str | None]]:
    """Take the value apart; one that does not begin with "xpath." is an assignment as a whole."""
    return split(text) if text.startswith("xpath.") else [("xpath.set", text)]


def _start_xml(work: Work) -> None:
    work.request = {}


def _xml(work: Work, value: str | None) -> None:
    assert work.key is not None
    work.request[work.key.partition(".")[2]] = value


def _end_xml(work: Work) -> None:
    values = {verb: work.request.get(verb) for verb in ("set", "create", "delete", "value")}
    actions = actions_of(values, None, work.name)
    if not actions:
        raise work.error("an XPath is missing")
    work.applied.late_actions += actions


XML = Option(
    "--xml",
    None,
    [Sub(f"xpath.{verb}", handler=_xml, comma=True) for verb in ("delete", "set", "create", "value")],
    split=_split_xml,
    start=_start_xml,
    end=_end_xml,
)
