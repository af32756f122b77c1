"""Define what documents describe, on a libvirt host: `python examples/define.py qemu:///system web01.xml lab.xml`.

Domains, networks, storage pools, secrets and network filters are told apart by what is in the files. What libvirt does
not take is said with what is wrong in the document.
"""

from __future__ import annotations

import sys

import virtxml
from virtxml import driver


def define(host: driver.Connection, document: virtxml.Node) -> str:
    """Define what a document describes; return what it is. Raises ValueError for kinds that cannot be defined."""
    match document:
        case virtxml.Domain():
            return f"domain {host.domains.define(document, validate=True).name}"
        case virtxml.Network():
            return f"network {host.networks.define(document).name}"
        case virtxml.StoragePool():
            return f"pool {host.pools.define(document).name}"
        case virtxml.Secret():
            return f"secret {host.secrets.define(document).uuid}"
        case virtxml.NWFilter():
            return f"filter {host.filters.define(document).name}"
        case _:
            raise ValueError(f"<{document.xml_name}> is nothing that could be defined")


def define_file(host: driver.Connection, path: str) -> bool:
    """Define what a file describes, and say what it is or why it cannot be; return whether it is defined."""
    try:
        print(f"{path}: {define(host, virtxml.read(path))}")
    except driver.LibvirtError as error:
        print(f"{path}: {error.message}", file=sys.stderr)
        for mistake in error.diagnostics:
            print(f"  {mistake.path}: {mistake.message}", file=sys.stderr)
    except (OSError, ValueError) as error:
        print(f"{path}: {error}", file=sys.stderr)
    else:
        return True
    return False


def main(uri: str, paths: list[str]) -> int:
    """Define all, and return 0, or 1 if one could not be."""
    with driver.connect(uri) as host:
        defined = [define_file(host, path) for path in paths]
    return 0 if all(defined) else 1


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: define.py URI FILE...")
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except (driver.LibvirtError, driver.LibvirtMissingError) as error:
        sys.exit(str(error))
