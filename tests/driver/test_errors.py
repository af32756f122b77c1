"""libvirt's errors as exceptions, and what they say of documents and URIs."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from tests.driver.fake import FakeError, FakeObject, fake_libvirt
from tests.support import ROOT
from virtxml import Domain, DomainSnapshot, Network, VirtXMLError, driver
from virtxml.driver.errors import CLASSES
from virtxml.releases import not_older
from virtxml.schema.domain import Devices, Disk

WRONG = Domain(type="kvm", name="web01", devices=Devices(disks=[Disk(type="flie")]))  # type: ignore[arg-type]


def host(**answers: object) -> driver.Connection:
    """Return a connection whose functions answer so."""
    raw = FakeObject(**{"getLibVersion": 9000000, **answers})
    return driver.Connection(fake_libvirt(raw), raw)  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "cls"), [(code, cls) for cls in CLASSES for code in cls.codes.values()], ids=str)
def test_each_code_has_its_class(code: int, cls: type[driver.LibvirtError]) -> None:
    with pytest.raises(driver.LibvirtError) as error:
        host(listAllDomains=FakeError(code, "it went\n wrong")).domains.list_all()
    assert type(error.value) is cls
    assert (error.value.code, error.value.domain, str(error.value)) == (code, 10, "it went wrong")
    assert isinstance(error.value.__cause__, FakeError)


def test_no_code_has_two_classes() -> None:
    codes = [code for cls in CLASSES for code in cls.codes.values()]
    assert len(codes) == len(set(codes))


def test_other_codes_are_errors_of_libvirt_too() -> None:
    with pytest.raises(driver.LibvirtError) as error:
        host(listAllDomains=FakeError(1)).domains.list_all()
    assert type(error.value) is driver.LibvirtError
    assert isinstance(error.value, VirtXMLError)


def test_a_document_at_fault_is_diagnosed_for_the_release_of_the_host() -> None:
    with pytest.raises(driver.InvalidDocumentError) as error:
        host(defineXMLFlags=FakeError(27)).domains.define(WRONG)
    found = error.value.diagnostics
    assert found == tuple(WRONG.validate(libvirt="9.0.0"))
    assert str(error.value).startswith("it went wrong; in the document, /domain")
    assert 'value "flie" of attribute "type" on <disk>' in " ".join(mistake.message for mistake in found)


def test_an_internal_error_is_the_fault_of_a_document_with_mistakes() -> None:
    with pytest.raises(driver.InvalidDocumentError) as error:
        host(defineXMLFlags=FakeError(1)).domains.define(WRONG)
    assert error.value.code == 1
    with pytest.raises(driver.LibvirtError) as error:
        host(networkDefineXML=FakeError(1)).networks.define(Network(name="lab"))
    assert type(error.value) is driver.LibvirtError


def test_a_device_is_diagnosed_as_one() -> None:
    with pytest.raises(driver.LibvirtError) as error:
        host(lookupByName=FakeObject(attachDeviceFlags=FakeError(67))).domains.lookup("web01").attach(
            Disk(type="flie")  # type: ignore[arg-type]
        )
    assert error.value.diagnostics[0].path == "/disk/@type"


def test_a_valid_document_has_no_diagnostics() -> None:
    with pytest.raises(driver.InvalidDocumentError) as error:
        host(networkDefineXML=FakeError(27)).networks.define(Network(name="lab"))
    assert error.value.diagnostics == ()
    assert str(error.value) == "it went wrong"


@pytest.mark.parametrize("code", [88, 39, 90, 68])
def test_a_document_is_not_blamed_for_what_it_cannot_have_done(code: int) -> None:
    with pytest.raises(driver.LibvirtError) as error:
        host(defineXMLFlags=FakeError(code)).domains.define(WRONG)
    assert error.value.diagnostics == ()


def test_a_release_that_cannot_be_told_is_the_newest() -> None:
    raw = {"getLibVersion": FakeError(39), "defineXMLFlags": FakeError(27)}
    with pytest.raises(driver.InvalidDocumentError) as error:
        host(**raw).domains.define(WRONG)
    assert error.value.diagnostics == tuple(WRONG.validate())


@pytest.mark.parametrize(
    ("version", "release"),
    [(6000000, "7.0.0"), (7000000, "7.0.0"), (7000001, "8.1.0"), (11003000, "11.3.0"), (99000000, "12.8.0")],
)
def test_the_schemas_are_those_that_know_all_of_a_version(version: int, release: str) -> None:
    assert not_older(version) == release


@pytest.mark.parametrize("uuid", [None, "2f0cbb87-0d2c-4b1a-90a5-6a3c3c1b8f10"])
def test_a_name_that_another_one_has_is_told_from_other_failures(uuid: str | None) -> None:
    other = FakeObject(UUIDString="5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11")
    with pytest.raises(driver.AlreadyExistsError) as error:
        host(defineXMLFlags=FakeError(9), lookupByName=other).domains.define(Domain(name="web01", uuid=uuid))
    assert isinstance(error.value.__cause__, FakeError)
    with pytest.raises(driver.OperationFailedError, match=r'lacks the attribute "type"'):
        host(defineXMLFlags=FakeError(9), lookupByName=FakeError(42)).domains.define(Domain(name="web01", uuid=uuid))


@pytest.mark.parametrize("uuid", ["5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11", "5C9F0A546F7E4C1D9A532B1F0D8C7E11"])
def test_what_fails_to_be_defined_anew_does_not_already_exist(uuid: str) -> None:
    same = FakeObject(UUIDString="5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11")
    with pytest.raises(driver.OperationFailedError, match=r'lacks the attribute "type"'):
        host(defineXMLFlags=FakeError(9), lookupByName=same).domains.define(Domain(name="web01", uuid=uuid))


def test_a_snapshot_of_the_same_name_already_exists() -> None:
    answers = {"snapshotCreateXML": FakeError(9), "snapshotLookupByName": FakeObject(getName="before")}
    domain = host(lookupByName=FakeObject(**answers)).domains.lookup("web01")
    with pytest.raises(driver.AlreadyExistsError, match="it went wrong"):
        domain.snapshots.create(DomainSnapshot(name="before"))
    with pytest.raises(driver.OperationFailedError, match="it went wrong"):
        domain.snapshots.create(DomainSnapshot(name="before"), redefine=True)


def test_what_else_is_called_can_raise_our_errors() -> None:
    connection = host(getHostname=FakeError(55))
    with pytest.raises(driver.OperationInvalidError, match="it went wrong"), connection.errors():
        connection.libvirt.getHostname()


def test_errors_can_be_pickled() -> None:
    error = driver.InvalidDocumentError("wrong", 27, 10, WRONG.validate())
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    failed = driver.ConnectionFailedError("wrong", 38, 7, ["two slashes"])
    assert str(pickle.loads(pickle.dumps(failed))) == "wrong (two slashes)"


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        ({}, ("open", None)),
        ({"uri": "test:///default"}, ("open", "test:///default")),
        ({"uri": driver.ConnectionURI(driver="qemu", path="/system")}, ("open", "qemu:///system")),
        ({"uri": "an-alias", "readonly": True}, ("openReadOnly", "an-alias")),
        ({"uri": "esx://h/", "auth": [[2], print, None]}, ("openAuth", "esx://h/", [[2], print, None], 0)),
    ],
)
def test_connecting_opens(
    arguments: dict[str, object], call: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = FakeObject()
    module = fake_libvirt(raw)
    monkeypatch.setitem(sys.modules, "libvirt", module)
    connection = driver.connect(**arguments)  # type: ignore[arg-type]
    assert connection.libvirt is raw
    assert module.opened == [call]
    assert driver.wrap(raw).libvirt is raw


@pytest.mark.parametrize(
    ("uri", "code", "message"),
    [
        ("qemu:///system", 38, "no socket"),
        (None, 38, "no socket"),
        ("qemu://system", 38, 'no socket (two slashes make "system" the name of a host, reached by TLS: '),
        ("qemu:///a b", 1, "no socket (a URI cannot hold ' ': write \"%20\" instead)"),
    ],
)
def test_a_failed_connection_names_the_slips(
    uri: str | None, code: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "libvirt", fake_libvirt(FakeError(code, "no socket")))
    with pytest.raises(driver.ConnectionFailedError) as error:
        driver.connect(uri)
    assert str(error.value).startswith(message)


def test_credentials_that_are_not_accepted_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libvirt", fake_libvirt(FakeError(45)))
    with pytest.raises(driver.AuthenticationError, match="it went wrong"):
        driver.connect("qemu+tcp://node1/system")


def test_without_libvirt_python_it_is_said_how_to_install_it() -> None:
    script = (
        "import sys; sys.modules['libvirt'] = None\n"
        "from virtxml import driver\nassert str(driver.ConnectionURI.parse('qemu:///system'))\n"
        "try: driver.connect()\nexcept driver.LibvirtMissingError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == 'libvirt-python is not installed: pip install "virtxml[libvirt]"\n'


def test_a_uri_is_read_without_loading_the_classes_of_documents() -> None:
    script = (
        "import sys; from virtxml.driver import ConnectionURI, LibvirtError\n"
        "ConnectionURI.parse('qemu:///system')\n"
        "print([name for name in ('lxml.etree', 'virtxml.schema.domain', 'libvirt') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
