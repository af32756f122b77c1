"""What type checkers make of programs that use builders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.test_typing import CHECKERS, write_programs

Checker = Callable[[Path], set[tuple[str, int]]]

pytestmark = pytest.mark.slow

ACCEPTED = """
from pathlib import Path

from virtxml import Domain, DomainBackup, Network, NWFilter, Secret, StoragePool, StorageVolume, builders
from virtxml.builders import BuildError, DomainBuilder
from virtxml.schema.domain import Hub
from virtxml.schema.nwfilter import RuleTcp


def started(name: str) -> DomainBuilder:
    return builders.domain(name).memory(2**30).vcpus(4, sockets=1).pin_vcpus([0, "1-2", range(4), [3]])


builder = started("a").disk(Path("/a.qcow2"), size="20 GiB", bus="virtio").add(Hub(type="usb"))
domain: Domain = builder.customize(lambda one: setattr(one, "name", "b")).for_libvirt("9.0.0").build()
network: Network = builders.network("n").nat().ip("10.0.0.1/8", dhcp=("10.0.0.2", "10.0.0.9")).build()
pool: StoragePool = builders.pool("p").dir("/a").uuid("random").build()
volume: StorageVolume = builders.volume("v").capacity(1).build()
backup: DomainBackup = builders.backup().pull(host="localhost").build()
secret: Secret = builders.secret().for_ceph("a").build()
nwfilter: NWFilter = builders.nwfilter("f").rule("drop", RuleTcp(dstportstart=22)).build()
try:
    builder.build()
except BuildError as error:
    reason: str = error.reason
"""
HEAD = """
from virtxml import builders

vm = builders.domain("a")
"""
REFUSED = {
    "a bus that there is not": "vm.disk('/a', bus='virtoi')",
    "an argument that there is not": "vm.network(modle='virtio')",
    "a step that there is not": "vm.memroy('1 GiB')",
    "text for a number": "vm.vcpus('4')",
    "a number that is no size": "vm.memory(1.5)",
    "an option by position": "vm.disk('/a', '20 GiB')",
    "another model": "builders.network('a').build().devices",
    "no device": "vm.add('disk')",
    "a step without what it needs": "vm.share('/srv')",
}


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_programs(tmp_path_factory.mktemp("programs"), ACCEPTED, HEAD, REFUSED.values())


@pytest.mark.parametrize("checker", CHECKERS)
def test_right_programs_are_accepted(checker: Checker, programs: Path) -> None:
    assert not {line for file, line in checker(programs) if file == "accepted.py"}


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("index", range(len(REFUSED)), ids=list(REFUSED))
def test_wrong_programs_are_refused_at_the_line_that_is_wrong(index: int, checker: Checker, programs: Path) -> None:
    path = programs / f"refused_{index}.py"
    assert {line for file, line in checker(programs) if file == path.name} == {len(path.read_text().splitlines())}
