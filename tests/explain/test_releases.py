from __future__ import annotations

import pytest

from tests.explain.small import Document, data, values
from virtxml.releases.grammars import RELEASES, grammar_of

DOMAIN = """<domain><devices>
  <disk><driver discard_no_unref='on' typ='raw'/><target dev='nvme0n1' bus='nvme'/></disk>
  <controller type='nvme'/>
  <smartcard><alias name='a'/></smartcard>
</devices></domain>"""


def test_a_newer_attribute_is_told_with_the_release_that_brought_it():
    document = Document(DOMAIN, "7.0.0")
    said = document.said("VX102", "devices/disk/driver", attribute="discard_no_unref", nearest=("discard",))
    assert said.code == "VX107"
    assert said.message == 'attribute "discard_no_unref" on <driver> is not known to libvirt 7.0.0'
    assert said.help == "since 9.8.0 or earlier, after 9.0.0"
    assert said.suggestions == ()


def test_a_misspelled_attribute_stays_one():
    said = Document(DOMAIN, "7.0.0").said("VX102", "devices/disk/driver", attribute="typ", nearest=("type",))
    assert (said.code, said.suggestions) == ("VX102", ("type",))


def test_a_newer_value_is_told_with_the_release_that_brought_it():
    fields = {"attribute": "type", "value": "nvme", "accepted": values("ide", "scsi")}
    said = Document(DOMAIN, "11.3.0").said("VX201", "devices/controller", **fields)
    assert said.code == "VX107"
    assert said.message == 'value "nvme" of attribute "type" on <controller> is not known to libvirt 11.3.0'
    assert said.help == "since 12.8.0 or earlier, after 11.3.0"


def test_a_newer_form_is_told_with_the_release_that_brought_it():
    accepted = (data("string", "diskTargetDev", pattern="(ioemu:)?(fd|hd|sd|vd|xvd|ubd)[a-zA-Z0-9_]+"),)
    fields = {"attribute": "dev", "value": "nvme0n1", "accepted": accepted}
    said = Document(DOMAIN, "9.0.0").said("VX202", "devices/disk/target", **fields)
    assert (said.code, said.help) == ("VX107", "since 12.8.0 or earlier, after 11.3.0")


def test_a_newer_text_of_an_element_is_told_as_well():
    document = Document("<capabilities><host><cpu><arch>loongarch64</arch></cpu></host></capabilities>", "7.0.0")
    said = document.said("VX201", "host/cpu/arch", text=0, value="loongarch64", accepted=values("x86_64"))
    assert said.code == "VX107"
    assert said.message == '<arch> holds "loongarch64", which is not known to libvirt 7.0.0'


def test_an_element_that_is_gone_is_told_with_the_release_that_had_it():
    said = Document(DOMAIN).said("VX101", "devices/smartcard/alias")
    assert said.code == "VX108"
    assert said.message == "<alias> in <smartcard> is not known to libvirt 12.8.0"
    assert said.help == "known up to 8.1.0 or later, gone by 9.0.0"


def test_a_newer_element_is_told_where_it_belongs_elsewhere_too():
    document = Document("<domain><devices><disk><throttlefilters/></disk></devices></domain>", "9.0.0")
    said = document.said("VX103", "devices/disk/throttlefilters", holders=("devices",))
    assert (said.code, said.help) == ("VX107", "since 11.3.0 or earlier, after 10.7.0")


def test_what_the_chosen_release_knows_in_another_variant_is_no_matter_of_releases():
    document = Document(
        "<domain><devices><disk type='file'><source protocol='nbd'/></disk></devices></domain>", "7.0.0"
    )
    settings = [("devices/disk", "type", ("network",))]
    said = document.said("VX105", "devices/disk/source", attribute="protocol", settings=settings)
    assert said.code == "VX105"


def test_a_name_has_to_be_known_in_the_same_place():
    document = Document("<domain><devices><disk><target discard_no_unref='on'/></disk></devices></domain>", "7.0.0")
    assert document.said("VX102", "devices/disk/target", attribute="discard_no_unref").code == "VX102"


def test_without_other_releases_a_name_is_just_unknown():
    document = Document(DOMAIN, "7.0.0")
    finding = document.finding("VX102", "devices/disk/driver", attribute="discard_no_unref")
    (said,) = document.explain(finding, releases=False)
    assert said.code == "VX102"


def test_fragments_are_looked_up_as_well():
    document = Document("<disk><driver discard_no_unref='on'/></disk>", "9.0.0", "disk")
    assert document.said("VX102", "driver", attribute="discard_no_unref").code == "VX107"


@pytest.mark.parametrize("release", RELEASES)
def test_a_document_that_no_release_knows_is_no_matter_of_releases(release: str):
    document = Document("<nonsense a='b'/>", release)
    assert document.start(release) is None
    assert "nonsense" not in grammar_of(release).starts
    assert document.said("VX002", ".").code == "VX002"
