"""Fields that hold a secret are marked, and no repr shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.schema.domain import Disk, Domain, Graphics

from ..small import small_models, small_names

if TYPE_CHECKING:
    from pathlib import Path


def test_decided_fields_are_marked_and_no_others(tmp_path: Path) -> None:
    models = small_models(tmp_path, small_names(secrets=["box/@password", "box/key/text()"]))
    marked = {(model.name, field.key) for model in models.values() for field in model.fields if field.secret}
    assert marked == {("Box", "@password"), ("Key", "text()")}


def test_a_password_is_hidden_at_any_depth() -> None:
    xml = (
        "<domain><devices><graphics type='vnc' passwd='hush'/><graphics type='spice' passwd='hush'/></devices></domain>"
    )
    domain = Domain.from_xml(xml)
    assert domain.devices is not None
    assert domain.devices.graphics == [Graphics(type="vnc", passwd="hush"), Graphics(type="spice", passwd="hush")]
    assert repr(domain).count("passwd=<hidden>") == 2
    assert "hush" not in repr(domain)
    assert domain.to_xml().count("passwd='hush'") == 2


def test_cookies_and_queries_of_network_disks_are_hidden() -> None:
    xml = (
        "<disk><source protocol='https' name='image' query='signature=hush'>"
        "<cookies><cookie name='session'>hush</cookie></cookies></source></disk>"
    )
    disk = Disk.from_xml(xml)
    assert "hush" not in repr(disk)
    assert "name='session'" in repr(disk)
    assert disk.to_xml().count("hush") == 2
