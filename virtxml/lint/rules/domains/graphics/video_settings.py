"""Which settings video cards of a model have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Video
    from ....guest import Guest

_SIZED = frozenset(["vga", "qxl", "virtio", "bochs"])
"""The models whose resolution can be set."""
_LEAST = 1024
"""The KiB of video memory that a card has at least."""
_TOO_MUCH = (2**32 - 1) // 1024
"""The KiB that do not fit into 32 bits of bytes."""
_VIRTIO_OPTIONS = ("iommu", "ats", "packed", "page_per_vq")


@rule(
    "VX734",
    "video-setting-for-model",
    "domain/devices/video",
    words="3d acceleration is supported only with 'virtio' video device",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    when="model",
    bad="""
<devices>
  <video>
    <model type='vga'>
      <acceleration accel3d='yes'/>
    </model>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <model type='virtio'>
      <acceleration accel3d='yes'/>
    </model>
  </video>
</devices>
""",
)
def video_setting_for_model(video: Video, guest: Guest) -> Iterator[Problem]:
    """A video card has a setting that its model does not have.

    Acceleration in three dimensions is for virtio, a resolution to begin with for vga, qxl, virtio and bochs, and none
    is accelerated in two dimensions.
    """
    model = video.model
    if model is None or not model.type or model.type == "none":
        return
    acceleration, kind = model.acceleration, model.type
    if acceleration is not None:
        if acceleration.accel2d:
            yield Problem(acceleration, "accel2d", "QEMU does not accelerate in two dimensions")
        outside = video.driver is not None and video.driver.name == "vhostuser"
        if acceleration.accel3d and kind != "virtio" and not outside:
            yield Problem(
                acceleration,
                "accel3d",
                "only virtio is accelerated in three dimensions, and this is {model}",
                model=kind,
            )
    if model.resolution is not None and kind not in _SIZED:
        yield Problem(
            model,
            "resolution",
            "the resolution of {model} cannot be set",
            fix=drop(model, "resolution"),
            model=kind,
        )
    elif model.resolution is not None and 0 in (whole(model.resolution.x), whole(model.resolution.y)):
        yield Problem(model, "resolution", "no screen has a size of 0", fix=drop(model, "resolution"))


@rule(
    "VX745",
    "video-driver",
    "domain/devices/video",
    words="'vhostuser' driver is only supported with 'virtio' device",
    since="7.0.0",
    early=True,
    bad="""
<devices>
  <video>
    <driver name='vhostuser'/>
    <model type='vga'/>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <driver name='vhostuser'/>
    <model type='virtio'/>
  </video>
</devices>
""",
)
def video_driver(video: Video, guest: Guest) -> Iterator[Problem]:
    """A video card has driver settings that its model or its driver does not have.

    Another process (vhost-user) can only drive virtio, and only that takes the render node of the host's card.
    """
    model, driver = video.model, video.driver
    kind: str | None = model.type if model is not None else None
    if not kind and guest.is_x86 and guest.driver == "qemu":
        kind = "what libvirt makes it by itself"
    outside = driver is not None and driver.name == "vhostuser"
    if driver is not None and kind and kind not in ("virtio", "none"):
        if outside:
            yield Problem(driver, "name", "vhost-user drives virtio cards, and this is {model}", model=kind)
        for field in _VIRTIO_OPTIONS:
            if getattr(driver, field) is not None:
                yield Problem(
                    driver,
                    field,
                    "only virtio devices have the option {option}, and the card is {model}",
                    fix=drop(driver, field),
                    option=field,
                    model=kind,
                )
    if model is not None and model.acceleration is not None and model.acceleration.rendernode and not outside:
        yield Problem(
            model.acceleration, "rendernode", "only a card that vhost-user drives has a render node of its own"
        )


@rule(
    "VX746",
    "video-memory",
    "domain/devices/video",
    words="value for 'vgamem' must be power of two",
    drivers=("qemu",),
    early=True,
    when="model",
    bad="""
<devices>
  <video>
    <model type='qxl' vgamem='12288'/>
  </video>
</devices>
""",
    good="""
<devices>
  <video>
    <model type='qxl' vgamem='16384'/>
  </video>
</devices>
""",
)
def video_memory(video: Video, guest: Guest) -> Iterator[Problem]:
    """A video card has a size of memory that there is not.

    The memory of vga and vmvga, and the part of a qxl that serves as one, has 1 MiB at least; that part is a power of
    two; none has 4 GiB.
    """
    model = video.model
    if model is None:
        return
    if model.type == "qxl":
        size = whole(model.vgamem)
        if size and (size < _LEAST or size & (size - 1)):
            near = max(_LEAST, 1 << (size - 1).bit_length())
            yield Problem(
                model,
                "vgamem",
                "{size} KiB is no power of two from 1024 on",
                help="{near} is one",
                fix=put(model, "vgamem", near, safe=False),
                size=size,
                near=near,
            )
        for field in ("vram", "ram"):
            size = whole(getattr(model, field))
            if size is not None and size > _TOO_MUCH:
                yield Problem(model, field, "{size} KiB is too much: less than 4 GiB is possible", size=size)
    elif model.type in ("vga", "vmvga"):
        size = whole(model.vram)
        if size and size < _LEAST:
            yield Problem(
                model,
                "vram",
                "{size} KiB is too little for {model}, which has 1024 at least",
                fix=put(model, "vram", _LEAST, safe=False),
                size=size,
                model=model.type,
            )


@rule(
    "VX748",
    "video-blob-needs-memfd",
    "domain/devices/video",
    words="'blob' support for virtio-gpu devices requires a memfd memory backend",
    drivers=("qemu",),
    since="9.2.0",
    when="model",
    bad="""
<devices>
  <video>
    <model type='virtio' blob='on'/>
  </video>
</devices>
""",
    good="""
<memoryBacking>
  <source type='memfd'/>
</memoryBacking>
<devices>
  <video>
    <model type='virtio' blob='on'/>
  </video>
</devices>
""",
)
def video_blob_needs_memfd(video: Video, guest: Guest) -> Iterator[Problem]:
    """A video card shares blobs of memory with the host, and the guest's memory cannot be shared so.

    QEMU hands them over as file descriptors, which memory of the kind memfd has.
    """
    model = video.model
    if model is None or model.type != "virtio" or not model.blob:
        return
    backing = guest.model.memory_backing
    if backing is None or backing.source is None or backing.source.type != "memfd":
        yield Problem(
            model, "blob", "blobs take memory of the kind memfd", help="add <source type='memfd'/> to <memoryBacking>"
        )
