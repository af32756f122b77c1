"""What we say of libvirt-python is so: its functions, its numbers, and which URIs libvirt reads."""

from __future__ import annotations

import inspect
import typing
from typing import Any

import pytest

from virtxml import driver
from virtxml.driver import ConnectionURI, URIError
from virtxml.driver.errors import CLASSES
from virtxml.driver.libvirt_python import api, constants

CLASSES_OF_LIBVIRT = {
    "virDomain": api.Domain,
    "virDomainSnapshot": api.Snapshot,
    "virDomainCheckpoint": api.Checkpoint,
    "virNetwork": api.Network,
    "virNetworkPort": api.NetworkPort,
    "virStoragePool": api.StoragePool,
    "virStorageVol": api.StorageVolume,
    "virSecret": api.Secret,
    "virNWFilter": api.NWFilter,
    "virNWFilterBinding": api.NWFilterBinding,
    "virInterface": api.HostInterface,
    "virNodeDevice": api.NodeDevice,
    "virConnect": api.Connect,
}
_ERROR_IN_URI = 45
"""`VIR_FROM_URI`"""


def functions_of(protocol: type) -> dict[str, Any]:
    """Return the functions that a protocol and those that it extends declare."""
    bases = [base for base in protocol.__mro__ if base not in (object, typing.Protocol, typing.Generic)]
    return {name: found for base in bases for name, found in vars(base).items() if not name.startswith("_")}


@pytest.mark.parametrize("name", CLASSES_OF_LIBVIRT)
def test_its_functions_are_as_we_declare_them(name: str, libvirt: Any) -> None:
    declared = functions_of(CLASSES_OF_LIBVIRT[name])
    assert declared
    # Handles take these for what an older libvirt-python may lack, and say so.
    asked_for = {*vars(api.Annotated), *vars(api.Startable)}
    for function, ours in declared.items():
        if function in asked_for and not hasattr(getattr(libvirt, name), function):
            continue
        theirs = inspect.signature(getattr(getattr(libvirt, name), function)).parameters
        names = list(inspect.signature(ours).parameters)
        assert list(theirs)[: len(names)] == names, f"{name}.{function}"
        required = [key for key, value in theirs.items() if value.default is inspect.Parameter.empty]
        assert set(required) <= set(names), f"{name}.{function}"


def test_its_numbers_are_ours(libvirt: Any) -> None:
    ours = {name: value for name, value in vars(constants).items() if name.startswith("VIR_")}
    errors = {f"VIR_ERR_{name}": code for cls in CLASSES for name, code in cls.codes.items()}
    assert len(ours) > 30
    # An older libvirt-python does not have them all.
    known = {name: getattr(libvirt, name) for name in ours | errors if hasattr(libvirt, name)}
    assert known.items() <= (ours | errors).items()
    assert len(known) > 60


URIS = [
    "test:///default",
    "test:/default",
    "test:default",
    "test:///default#x",
    "test:///default?a=b&c",
    "test+unix:///default?socket=/nowhere",
    "test+UNIX:///default?socket=/nowhere",
    "test+tcp://127.0.0.1:1/default",
    "test+tcp://[::1]:1/default",
    "test+tcp://u%20x@127.0.0.1:1/default",
    "test+tcp://127.0.0.1:/default",
    "test+tcp://127.0.0.1:a/default",
    "test+tcp://u@v@127.0.0.1:1/default",
    "test+tcp://::1/default",
    "test:///de fault",
    "test:///défault",
    'test:///"default"',
    "test:///<default>",
    "+tcp:///default",
    "test+:///default",
]


@pytest.mark.parametrize("text", URIS)
def test_what_libvirt_reads_as_a_uri_is_read_and_nothing_else(text: str, libvirt: Any) -> None:
    try:
        libvirt.open(text).close()
        refused = False
    except libvirt.libvirtError as error:
        refused = error.get_error_domain() == _ERROR_IN_URI
    try:
        ConnectionURI.parse(text)
        refused_by_us = False
    except URIError:
        refused_by_us = True
    assert refused_by_us == refused


@pytest.mark.parametrize("text", ["test://", "test+shs:///default", "test+ext:///default", "test+:///default"])
def test_a_slip_leads_nowhere_and_is_named(text: str, libvirt: Any) -> None:
    slips = ConnectionURI.parse(text).slips()
    assert slips
    with pytest.raises(driver.ConnectionFailedError) as error:
        driver.connect(text)
    assert error.value.slips == tuple(slips)


def test_a_read_uri_leads_to_the_same_place(host: driver.Connection) -> None:
    with driver.connect(ConnectionURI.parse("test:/default")) as again:
        assert again.uri == host.uri == ConnectionURI(driver="test", path="/default")
