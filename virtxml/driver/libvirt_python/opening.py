"""Find libvirt-python, and have it connect."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from ..errors import AuthenticationError, ConnectionFailedError, LibvirtMissingError, class_of
from ..uri import ConnectionURI, URIError
from .link import facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .api import Connect, Module


_is_silent = False


def be_silent() -> None:
    """Keep libvirt from printing its errors, all of which are raised as well: what a command of ours wants.

    A program that uses this package decides that by itself, with libvirt-python's `registerErrorHandler`.
    """
    global _is_silent  # noqa: PLW0603 - libvirt, too, has one handler for the whole process
    _is_silent = True


def libvirt() -> Module:
    """Return the module. Raises LibvirtMissingError."""
    try:
        module = cast("Module", import_module("libvirt"))
    except ModuleNotFoundError as error:
        if error.name != "libvirt":
            raise
        raise LibvirtMissingError('libvirt-python is not installed: pip install "virtxml[libvirt]"') from None
    if _is_silent:
        module.registerErrorHandler(lambda *_error: None, None)
    return module


def opened(module: Module, name: str | None, *, readonly: bool = False, auth: Sequence[Any] | None = None) -> Connect:
    """Return a connection, as `virtxml.driver.connect` does; raises what that raises."""
    try:
        if auth is not None:
            return module.openAuth(name, auth, 1 if readonly else 0)
        return module.openReadOnly(name) if readonly else module.open(name)
    except module.libvirtError as error:
        message, code, domain = facts_of(error)
        cls = AuthenticationError if class_of(code) is AuthenticationError else ConnectionFailedError
        raise cls(message, code, domain, _slips(name)) from error


def _slips(uri: str | None) -> list[str]:
    """Return what is wrong with a URI that did not lead to a connection."""
    if not uri:
        return []
    try:
        return ConnectionURI.parse(uri).slips()
    except URIError as error:
        return [str(error)]
