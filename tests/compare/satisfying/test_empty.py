"""An element in which nothing stands may say something all the same, and is missed then; else it is none."""

from __future__ import annotations

import pytest

import virtxml
from virtxml.compare.satisfying import satisfies

FORMS = {
    "domain": "<domain type='kvm'><name>a</name><memory>1024</memory>{}</domain>",
    "device": "<domain type='kvm'><name>a</name><memory>1024</memory><devices>{}</devices></domain>",
    "disk": "<domain type='kvm'><devices><disk type='file'>{}<target dev='vda'/></disk></devices></domain>",
    "feature": "<domain type='kvm'><features><acpi/>{}</features></domain>",
    "network": "<network><name>n</name>{}</network>",
    "rule": "<filter name='f'><rule action='drop' direction='in'>{}</rule></filter>",
    "interface": "<interface type='ethernet' name='e'><protocol family='ipv4'>{}</protocol></interface>",
}


def is_missed(form: str, element: str) -> bool:
    """Tell whether an element is missed where it does not stand."""
    wanted, actual = (virtxml.parse(FORMS[form].format(text)) for text in (element, ""))
    return bool(satisfies(actual, wanted).missing)


@pytest.mark.parametrize(
    ("form", "element"),
    [
        ("domain", "<memoryBacking><hugepages/></memoryBacking>"),
        ("device", "<console/>"),
        ("device", "<watchdog/>"),
        ("disk", "<transient/>"),
        ("disk", "<readonly/>"),
        ("feature", "<apic/>"),
        ("feature", "<pae/>"),
        ("feature", "<pmu/>"),
        ("network", "<forward/>"),
        ("rule", "<tcp/>"),
        ("interface", "<dhcp/>"),
    ],
)
def test_what_is_said_by_being_there_is_missed(form: str, element: str) -> None:
    assert is_missed(form, element)


@pytest.mark.parametrize(
    ("form", "element"),
    [
        ("domain", "<cputune/>"),
        ("domain", "<memoryBacking/>"),
        ("disk", "<driver/>"),
        ("disk", "<source/>"),
        ("network", "<dns/>"),
    ],
)
def test_what_says_nothing_is_not(form: str, element: str) -> None:
    assert not is_missed(form, element)
