"""Secrets of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from virtxml.schema.secret import Secret

from .handles import Collection, Handle, flag_sum
from .libvirt_python import api

if TYPE_CHECKING:
    from uuid import UUID

_USAGES = {"volume": 1, "ceph": 2, "iscsi": 3, "tls": 4, "vtpm": 5}
"""`VIR_SECRET_USAGE_TYPE_…`"""


class SecretHandle(Handle[api.Secret]):
    """A secret that libvirt has; `libvirt` is its `virSecret`."""

    @property
    def uuid(self) -> str:
        """The UUID."""
        return self._raw.UUIDString()

    def document(self, *, flags: int = 0) -> Secret:
        """Return the document; the value is not in it."""
        return self._link.read(Secret, self._raw.XMLDesc, flags)

    def set_value(self, value: bytes) -> None:
        """Set what is to be kept secret."""
        with self._link.errors():
            self._raw.setValue(value, 0)

    def undefine(self) -> None:
        """Forget it, with its value."""
        with self._link.errors():
            self._raw.undefine()


class Secrets(Collection[SecretHandle]):
    """The secrets of a connection."""

    def define(self, secret: Secret, *, validate: bool = False, flags: int = 0) -> SecretHandle:
        """Define a secret, or define it anew if there is one of the same UUID and usage.

        ``validate`` makes libvirt check the document by its schema; libvirt does so from 8.10.0 on.
        """
        flags |= flag_sum(VIR_SECRET_DEFINE_VALIDATE=validate)
        with self._link.errors(secret):
            return SecretHandle(self._link, self._link.raw.secretDefineXML(secret.to_xml(), flags))

    def lookup(self, uuid: str | UUID) -> SecretHandle:
        """Return the secret of a UUID. Raises NotFoundError."""
        with self._link.errors():
            return SecretHandle(self._link, self._link.raw.secretLookupByUUIDString(str(uuid)))

    def lookup_usage(self, type: Literal["volume", "ceph", "iscsi", "tls", "vtpm"], name: str) -> SecretHandle:  # noqa: A002
        """Return the secret for a usage, by its type and what the document says inside. Raises NotFoundError."""
        with self._link.errors():
            return SecretHandle(self._link, self._link.raw.secretLookupByUsage(_USAGES[type], name))

    def list_all(self, *, flags: int = 0) -> list[SecretHandle]:
        """Return all secrets; ``flags`` are `VIR_CONNECT_LIST_SECRETS_…`."""
        with self._link.errors():
            return [SecretHandle(self._link, raw) for raw in self._link.raw.listAllSecrets(flags)]
