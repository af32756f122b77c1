"""The builder of secrets."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING

from ..schema.secret import Secret, Usage
from .base import NamedBuilder
from .errors import BuildError

if TYPE_CHECKING:
    from typing_extensions import Self


class SecretBuilder(NamedBuilder[Secret]):
    """Builds a secret: a `virtxml.Secret`. It says what a value is for; the value itself is set by libvirt's API."""

    def __init__(self) -> None:
        """Start a secret."""
        super().__init__(Secret(ephemeral=False, private=False))

    def description(self, text: str) -> Self:
        """Describe it to people."""
        with self._change() as secret:
            secret.description = text
        return self

    def ephemeral(self, on: bool = True) -> Self:
        """Choose whether its value is kept in memory only."""
        with self._change() as secret:
            secret.ephemeral = on
        return self

    def private(self, on: bool = True) -> Self:
        """Choose whether its value is never told to anybody by libvirt's API."""
        with self._change() as secret:
            secret.private = on
        return self

    def for_volume(self, path: str | PathLike[str]) -> Self:
        """Use it to encrypt a volume. Raises BuildError for a second use."""
        return self._use(Usage(type="volume", volume=fspath(path)))

    def for_ceph(self, name: str) -> Self:
        """Use it to log in to Ceph. Raises BuildError for a second use."""
        return self._use(Usage(type="ceph", name=name))

    def for_iscsi(self, target: str) -> Self:
        """Use it to log in to an iSCSI target. Raises BuildError for a second use."""
        return self._use(Usage(type="iscsi", target=target))

    def for_tls(self, name: str) -> Self:
        """Use it for the key of TLS certificates. Raises BuildError for a second use."""
        return self._use(Usage(type="tls", name=name))

    def for_vtpm(self, name: str) -> Self:
        """Use it to encrypt what an emulated TPM keeps. Raises BuildError for a second use."""
        return self._use(Usage(type="vtpm", name=name))

    def _use(self, usage: Usage) -> Self:
        with self._change() as secret:
            if secret.usage is not None:
                raise BuildError(f"the secret is for {secret.usage.type} already, and has one use only")
            secret.usage = usage
        return self
