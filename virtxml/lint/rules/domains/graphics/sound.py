"""Where the sound of a guest goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import put
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
            # Without any <audio>, libvirt adds one of the number 1.
            if shown in ("", "vnc") and (number != 1 or known):
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
    "audio-settings",
    "domain/devices/audio",
    words="audio settings specified without fixed settings flag",
    since="7.1.0",
    bad="""
<devices>
  <audio id='1' type='alsa'>
    <output mixingEngine='yes'>
      <settings frequency='44100'/>
    </output>
  </audio>
</devices>
""",
    good="""
<devices>
  <audio id='1' type='alsa'>
    <output mixingEngine='yes' fixedSettings='yes'>
      <settings frequency='44100'/>
    </output>
  </audio>
</devices>
""",
)
def audio_settings(audio: Audio, guest: Guest) -> Iterator[Problem]:
    """The settings of a sound backend do not go together, or its sound goes to SPICE and there is none.

    A frequency and the like are fixed settings, and those are the mixing engine's. SPICE carries sound to who looks at
    its screen.
    """
    if whole(audio.id) == 0:
        yield Problem(audio, "id", "numbers of <audio> begin at 1")
    if audio.type == "spice" and guest.driver == "qemu" and "spice" not in guest.graphics_types:
        yield Problem(audio, "type", "there are no graphics of type spice to take the sound")
    for way in (audio.input, audio.output):
        if way is None:
            continue
        if way.fixed_settings and not way.mixing_engine:
            yield Problem(way, "fixed_settings", "fixed settings take mixingEngine='yes'")
        elif way.settings is not None and not way.fixed_settings:
            yield Problem(
                way,
                "settings",
                "settings of sound take fixedSettings='yes'",
                fix=put(way, "fixed_settings", value=True, says="set fixedSettings to yes")
                if way.mixing_engine
                else None,
            )


@rule(
    "VX749",
    "sound-model",
    "domain/devices/sound",
    words="sound card model 'ich7' is not supported by qemu",
    drivers=("qemu",),
    early=True,
    when="model",
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
