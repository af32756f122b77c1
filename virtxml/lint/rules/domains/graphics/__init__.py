"""Rules about screens, video cards, input and sound."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices/graphics": ("screens", "listening", "secrets"),
    "domain/devices/video": ("video", "video_settings"),
    "domain/devices/input": ("inputs",),
    "domain/devices/sound": ("sound",),
    "domain/devices/audio": ("sound",),
    "domain/devices": ("tablets", "sound"),
}
