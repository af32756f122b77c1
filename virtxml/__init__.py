"""libvirt's XML documents as typed dataclasses.

    import virtxml

    domain = virtxml.read("web01.xml")
    domain.devices.disks[0].target.dev = "vdb"
    print(domain.to_xml())

Names are loaded when they are first used: `import virtxml` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import lint as lint
    from .compare.converting import convert as convert
    from .compare.differences import diff as diff
    from .compare.satisfying import satisfies as satisfies
    from .content import AnyElement as AnyElement
    from .content import Extra as Extra
    from .diagnostics.diagnostic import Diagnostic as Diagnostic
    from .documents import parse as parse
    from .documents import parse_all as parse_all
    from .documents import read as read
    from .editing import Document as Document
    from .editing import edit as edit
    from .errors import DataError as DataError
    from .errors import ParseError as ParseError
    from .errors import ValidationError as ValidationError
    from .errors import VirtXMLError as VirtXMLError
    from .lint.validating import validate as validate
    from .node import Node as Node
    from .packaged import __version__ as __version__
    from .schema.capabilities import Capabilities as Capabilities
    from .schema.cpu import GuestCPU as GuestCPU
    from .schema.cpu import HostCPU as HostCPU
    from .schema.domain import Domain as Domain
    from .schema.domainbackup import DomainBackup as DomainBackup
    from .schema.domaincaps import DomainCapabilities as DomainCapabilities
    from .schema.domaincheckpoint import DomainCheckpoint as DomainCheckpoint
    from .schema.domainsnapshot import DomainSnapshot as DomainSnapshot
    from .schema.interface import HostInterface as HostInterface
    from .schema.network import Network as Network
    from .schema.networkport import NetworkPort as NetworkPort
    from .schema.nodedev import NodeDevice as NodeDevice
    from .schema.nwfilter import NWFilter as NWFilter
    from .schema.nwfilterbinding import NWFilterBinding as NWFilterBinding
    from .schema.secret import Secret as Secret
    from .schema.storagepool import StoragePool as StoragePool
    from .schema.storagepoolcaps import StoragePoolCapabilities as StoragePoolCapabilities
    from .schema.storagevol import StorageVolume as StorageVolume
    from .schema.sysinfo import SysInfo as SysInfo
    from .validation import is_valid as is_valid
    from .validation import require_valid as require_valid


_HOMES = {
    "__version__": "packaged",
    "satisfies": "compare.satisfying",
    "diff": "compare.differences",
    "AnyElement": "content",
    "Extra": "content",
    "convert": "compare.converting",
    "parse": "documents",
    "parse_all": "documents",
    "read": "documents",
    "Document": "editing",
    "edit": "editing",
    "Diagnostic": "diagnostics.diagnostic",
    "DataError": "errors",
    "ParseError": "errors",
    "ValidationError": "errors",
    "VirtXMLError": "errors",
    "is_valid": "validation",
    "require_valid": "validation",
    "validate": "lint.validating",
    "Node": "node",
    "Capabilities": "schema.capabilities",
    "GuestCPU": "schema.cpu",
    "HostCPU": "schema.cpu",
    "Domain": "schema.domain",
    "DomainBackup": "schema.domainbackup",
    "DomainCapabilities": "schema.domaincaps",
    "DomainCheckpoint": "schema.domaincheckpoint",
    "DomainSnapshot": "schema.domainsnapshot",
    "HostInterface": "schema.interface",
    "Network": "schema.network",
    "NetworkPort": "schema.networkport",
    "NodeDevice": "schema.nodedev",
    "NWFilter": "schema.nwfilter",
    "NWFilterBinding": "schema.nwfilterbinding",
    "Secret": "schema.secret",
    "StoragePool": "schema.storagepool",
    "StoragePoolCapabilities": "schema.storagepoolcaps",
    "StorageVolume": "schema.storagevol",
    "SysInfo": "schema.sysinfo",
}

__all__ = [*_HOMES]  # pyright: ignore[reportUnsupportedDunderAll] - what type checkers see is above


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        try:
            return import_module(f".{name}", __name__)
        except ModuleNotFoundError as error:
            if error.name != f"{__name__}.{name}":
                raise
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
