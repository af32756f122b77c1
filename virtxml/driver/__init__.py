"""Documents to a libvirt connection, and back: libvirt-python does the work, models go in and come out.

    from virtxml import driver

    with driver.connect("qemu:///system") as host:
        domain = host.domains.define(model)
        domain.start()
        print(domain.document().to_xml())

Needs libvirt-python: `pip install "virtxml[libvirt]"`. Importing this module does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import (
    AccessDeniedError,
    AlreadyExistsError,
    AuthenticationError,
    ConnectionFailedError,
    InvalidArgumentError,
    InvalidDocumentError,
    LibvirtError,
    LibvirtMissingError,
    NotFoundError,
    NotSupportedError,
    OperationFailedError,
    OperationInvalidError,
    OperationTimeoutError,
    ResourceBusyError,
)
from .uri import ConnectionURI, URIError

if TYPE_CHECKING:
    from .connection import Connection as Connection
    from .connection import connect as connect
    from .connection import wrap as wrap

__all__ = [
    "AccessDeniedError",
    "AlreadyExistsError",
    "AuthenticationError",
    "Connection",
    "ConnectionFailedError",
    "ConnectionURI",
    "InvalidArgumentError",
    "InvalidDocumentError",
    "LibvirtError",
    "LibvirtMissingError",
    "NotFoundError",
    "NotSupportedError",
    "OperationFailedError",
    "OperationInvalidError",
    "OperationTimeoutError",
    "ResourceBusyError",
    "URIError",
    "connect",
    "wrap",
]


def __getattr__(name: str) -> object:
    # Who only wants a URI or an exception need not load the classes of all documents.
    if name in ("Connection", "connect", "wrap"):
        from . import connection

        return getattr(connection, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
