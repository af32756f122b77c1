"""libvirt's errors as exceptions, by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from virtxml.errors import ValidationError, VirtXMLError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.diagnostics.diagnostic import Diagnostic


class LibvirtMissingError(VirtXMLError, ImportError):
    """libvirt-python is not installed."""


class LibvirtError(VirtXMLError):
    """libvirt could not do what it was asked for. `__cause__` is the exception of libvirt-python.

    Attributes:
        message: what libvirt says.
        code: libvirt's number of the error, `VIR_ERR_…`.
        domain: libvirt's number of the part that it comes from, `VIR_FROM_…`.
        diagnostics: what is wrong with the document that libvirt was given, by the schemas of its release; none if
            it is valid, or cannot be at fault.
    """

    codes: ClassVar[dict[str, int]] = {}
    """libvirt's names of the errors of the class, without `VIR_ERR_`, and their numbers."""
    blames_document: ClassVar[bool] = True
    """Whether a document may be at fault."""

    def __init__(self, message: str, code: int = 0, domain: int = 0, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message, code, domain, diagnostics)
        self.message = message
        self.code = code
        self.domain = domain
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        if not self.diagnostics:
            return self.message
        return f"{self.message}; in the document, {ValidationError(self.diagnostics)}"


class NotFoundError(LibvirtError):
    """What was asked for is not there."""

    codes: ClassVar[dict[str, int]] = {
        "NO_DOMAIN": 42,
        "NO_NETWORK": 43,
        "NO_STORAGE_POOL": 49,
        "NO_STORAGE_VOL": 50,
        "NO_NODE_DEVICE": 53,
        "NO_INTERFACE": 57,
        "NO_NWFILTER": 62,
        "NO_SECRET": 66,
        "NO_DOMAIN_SNAPSHOT": 72,
        "NO_DOMAIN_METADATA": 80,
        "NO_SERVER": 95,
        "NO_CLIENT": 96,
        "DEVICE_MISSING": 99,
        "NO_NWFILTER_BINDING": 101,
        "NO_DOMAIN_CHECKPOINT": 103,
        "NO_DOMAIN_BACKUP": 104,
        "NO_NETWORK_PORT": 107,
        "NO_HOSTNAME": 108,
        "NO_NETWORK_METADATA": 111,
    }
    blames_document: ClassVar[bool] = False


class AlreadyExistsError(LibvirtError):
    """There is another one of the same name or UUID."""

    codes: ClassVar[dict[str, int]] = {
        "DOM_EXIST": 28,
        "NETWORK_EXIST": 37,
        "STORAGE_VOL_EXIST": 90,
        "NETWORK_PORT_EXIST": 106,
    }
    blames_document: ClassVar[bool] = False


class InvalidDocumentError(LibvirtError):
    """libvirt does not take the document.

    So is an internal error of libvirt's if the document has mistakes: libvirt has no other code for some of them.
    """

    codes: ClassVar[dict[str, int]] = {
        "OS_TYPE": 16,
        "NO_KERNEL": 17,
        "NO_ROOT": 18,
        "NO_SOURCE": 19,
        "NO_TARGET": 20,
        "NO_NAME": 21,
        "NO_OS": 22,
        "NO_DEVICE": 23,
        "XML_ERROR": 27,
        "PARSE_FAILED": 32,
        "CONF_SYNTAX": 33,
        "XML_DETAIL": 35,
        "INVALID_MAC": 44,
        "XML_INVALID_SCHEMA": 92,
    }


class InvalidArgumentError(LibvirtError):
    """libvirt does not take an argument, or something in the document."""

    codes: ClassVar[dict[str, int]] = {
        "INVALID_DOMAIN": 7,
        "INVALID_ARG": 8,
        "INVALID_NETWORK": 36,
        "INVALID_STORAGE_POOL": 46,
        "INVALID_STORAGE_VOL": 47,
        "INVALID_NODE_DEVICE": 52,
        "INVALID_INTERFACE": 58,
        "MULTIPLE_INTERFACES": 59,
        "INVALID_NWFILTER": 61,
        "INVALID_SECRET": 65,
        "INVALID_DOMAIN_SNAPSHOT": 71,
        "INVALID_STREAM": 73,
        "OVERFLOW": 82,
        "INVALID_NWFILTER_BINDING": 100,
        "INVALID_DOMAIN_CHECKPOINT": 102,
        "INVALID_NETWORK_PORT": 105,
        "MULTIPLE_DOMAINS": 110,
    }


class NotSupportedError(LibvirtError):
    """The hypervisor or its driver cannot do that, or not with this configuration."""

    codes: ClassVar[dict[str, int]] = {
        "NO_SUPPORT": 3,
        "NO_SECURITY_MODEL": 54,
        "CONFIG_UNSUPPORTED": 67,
        "ARGUMENT_UNSUPPORTED": 74,
        "OPERATION_UNSUPPORTED": 84,
        "CPU_INCOMPATIBLE": 91,
    }


class OperationFailedError(LibvirtError):
    """What was begun has failed."""

    codes: ClassVar[dict[str, int]] = {
        "OPERATION_FAILED": 9,
        "HTTP_ERROR": 12,
        "CALL_FAILED": 26,
        "OPEN_FAILED": 30,
        "READ_FAILED": 31,
        "WRITE_FAILED": 34,
        "SYSTEM_ERROR": 38,
        "BUILD_FIREWALL": 63,
        "MIGRATE_PERSIST_FAILED": 69,
        "HOOK_SCRIPT_FAILED": 70,
        "STORAGE_PROBE_FAILED": 75,
        "OPERATION_ABORTED": 78,
        "DBUS_SERVICE": 89,
        "MIGRATE_FINISH_OK": 93,
        "CHECKPOINT_INCONSISTENT": 109,
    }


class OperationInvalidError(LibvirtError):
    """What was asked for makes no sense in this state, such as to start what runs."""

    codes: ClassVar[dict[str, int]] = {
        "OPERATION_INVALID": 55,
        "STORAGE_POOL_BUILT": 76,
        "SNAPSHOT_REVERT_RISKY": 77,
        "MIGRATE_UNSAFE": 81,
        "AGENT_UNSYNCED": 97,
    }


class OperationTimeoutError(LibvirtError):
    """It took too long."""

    codes: ClassVar[dict[str, int]] = {"OPERATION_TIMEOUT": 68, "AGENT_UNRESPONSIVE": 86}
    blames_document: ClassVar[bool] = False


class ResourceBusyError(LibvirtError):
    """Something else uses what is needed."""

    codes: ClassVar[dict[str, int]] = {"BLOCK_COPY_ACTIVE": 83, "RESOURCE_BUSY": 87}
    blames_document: ClassVar[bool] = False


class AccessDeniedError(LibvirtError):
    """The connection may not do that, such as one that only reads."""

    codes: ClassVar[dict[str, int]] = {"OPERATION_DENIED": 29, "ACCESS_DENIED": 88}
    blames_document: ClassVar[bool] = False


class ConnectionFailedError(LibvirtError):
    """There is no connection, or it has broken.

    Attributes:
        slips: what can hardly be meant in the URI.
    """

    codes: ClassVar[dict[str, int]] = {
        "UNKNOWN_HOST": 4,
        "NO_CONNECT": 5,
        "INVALID_CONN": 6,
        "RPC": 39,
        "GNUTLS_ERROR": 40,
        "SSH": 85,
        "LIBSSH": 98,
    }
    blames_document: ClassVar[bool] = False

    def __init__(self, message: str, code: int = 0, domain: int = 0, slips: Sequence[str] = ()) -> None:
        super().__init__(message, code, domain)
        self.args = (message, code, domain, slips)
        self.slips = tuple(slips)

    def __str__(self) -> str:
        return f"{self.message} ({'; '.join(self.slips)})" if self.slips else self.message


class AuthenticationError(ConnectionFailedError):
    """The host does not accept the credentials, or there are none."""

    codes: ClassVar[dict[str, int]] = {"AUTH_FAILED": 45, "AUTH_CANCELLED": 79, "AUTH_UNAVAILABLE": 94}


CLASSES: tuple[type[LibvirtError], ...] = (
    NotFoundError,
    AlreadyExistsError,
    InvalidDocumentError,
    InvalidArgumentError,
    NotSupportedError,
    OperationFailedError,
    OperationInvalidError,
    OperationTimeoutError,
    ResourceBusyError,
    AccessDeniedError,
    ConnectionFailedError,
    AuthenticationError,
)
_BY_CODE = {code: cls for cls in CLASSES for code in cls.codes.values()}


def class_of(code: int) -> type[LibvirtError]:
    """Return the class for libvirt's number of an error; `LibvirtError` itself for those that have no other."""
    return _BY_CODE.get(code, LibvirtError)
