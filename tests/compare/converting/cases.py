"""Documents that other releases do not take as they are."""

from __future__ import annotations

from lxml import etree

from virtxml import Domain

DOMAIN = """<domain type='kvm'>
  <name>web</name>
  <memory unit='KiB'>4194304</memory>
  <vcpu>16</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash' format='raw'>/usr/share/OVMF/OVMF_CODE.fd</loader>
  </os>
  <features>
    <acpi/>
    <async-teardown enabled='yes'/>
  </features>
  <devices>
{devices}
  </devices>
</domain>
"""


def domain(*devices: str) -> Domain:
    """Return a guest with some devices."""
    return Domain.from_xml(DOMAIN.format(devices="\n".join(devices)))


def without(text: str, paths: list[str]) -> str:
    """Return a document without what is at some paths."""
    root = etree.fromstring(text)
    spaces = {prefix: uri for element in root.iter() for prefix, uri in element.nsmap.items() if prefix}
    found: list[tuple[etree._Element, str]] = []
    for path in paths:
        place, _, attribute = path.partition("/@")
        elements = root.xpath(place, namespaces=spaces)
        assert isinstance(elements, list)
        (element,) = elements
        assert isinstance(element, etree._Element)
        found.append((element, attribute))
    for element, attribute in found:
        parent = element.getparent()
        if attribute:
            del element.attrib[attribute]
        elif parent is not None:
            parent.remove(element)
    return etree.tostring(root, encoding="unicode")
