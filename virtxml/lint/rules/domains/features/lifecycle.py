"""What happens when a guest ends or sleeps, and what is watched and kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, remove
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Domain, Keywrap, Perf, Pm
    from ....guest import Guest


@rule(
    "VX677",
    "lifecycle-action",
    "domain",
    drivers=("qemu",),
    words="qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'",
    early=True,
    bad="<on_reboot>preserve</on_reboot>",
    good="<on_reboot>restart</on_reboot>",
)
def lifecycle_action(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """QEMU's guests cannot end like this.

    They are not started under another name, and not kept but after a crash. A guest that starts again when it turns
    itself off cannot end when it reboots.
    """
    del guest
    for field in ("on_poweroff", "on_reboot", "on_crash"):
        action = getattr(domain, field)
        if action == "rename-restart" or (action == "preserve" and field != "on_crash"):
            yield Problem(
                domain,
                field,
                "QEMU's guests have no {action} here",
                help="use destroy or restart",
                action=action,
            )
    if domain.on_poweroff == "restart" and domain.on_reboot == "destroy":
        yield Problem(domain, "on_reboot", "a guest that ends when it reboots cannot start again when it is turned off")


@rule(
    "VX678",
    "suspend-not-x86",
    "domain/pm",
    drivers=("qemu",),
    needs=("arch",),
    words="setting ACPI S3/S4 not supported",
    early=True,
    bad="""
<os>
  <type arch='aarch64' machine='virt'>hvm</type>
</os>
<pm>
  <suspend-to-mem enabled='no'/>
</pm>
""",
    good="""
<os>
  <type arch='aarch64' machine='virt'>hvm</type>
</os>
""",
)
def suspend_not_x86(pm: Pm, guest: Guest) -> Iterator[Problem]:
    """Sleep is chosen for a machine that has none.

    Only PCs have the states S3 and S4 of ACPI, which can be turned off there.
    """
    if not guest.is_x86 and (pm.suspend_to_mem is not None or pm.suspend_to_disk is not None):
        yield Problem(pm, "", "only PCs sleep, not {arch}", fix=drop(guest.model, "pm"), arch=guest.arch)


@rule(
    "VX689",
    "perf-event-twice",
    "domain/perf",
    words="perf event 'cmt' was already specified",
    early=True,
    when="events",
    bad="""
<perf>
  <event name='cmt' enabled='yes'/>
  <event name='cmt' enabled='no'/>
</perf>
""",
    good="""
<perf>
  <event name='cmt' enabled='yes'/>
</perf>
""",
)
def perf_event_twice(perf: Perf, guest: Guest) -> Iterator[Problem]:
    """An event is counted twice.

    An event is on or off.
    """
    for event in perf.events:
        first = guest.first("perf event", event.name, event) if event.name else None
        if first is not None:
            fix = remove(perf.events, event) if getattr(first, "enabled", None) == event.enabled else None
            says = "the event {name} is named already"
            yield Problem(event, "name", says, other=first, fix=fix, name=event.name)


@rule(
    "VX690",
    "keywrap-cipher-twice",
    "domain/keywrap",
    words="A domain definition can have no more than one cipher node with name aes",
    early=True,
    when="ciphers",
    bad="""
<keywrap>
  <cipher name='aes' state='on'/>
  <cipher name='aes' state='off'/>
</keywrap>
""",
    good="""
<keywrap>
  <cipher name='aes' state='on'/>
</keywrap>
""",
)
def keywrap_cipher_twice(keywrap: Keywrap, guest: Guest) -> Iterator[Problem]:
    """A way to wrap keys is named twice.

    It is on or off.
    """
    for cipher in keywrap.ciphers:
        first = guest.first("key wrapping", cipher.name, cipher) if cipher.name else None
        if first is not None:
            fix = remove(keywrap.ciphers, cipher) if getattr(first, "state", None) == cipher.state else None
            yield Problem(cipher, "name", "{name} is named already", other=first, fix=fix, name=cipher.name)
