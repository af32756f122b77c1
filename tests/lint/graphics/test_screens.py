"""What screens, video cards, input and sound can be."""

from __future__ import annotations

from functools import partial

import pytest

from tests.lint import guests

found = partial(guests.found, codes="VX7")
VNC = "<graphics type='vnc'/>"


def video(model: str, more: str = "") -> str:
    """Return a video card."""
    return f"<video><model type='{model}' {more}/></video>"


def test_the_first_card_is_the_primary_one_if_none_says_so() -> None:
    assert found(video("vga") + video("qxl")) == []
    assert found(video("qxl") + video("vga")) == ["video-secondary"]
    assert found(video("qxl") + video("vga", "primary='yes'")) == []


def test_no_card_is_one_cause() -> None:
    assert found(video("none") + video("vga")) == ["video-none-not-alone"]
    assert found(video("none")) == []


def test_only_some_cards_have_several_screens() -> None:
    assert found(video("virtio", "heads='4'")) == []
    assert found(video("vga", "heads='1'")) == []
    assert found(video("vga", "heads='2'")) == ["video-heads"]
    assert found(video("vga", "heads='2'"), libvirt="7.0.0") == []


@pytest.mark.parametrize(
    ("size", "names"), [(1024, []), (16384, []), (512, ["video-memory"]), (5000, ["video-memory"])]
)
def test_the_memory_of_qxl_is_a_power_of_two(size: int, names: list[str]) -> None:
    assert found(video("qxl", f"vgamem='{size}'")) == names


def test_a_password_of_spice_can_be_long() -> None:
    assert found("<graphics type='spice' passwd='much longer than eight'/>") == []
    assert found("<graphics type='vnc' passwd='12345678'/>") == []
    assert found("<graphics type='vnc' passwd='äöüäö'/>") == ["vnc-password-length"]


def test_a_time_without_a_password_is_not_read() -> None:
    assert found("<graphics type='vnc' passwdValidTo='2030-01-31T12:00:00Z'/>") == []


def test_ports_of_sockets_do_not_matter() -> None:
    assert found("<graphics type='vnc' port='1' autoport='no'/>") == ["graphics-port"]
    assert found("<graphics type='vnc' port='1' autoport='no' socket='/run/vnc'/>") == []
    assert found("<graphics type='vnc' port='1' autoport='no'><listen type='none'/></graphics>") == []


def test_screens_of_other_types_are_beside_each_other() -> None:
    assert found(VNC + "<graphics type='spice'/><graphics type='egl-headless'/>") == []
    assert found(VNC + VNC) == ["graphics-only-one-of-type"]
    assert found(VNC + VNC, kind="xen") == []


def test_rdp_came_to_qemu() -> None:
    both = "<graphics type='dbus'/><graphics type='rdp'/>"
    assert found(both) == []
    assert found(both, libvirt="11.0.0") == ["graphics-type"]
    assert found("<graphics type='dbus' p2p='yes'/><graphics type='rdp'/>") == ["graphics-rdp"]


def test_a_model_of_virtio_is_on_its_bus() -> None:
    assert found("<input type='tablet' model='virtio'/>") == ["input-bus"]
    assert found("<input type='tablet' model='virtio'/>", "s390-ccw-virtio") == []
    assert found("<input type='tablet' bus='virtio' model='virtio'/>") == []


def test_sound_cards_need_no_backend() -> None:
    assert found("<sound model='ich9'/>") == []
    assert found("<sound model='ich9'><audio id='2'/></sound>") == ["audio-id"]


def test_libvirt_adds_a_backend_if_there_is_none() -> None:
    assert found("<sound model='ich9'><audio id='1'/></sound>") == []
    assert found("<sound model='ich9'><audio id='1'/></sound><audio id='2' type='none'/>") == ["audio-id"]
    assert found("<graphics type='dbus'><audio id='1'/></graphics><audio id='1' type='dbus'/>") == []
