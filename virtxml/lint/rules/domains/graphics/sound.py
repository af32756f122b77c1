"""Where the sound of a guest goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Audio, Devices, Graphics, Sound
    from ....guest import Guest


@rule(
    "VX738",
    "audio-id",
    "domain/devices",
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
def audio_id(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """The sound of a card or a screen goes to a backend that there is not, or two backends have one number.

    Each <audio> has a number, by which sound cards and screens name it. VNC takes any, a D-Bus display one of type
    dbus.
    """
    if not (devices.audios or devices.sounds or devices.graphics):
        return
    known: dict[int, Audio] = {}
    for backend in devices.audios:
        number = whole(backend.id)
        if number is not None and known.setdefault(number, backend) is not backend:
            yield Problem(backend, "id", "another <audio> has the number {id}, too", other=known[number], id=number)
    users: list[Sound | Graphics] = [*devices.sounds, *devices.graphics]
    for user in users:
        number = whole(user.audio.id) if user.audio is not None else None
        if user.audio is None or not number:
            continue
        found = known.get(number)
        shown = getattr(user, "type", "")
        if found is None:
            if shown in ("", "vnc"):
                yield Problem(user.audio, "id", "there is no <audio> of the number {id}", id=number)
        elif shown == "dbus" and found.type != "dbus" and guest.driver == "qemu" and guest.since("9.0.0"):
            yield Problem(
                user.audio,
                "id",
                "a D-Bus display takes sound of type dbus, and this is {type}",
                other=found,
                there="the sound is here",
                type=found.type,
            )


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
    "VX749",
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
