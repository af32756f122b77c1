"""No password is shown, in no form."""

from __future__ import annotations

import pytest

from virtxml.cli import GOOD, main

SECRET = "hunter2secret"
DOCUMENTS = {
    "graphics": f"<domain><devices><graphics type='vnc' passwd='{SECRET}'/></devices></domain>",
    "query": f"<domain><devices><disk type='network'><source protocol='https' name='a' query='token={SECRET}'/></disk>"
    "</devices></domain>",
    "cookie": "<domain><devices><disk type='network'><source protocol='https' name='a'><cookies>"
    f"<cookie name='c'>{SECRET}</cookie></cookies></source></disk></devices></domain>",
    "url": f"<domain><os><kernel>https://me:{SECRET}@host/kernel</kernel></os></domain>",
    "name of a source": "<domain><devices><disk type='network'><source protocol='https' "
    f"name='https://me:{SECRET}@host/a'/></disk></devices></domain>",
    "arguments": "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><qemu:commandline>"
    f"<qemu:arg value='secret,id=a,data={SECRET}'/></qemu:commandline></domain>",
    "unknown": f"<domain password='{SECRET}'><devices><quantum passwd='{SECRET}'/></devices></domain>",
    "firmware": "<domain><sysinfo type='smbios'><system>"
    f"<entry name='password'>{SECRET}</entry></system></sysinfo></domain>",
    "init": f"<domain><os><initarg>--password={SECRET}</initarg></os></domain>",
    "pool": f"<pool><source><auth type='chap' username='a' passwd='{SECRET}'/></source></pool>",
    "network": "<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'><dnsmasq:options>"
    f"<dnsmasq:option value='password={SECRET}'/></dnsmasq:options></network>",
}


@pytest.mark.parametrize("form", ["text", "json", "dot", "svg"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_secret_is_not_shown(
    name: str, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("virtxml.cli.commands.show.read_input", lambda _: DOCUMENTS[name].encode())
    status = main(["show", "--format", form, "-"])
    shown = "".join(capsys.readouterr())
    assert shown
    assert status == GOOD or "have a picture" in shown
    assert SECRET not in shown
