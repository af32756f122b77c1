"""Where the sound of a guest goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Audio, Graphics, Sound
    from ....guest import Guest


def _ids(guest: Guest) -> dict[int, Audio]:
    """Return the audio backends by their numbers."""
    found: dict[int, Audio] = {}
    for audio in guest.devices.audios:
        number = whole(audio.id)
        if number is not None:
            found.setdefault(number, audio)
    return found


@rule(
    "VX738",
    "audio-id",
    "domain/devices/sound",
    words="no audio device with ID 2",
    since="7.0.0",
    bad="""
<devices>
  <sound model='ich9'>
    <audio id='2'/>
  </sound>
  <audio id='1' type='none'/>
</devices>
""",
    good="""
<devices>
  <sound model='ich9'>
    <audio id='1'/>
  </sound>
  <audio id='1' type='none'/>
</devices>
""",
)
def audio_id(sound: Sound, guest: Guest) -> Iterator[Problem]:
    """A sound card sends its sound to a backend that there is not.

    Each <audio> has a number, by which sound cards and screens name it.
    """
    audio = sound.audio
    number = whole(audio.id) if audio is not None else None
    if audio is not None and number and number not in guest.view(_ids):
        yield Problem(audio, "id", "there is no <audio> of the number {id}", id=number)


@rule(
    "VX729",
    "graphics-audio-id",
    "domain/devices/graphics",
    words="no audio device with ID 2",
    since="7.0.0",
    bad="""
<devices>
  <graphics type='vnc'>
    <audio id='2'/>
  </graphics>
  <audio id='1' type='none'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'>
    <audio id='1'/>
  </graphics>
  <audio id='1' type='none'/>
</devices>
""",
)
def graphics_audio_id(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A screen gives out the sound of a backend that there is not, or of one that is not for it.

    VNC takes any <audio>, a D-Bus display one of type dbus.
    """
    audio = graphics.audio
    number = whole(audio.id) if audio is not None else None
    if audio is None or not number:
        return
    backend = guest.view(_ids).get(number)
    if backend is None:
        if graphics.type == "vnc":
            yield Problem(audio, "id", "there is no <audio> of the number {id}", id=number)
    elif graphics.type == "dbus" and backend.type != "dbus" and guest.driver == "qemu" and guest.since("9.0.0"):
        yield Problem(
            audio,
            "id",
            "a D-Bus display takes sound of type dbus, and this is {type}",
            other=backend,
            there="the sound is here",
            type=backend.type,
        )


@rule(
    "VX749",
    "duplicate-audio-id",
    "domain/devices/audio",
    words="audio ID 1 is used multiple times",
    since="7.0.0",
    early=True,
    bad="""
<devices>
  <audio id='1' type='none'/>
  <audio id='1' type='none'/>
</devices>
""",
    good="""
<devices>
  <audio id='1' type='none'/>
  <audio id='2' type='none'/>
</devices>
""",
)
def duplicate_audio_id(audio: Audio, guest: Guest) -> Iterator[Problem]:
    """Two audio backends have the same number.

    Sound cards and screens name them by it.
    """
    number = whole(audio.id)
    if number is not None:
        first = guest.first("audio", number, audio)
        if first is not None:
            yield Problem(audio, "id", "another <audio> has the number {id}, too", other=first, id=number)


@rule(
    "VX750",
    "audio-spice-needs-spice",
    "domain/devices/audio",
    words="Spice audio is not supported without spice graphics",
    drivers=("qemu",),
    since="7.1.0",
    bad="""
<devices>
  <graphics type='vnc'/>
  <audio id='1' type='spice'/>
</devices>
""",
    good="""
<devices>
  <graphics type='spice'/>
  <audio id='1' type='spice'/>
</devices>
""",
)
def audio_spice_needs_spice(audio: Audio, guest: Guest) -> Iterator[Problem]:
    """Sound goes to SPICE, and there is no SPICE.

    SPICE carries sound to who looks at its screen.
    """
    if audio.type == "spice" and "spice" not in guest.graphics_types:
        yield Problem(audio, "type", "there are no graphics of type spice to take the sound")


@rule(
    "VX730",
    "sound-model",
    "domain/devices/sound",
    words="sound card model 'ich7' is not supported by qemu",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <sound model='ich7'/>
</devices>
""",
    good="""
<devices>
  <sound model='ich9'/>
</devices>
""",
)
def sound_model(sound: Sound, guest: Guest) -> Iterator[Problem]:
    """A sound card is of a model that QEMU does not have.

    ich7 is VMware's; QEMU has ich6 and ich9.
    """
    if sound.model == "ich7":
        yield Problem(sound, "model", "QEMU has no sound card of the model ich7", help="ich6 and ich9 are like it")
