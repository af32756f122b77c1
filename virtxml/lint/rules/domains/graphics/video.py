"""Which video cards a guest can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ....fixes import drop, remove
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Video
    from ....guest import Guest

_FURTHER = frozenset(["qxl", "virtio"])
"""The models that can be the second card, and have several screens."""
_OTHERS = frozenset(["xen", "vbox", "parallels", "gop"])
"""The models of other hypervisors."""


def _model(video: Video) -> str:
    return (video.model.type if video.model is not None else None) or ""


@rule(
    "VX731",
    "video-none-not-alone",
    "domain/devices/video",
    words="a 'none' video type must be the only video device defined for the domain",
    since="7.0.0",
    early=True,
    bad="""
<devices>
  <video>
    <model type='none'/>
  </video>
  <video>
    <model type='virtio'/>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <model type='virtio'/>
  </video>
</devices>
""",
)
def video_none_not_alone(video: Video, guest: Guest) -> Iterator[Problem]:
    """A guest is to have no video card, and has one.

    The model none keeps libvirt from adding a card to a guest with a screen, so it is the only one.
    """
    other = cast("Video | None", guest.first("video", "", video))
    if other is not None and "none" in (_model(video), _model(other)):
        wrong, right = (video, other) if _model(video) == "none" else (other, video)
        says = "model none says that there is no card, and there is one"
        yield Problem(wrong, "", says, other=right, fix=remove(guest.devices.videos, wrong))


@rule(
    "VX732",
    "video-primary",
    "domain/devices/video",
    words="Only one primary video device is supported",
    early=True,
    when="model",
    bad="""
<devices>
  <video>
    <model type='qxl' primary='yes'/>
  </video>
  <video>
    <model type='qxl' primary='yes'/>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <model type='qxl' primary='yes'/>
  </video>
  <video>
    <model type='qxl'/>
  </video>
</devices>
""",
)
def video_primary(video: Video, guest: Guest) -> Iterator[Problem]:
    """Two video cards are to be the primary one.

    Firmware and kernels show what they have to say on the primary card.
    """
    model = video.model
    if model is not None and model.primary:
        first = guest.first("primary video", "", model)
        if first is not None:
            yield Problem(
                model, "primary", "another card is the primary one", other=first, fix=drop(model, "primary", safe=False)
            )


@rule(
    "VX733",
    "video-secondary",
    "domain/devices/video",
    words="video type 'vga' is only valid as primary video device",
    drivers=("qemu",),
    bad="""
<devices>
  <video>
    <model type='virtio'/>
  </video>
  <video>
    <model type='vga'/>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <model type='vga'/>
  </video>
  <video>
    <model type='virtio'/>
  </video>
</devices>
""",
)
def video_secondary(video: Video, guest: Guest) -> Iterator[Problem]:
    """A second video card is of a model that there can be one of.

    Only qxl and virtio work without being the card that the firmware begins with. The primary card is the one that says
    so, or else the first.
    """
    model = _model(video)
    videos = guest.devices.videos
    if len(videos) < 2 or not model or model in _FURTHER or any(_model(one) == "none" for one in videos[:2]):
        return
    first = next((one for one in videos if one.model is not None and one.model.primary), videos[0])
    if video is not first and not (video.model is not None and video.model.primary):
        yield Problem(
            video.model or video,
            "type",
            "{model} can only be the primary card, and another one is",
            help="more cards are of the models qxl or virtio",
            other=first,
            there="the primary card is here",
            model=model,
        )


@rule(
    "VX743",
    "video-heads",
    "domain/devices/video",
    words="video type 'vga' doesn't support multiple 'heads'",
    drivers=("qemu",),
    since="9.0.0",
    early=True,
    when="model",
    bad="""
<devices>
  <video>
    <model type='vga' heads='2'/>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <model type='vga'/>
  </video>
</devices>
""",
)
def video_heads(video: Video, guest: Guest) -> Iterator[Problem]:
    """A video card is to have several screens, and its model has one.

    Only qxl and virtio have several.
    """
    model = video.model
    if model is None or not model.type or model.type in _FURTHER or model.type == "none":
        return
    heads = whole(model.heads)
    if heads is not None and heads != 1:
        yield Problem(model, "heads", "{model} has one screen", fix=drop(model, "heads"), model=model.type)


@rule(
    "VX744",
    "video-model",
    "domain/devices/video",
    words="domain configuration does not support video model 'xen'",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    when="model",
    bad="""
<devices>
  <video>
    <model type='xen'/>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <model type='vga'/>
  </video>
</devices>
""",
)
def video_model(video: Video, guest: Guest) -> Iterator[Problem]:
    """A video card is of a model of another hypervisor.

    xen, vbox and gop are cards of Xen, VirtualBox and bhyve.
    """
    model = video.model
    if model is not None and model.type in _OTHERS:
        yield Problem(model, "type", "QEMU has no card of the model {model}", model=model.type)
