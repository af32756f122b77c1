"""Documents to a libvirt connection, and back: libvirt-python does the work, models go in and come out.

    from virtxml import driver

    with driver.connect("qemu:///system") as host:
        domain = host.domains.define(model)
        domain.start()
        print(domain.document().to_xml())

Needs libvirt-python: `pip install "virtxml[libvirt]"`. Importing this module does not.
"""

from __future__ import annotations

from .connection import Connection, connect, wrap
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
