"""What is on a host before anybody adds anything: libvirt's network and storage pool, and its test driver's host."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from .node import node_facts

if TYPE_CHECKING:
    from .node import NodeFacts

DEFAULT_NETWORK = "default"
"""The name of libvirt's own network."""
DEFAULT_POOL = "default"
"""The name of the pool in which disks are made if none is named."""
_NETWORK = f"""
  <network>
    <name>{DEFAULT_NETWORK}</name>
    <forward mode='nat'/>
    <bridge name='virbr0' stp='on' delay='0'/>
    <ip address='192.168.122.1' netmask='255.255.255.0'>
      <dhcp>
        <range start='192.168.122.2' end='192.168.122.254'/>
      </dhcp>
    </ip>
  </network>"""

_POOL = """
  <pool type='dir'>
    <name/>
    <capacity unit='GiB'>1024</capacity>
    <allocation unit='GiB'>0</allocation>
    <available unit='GiB'>1024</available>
    <target>
      <path/>
    </target>
  </pool>"""

_GUEST_OF_TEST = """
  <domain type='test'>
    <name>test</name>
    <uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>
    <memory unit='KiB'>8388608</memory>
    <currentMemory unit='KiB'>2097152</currentMemory>
    <vcpu>2</vcpu>
    <os>
      <type arch='i686'>hvm</type>
      <boot dev='hd'/>
    </os>
    <devices>
      <disk type='file' device='disk'>
        <source file='/guest/diskimage1'/>
        <target dev='vda' bus='virtio'/>
      </disk>
      <interface type='network'>
        <mac address='aa:bb:cc:dd:ee:ff'/>
        <source network='default'/>
      </interface>
    </devices>
  </domain>"""

SYSTEM_POOL = "/var/lib/libvirt/images"
"""The directory of the pool "default" for guests of the system."""


def stock_facts(driver: str, is_session: bool) -> NodeFacts:
    """Return what is on a host of a driver before anybody adds anything.

    In a session, there is no network, and the pool is in the user's own directory.
    """
    if driver == "test":
        return _facts(_GUEST_OF_TEST + _NETWORK, "default-pool", "/default-pool")
    if is_session:
        return _facts("", DEFAULT_POOL, session_pool())
    return _facts(_NETWORK, DEFAULT_POOL, SYSTEM_POOL)


def session_pool() -> str:
    """Return the directory of the pool "default" for the guests of a user."""
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")  # noqa: PTH111 - a user may have no home
    return f"{data}/libvirt/images"


def _facts(documents: str, pool: str, path: str) -> NodeFacts:
    # Not by lxml, which takes longer to load than all the rest.
    from xml.etree import ElementTree

    text = "".join(line.strip() for line in f"<node>{documents}{_POOL}</node>".splitlines())
    root: Any = ElementTree.fromstring(text)
    for element, text in (("pool/name", pool), ("pool/target/path", path)):
        found = root.find(element)
        assert found is not None  # the text above has it
        found.text = text
    return node_facts(root)
