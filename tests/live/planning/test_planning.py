"""Plans for libvirt's test driver are made and done: then what is there is as it is wanted, and keeps its own."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from virtxml import Domain, Network, StoragePool, driver
from virtxml.cli import main
from virtxml.compare.planning import Wanted, plan
from virtxml.compare.planning.applying import Done, How, apply
from virtxml.node import Node

URI = "test:///default"
GUEST = """\
<domain type='test'>
  <name>web</name>
  <memory unit='GiB'>1</memory>
  <vcpu>2</vcpu>
  <os><type>hvm</type></os>
  <devices>
    <disk type='file'><source file='/srv/web.img'/><target dev='vda' bus='virtio'/></disk>
    <interface type='network'><source network='default'/><model type='virtio'/></interface>
  </devices>
</domain>
"""
NETWORK = """\
<network>
  <name>lab</name>
  <bridge name='virbr77'/>
  <ip address='10.7.0.1' netmask='255.255.255.0'><dhcp><range start='10.7.0.5' end='10.7.0.99'/></dhcp></ip>
</network>
"""
HOST = "<dhcp><host mac='52:54:00:00:00:01' ip='10.7.0.7'/>"
POOL = "<pool type='dir'><name>images</name><target><path>/srv/images</path></target></pool>"
VOLUME = """\
<volume>
  <name>web.img</name><capacity unit='GiB'>1</capacity><target><format type='raw'/></target>
</volume>
"""
DISK = "<disk type='file'><source file='/srv/data.img'/><target dev='vdb' bus='virtio'/></disk>"


def outcomes(host: driver.Connection, *models: Node) -> list[str]:
    """Return what a plan says of documents."""
    return [item.outcome for item in plan(models, host)]


def done(host: driver.Connection, *models: Node, how: How | None = None) -> list[Done]:
    """Do the plan for documents; see that another one says that all is as it is wanted, and does nothing."""
    steps = [*apply(plan(models, host), host, how)]
    assert set(outcomes(host, *models)) == {"same"}
    assert [*apply(plan(models, host), host)] == []
    return steps


def test_a_new_guest_is_defined_and_then_the_same(host: driver.Connection) -> None:
    wanted = Domain.from_xml(GUEST)
    assert outcomes(host, wanted) == ["missing"]
    assert [step.what for step in done(host, wanted)] == ["defined"]
    assert not host.domains.lookup("web").active
    # What libvirt has made of it is what is wanted, too.
    assert outcomes(host, host.domains.lookup("web").document(inactive=True)) == ["same"]


def test_a_new_guest_is_started_if_that_is_wanted(host: driver.Connection) -> None:
    assert [step.what for step in done(host, Domain.from_xml(GUEST), how=How(start=True))] == ["defined", "started"]
    assert host.domains.lookup("web").active


def test_a_changed_guest_keeps_its_uuid_and_its_mac_address(host: driver.Connection) -> None:
    before = host.domains.define(Domain.from_xml(GUEST)).document(inactive=True)
    wanted = Domain.from_xml(GUEST.replace("<vcpu>2", "<vcpu>3").replace("</devices>", f"{DISK}</devices>"))
    (item,) = plan([wanted], host)
    assert [(change.kind, change.path, change.actual, change.wanted) for change in item.changes] == [
        ("changed", "vcpu", "2", "3"),
        ("missing", "devices/disk[vdb]", None, None),
    ]
    assert [step.what for step in done(host, wanted)] == ["defined"]
    after = host.domains.lookup("web").document(inactive=True)
    assert after.devices is not None
    assert before.devices is not None
    assert (after.uuid, after.devices.interfaces) == (before.uuid, before.devices.interfaces)
    assert (after.vcpu and after.vcpu.value, len(after.devices.disks)) == (3, 2)


def test_sizes_in_other_units_are_the_same(host: driver.Connection) -> None:
    host.domains.define(Domain.from_xml(GUEST))
    assert outcomes(host, Domain.from_xml(GUEST.replace("unit='GiB'>1", "unit='MiB'>1024"))) == ["same"]
    assert outcomes(host, Domain.from_xml(GUEST.replace("unit='GiB'>1", "unit='b'>1073741824"))) == ["same"]


def test_a_card_that_somebody_added_goes(host: driver.Connection) -> None:
    card = "<interface type='user'/>"
    host.domains.define(Domain.from_xml(GUEST.replace("</devices>", f"{card}</devices>")))
    (item,) = plan([Domain.from_xml(GUEST)], host)
    assert [change.kind for change in item.changes] == ["drift"]
    done(host, Domain.from_xml(GUEST))
    devices = host.domains.lookup("web").document(inactive=True).devices
    assert devices is not None
    assert [one.type for one in devices.interfaces] == ["network"]


def test_a_guest_that_runs_is_told_what_waits(host: driver.Connection) -> None:
    host.domains.define(Domain.from_xml(GUEST)).start()
    steps = done(host, Domain.from_xml(GUEST.replace("<vcpu>2", "<vcpu>3")))
    assert [step.what for step in steps] == ["defined", "takes effect with the next start: vcpu"]
    (item,) = plan([Domain.from_xml(GUEST.replace("<vcpu>2", "<vcpu>3"))], host)
    assert [(change.path, change.actual, change.wanted) for change in item.pending] == [("vcpu", "2", "3")]
    assert host.domains.lookup("web").active


def test_a_guest_is_restarted_if_that_is_wanted(host: driver.Connection) -> None:
    host.domains.define(Domain.from_xml(GUEST)).start()
    steps = done(host, Domain.from_xml(GUEST.replace("<vcpu>2", "<vcpu>3")), how=How(restart=True))
    assert [step.what for step in steps] == ["defined", "restarted"]
    vcpu = host.domains.lookup("web").document().vcpu
    assert vcpu is not None
    assert vcpu.value == 3


def test_a_host_is_added_to_a_network_that_is_up(host: driver.Connection) -> None:
    host.networks.define(Network.from_xml(NETWORK)).start()
    wanted = Network.from_xml(NETWORK.replace("<dhcp>", HOST))
    (item,) = plan([wanted], host)
    assert [(change.kind, change.way) for change in item.changes] == [("missing", "live")]
    done(host, wanted, how=How(live=True))
    dhcp = host.networks.lookup("lab").document().ips[0].dhcp
    assert dhcp is not None
    assert [one.ip for one in dhcp.hosts] == ["10.7.0.7"]


def test_a_pool_and_a_volume_are_made(host: driver.Connection, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "pool.xml").write_text(POOL)
    (tmp_path / "images" / "web.xml").write_text(VOLUME)
    arguments = [str(tmp_path), "--connect", URI]
    assert main(["plan", *arguments]) == 1
    assert main(["apply", *arguments, "--yes", "--start"]) == 0
    assert [one.name for one in host.pools.lookup("images").volumes] == ["web.img"]
    assert main(["plan", *arguments]) == 0
    assert main(["apply", *arguments, "--yes"]) == 0


def test_a_volume_waits_for_its_pool(
    host: driver.Connection, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "web.xml").write_text(VOLUME)
    assert main(["plan", str(tmp_path / "web.xml"), "--connect", URI, "--pool", "nowhere"]) == 2
    assert "there is no pool nowhere" in capsys.readouterr().out
    host.pools.define(StoragePool.from_xml(POOL))
    assert main(["plan", str(tmp_path / "web.xml"), "--connect", URI, "--pool", "images"]) == 2
    assert "pool images is not active" in capsys.readouterr().out


def test_a_file_may_be_renamed(host: driver.Connection, tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(GUEST)
        assert main(["apply", str(tmp_path / name), "--connect", URI, "--yes"]) == 0
    assert sorted(one.name for one in host.domains) == ["test", "web"]


def test_a_refused_document_stops_nothing_else(
    host: driver.Connection, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "bad.xml").write_text(GUEST.replace("<vcpu>2", "<vcpu>two").replace("web", "bad"))
    (tmp_path / "good.xml").write_text(GUEST)
    assert main(["apply", str(tmp_path), "--connect", URI, "--yes", "--prune"]) == 2
    shown = capsys.readouterr()
    assert f"{tmp_path}/bad.xml: domain bad: refused" in shown.out
    assert "error[VX202]" in shown.out
    assert "domain test: not done: kept, as a document is refused" in shown.err
    assert sorted(one.name for one in host.domains) == ["test", "web"]


def test_nothing_is_done_unless_somebody_says_yes(
    host: driver.Connection, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "web.xml").write_text(GUEST)
    arguments = [str(tmp_path), "--connect", URI]
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["apply", *arguments]) == 2
    assert "--yes does it unasked" in capsys.readouterr().err
    assert main(["apply", *arguments, "--check"]) == 1
    assert main(["plan", *arguments]) == 1
    assert "web" not in host.domains


@pytest.mark.parametrize(
    ("answer", "status", "there"), [("y", 0, True), ("Yes", 0, True), ("n", 2, False), ("", 2, False)]
)
def test_somebody_at_a_terminal_is_asked(
    answer: str,
    status: int,
    there: bool,
    host: driver.Connection,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "web.xml").write_text(GUEST)
    terminal = io.StringIO(f"{answer}\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    assert main(["apply", str(tmp_path), "--connect", URI]) == status
    assert capsys.readouterr().err.startswith("Do this? [y/N] ")
    assert ("web" in host.domains) is there


def test_what_is_not_wanted_goes_if_asked_for_and_not_running(
    host: driver.Connection, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    host.domains.define(Domain.from_xml(GUEST.replace("web", "old")))
    (tmp_path / "web.xml").write_text(GUEST)
    arguments = [str(tmp_path), "--connect", URI]
    assert main(["plan", *arguments, "--all"]) == 1
    assert "domain old: not wanted" in capsys.readouterr().out
    assert main(["apply", *arguments, "--yes"]) == 0
    assert "old" in host.domains
    # The driver's own guest runs.
    assert main(["apply", *arguments, "--yes", "--prune"]) == 1
    assert "domain test: not done: it runs: stop it first" in capsys.readouterr().err
    assert sorted(one.name for one in host.domains) == ["test", "web"]
    assert "default" in host.networks


def test_the_uuid_of_another_guest_is_refused(host: driver.Connection) -> None:
    uuid = host.domains.lookup("test").uuid
    (item,) = plan([Domain.from_xml(GUEST.replace("<memory", f"<uuid>{uuid}</uuid><memory"))], host)
    assert item.reasons == (f"its UUID {uuid} belongs to domain test",)


def test_what_has_been_changed_since_the_plan_is_left_alone(host: driver.Connection) -> None:
    handle = host.domains.define(Domain.from_xml(GUEST))
    made = plan([Domain.from_xml(GUEST.replace("<vcpu>2", "<vcpu>3"))], host)
    changed = handle.document(inactive=True)
    assert changed.devices is not None
    changed.devices.disks.clear()
    host.domains.define(changed)
    (step,) = apply(made, host)
    assert step.error == "it has been changed since the plan was made: nothing was done"
    vcpu = host.domains.lookup("web").document(inactive=True).vcpu
    assert vcpu is not None
    assert vcpu.value == 2


def test_what_libvirt_refuses_is_told_and_the_rest_is_done(host: driver.Connection) -> None:
    domain = Domain.from_xml(GUEST.replace("<os>", "<cputune><vcpupin vcpu='0' cpuset='zzz'/></cputune><os>"))
    domain.name = "odd"
    wanted = [domain, Domain.from_xml(GUEST)]
    steps = [*apply(plan([Wanted(one, findings=()) for one in wanted], host), host)]
    assert [(step.item.name, step.what, bool(step.error)) for step in steps] == [
        ("odd", "", True),
        ("web", "defined", False),
    ]


def test_the_plan_is_there_for_programs(
    host: driver.Connection, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    host.domains.define(Domain.from_xml(GUEST))
    (tmp_path / "web.xml").write_text(GUEST.replace("<vcpu>2", "<vcpu>3"))
    assert main(["plan", str(tmp_path), "--connect", URI, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"would change": 1}
    assert told["items"][0]["changes"] == [
        {
            "kind": "changed",
            "path": "vcpu",
            "actual": "2",
            "wanted": "3",
            "way": "restart",
            "reason": "of domains of type test, nothing is changed while they run",
        }
    ]


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_a_connection_that_there_is_not_is_told_in_one_line(
    command: str, capsys: pytest.CaptureFixture[str], libvirt: object, tmp_path: Path
) -> None:
    (tmp_path / "web.xml").write_text(GUEST)
    assert main([command, str(tmp_path), "--connect", "test:///no/such/file"]) == 2
    assert capsys.readouterr().err.startswith(f"virtxml {command}: error: ")
    assert main([command, str(tmp_path / "no.xml"), "--connect", URI]) == 2
    assert "no.xml: No such file or directory" in capsys.readouterr().err
