"""Connection URIs: what is read, what is refused, and what is named as a slip."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import ROOT
from virtxml.driver.uri import PATHS, TRANSPORTS, ConnectionURI, URIError


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("qemu:///system", ConnectionURI(driver="qemu", path="/system")),
        ("test:///default", ConnectionURI(driver="test", path="/default")),
        (
            "qemu+ssh://root@node1.example.org:2222/system?keyfile=/root/.ssh/id&no_tty=1",
            ConnectionURI(
                driver="qemu",
                transport="ssh",
                user="root",
                host="node1.example.org",
                port=2222,
                path="/system",
                params=(("keyfile", "/root/.ssh/id"), ("no_tty", "1")),
            ),
        ),
        ("qemu+tcp://[::1]/session", ConnectionURI(driver="qemu", transport="tcp", host="::1", path="/session")),
        (
            "vpx://DOM%5Cadmin@vc/dc/folder%20one/esx",
            ConnectionURI(driver="vpx", user="DOM\\admin", host="vc", path="/dc/folder one/esx"),
        ),
        ("test:default.xml", ConnectionURI(driver="test", path="default.xml")),
        ("xen://node1", ConnectionURI(driver="xen", host="node1")),
    ],
)
def test_uris_are_read_and_written_back(text: str, uri: ConnectionURI) -> None:
    assert ConnectionURI.parse(text) == uri
    assert str(uri) == text
    assert uri.slips() == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("test:/default", "test:///default"),
        ("qemu:///system?a&b=1;c=x%26y&=z", "qemu:///system?a=&b=1&c=x%26y"),
        ("qemu:///system?mode=a+b#mark", "qemu:///system?mode=a%2Bb#mark"),
    ],
)
def test_other_ways_to_write_the_same_are_read(text: str, written: str) -> None:
    uri = ConnectionURI.parse(text)
    assert str(uri) == written
    assert ConnectionURI.parse(written) == uri


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no driver"),
        ("qemu", "names no driver, as in qemu:///system (an alias of libvirt.conf is no URI)"),
        ("//host/system", "names no driver"),
        ("+ssh://host/system", "names no driver"),
        ("qemu:///a b", "a URI cannot hold ' ': write \"%20\" instead"),
        ("qemu:///söft", "a URI cannot hold 'ö': write \"%C3%B6\" instead"),
        ("qemu+ssh://a@b@host/system", 'has more than one "@": write "%40"'),
        ("qemu+ssh://host:/system", "no number behind the colon, where the port is (a path follows a slash"),
        ("qemu+ssh://host:8o/system", "no number behind the colon, where the port is"),
        ("qemu+ssh://::1/system", "an IPv6 address needs brackets, as in [::1]"),
    ],
)
def test_what_libvirt_does_not_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(URIError) as error:
        ConnectionURI.parse(text)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        (
            "qemu://system",
            'two slashes make "system" the name of a host, reached by TLS: did you mean "qemu:///system"?',
        ),
        (
            "qemu+ssh://session/",
            'two slashes make "session" the name of a host, reached by SSH: did you mean "qemu+ssh:///session"?',
        ),
        (
            "test://default",
            'two slashes make "default" the name of a host, reached by TLS: did you mean "test:///default"?',
        ),
        (
            "qemu+ssh:///node1",
            'three slashes leave no room for a host, and "/node1" is the path: did you mean "qemu+ssh://node1/system"?',
        ),
        (
            "qemu+tls:///node1/session",
            'three slashes leave no room for a host, and "/node1/session" is the path: '
            'did you mean "qemu+tls://node1/session"?',
        ),
        ("qemu+ssh://root@node1", 'the path is missing: did you mean "qemu+ssh://root@node1/system"?'),
        ("qemu:///", 'the path is missing: did you mean "qemu:///system"?'),
        ("test:///", 'the path is missing: did you mean "test:///default"?'),
        ("qemu+shs://node1/system", 'libvirt has no transport "shs": did you mean "qemu+ssh://node1/system"?'),
        (
            "qemu+vsock://node1/system",
            'libvirt has no transport "vsock": it knows unix, tls, ssh, tcp, ext, libssh2, libssh',
        ),
        ("qemu+ext:///system", 'the transport "ext" needs a parameter "command"'),
        ("qeum:///system", 'libvirt has no driver "qeum": did you mean "qemu:///system"?'),
        ("QEMU:///system", 'libvirt has no driver "QEMU": did you mean "qemu:///system"?'),
        ("zzz:///system", 'libvirt has no driver "zzz"'),
        ("ssh://root@node1/", '"ssh" is a transport, and no driver: did you mean "qemu+ssh://root@node1/system"?'),
        ("qemu:///sytem", 'the qemu driver has no path "/sytem": did you mean "qemu:///system"?'),
        ("lxc:///elsewhere", 'the lxc driver has no path "/elsewhere", only /system and /'),
        ("qemu+tcp://node1:99999/system", "there is no port 99999: they end at 65535"),
    ],
)
def test_a_slip_is_read_and_named(text: str, slip: str) -> None:
    assert ConnectionURI.parse(text).slips() == [slip]


@pytest.mark.parametrize(
    "text",
    [
        "qemu+ssh:///system",
        "qemu+SSH://node1/system",
        "qemu+unix:///system?socket=/run/x",
        "test:///etc/node.xml",
        "lxc:///",
        "esx://root@esx1/?no_verify=1",
        "remote://node1",
        "qemu+ext:///system?command=/usr/bin/reach",
    ],
)
def test_what_is_usual_is_no_slip(text: str) -> None:
    assert ConnectionURI.parse(text).slips() == []


def test_a_password_is_not_shown() -> None:
    uri = ConnectionURI.parse("qemu+ssh://root:open-sesame@node1")
    assert uri.user == "root:open-sesame"
    assert "sesame" not in repr(uri)
    assert "sesame" not in " ".join(uri.slips())
    with pytest.raises(URIError) as error:
        ConnectionURI.parse("qemu+ssh://root:open-sesame@node1:x/system")
    assert "sesame" not in str(error.value)


@pytest.mark.parametrize("text", ["qemuu:root:sesame@node1", "qemu:root:sesame@node1", "qemu:/root:se/sa/me@node1"])
def test_a_password_is_not_shown_where_slashes_are_missing(text: str) -> None:
    uri = ConnectionURI.parse(text)
    assert len(uri.slips()) == 1
    assert "sesame" not in uri.slips()[0].replace("/", "")


@pytest.mark.parametrize("text", ["-root:sesame@node1", "/root:sesame@node1", "//root:sesame@node1"])
def test_a_password_is_not_shown_where_no_driver_is_named(text: str) -> None:
    with pytest.raises(URIError, match=r"root:<hidden>@node1\" names no driver"):
        ConnectionURI.parse(text)


def test_a_uri_is_a_value() -> None:
    uri = ConnectionURI.parse("qemu+ssh://node1/system")
    assert len({uri, ConnectionURI.parse(str(uri))}) == 1
    assert str(dataclasses.replace(uri, host="node2")) == "qemu+ssh://node2/system"
    assert uri.param("keyfile") is None
    with pytest.raises(dataclasses.FrozenInstanceError, match=r"ConnectionURI\.host cannot be changed"):
        uri.host = "node3"  # type: ignore[misc]


_WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=8)


@given(
    st.builds(
        ConnectionURI,
        driver=st.sampled_from(sorted(PATHS)),
        transport=st.none() | st.sampled_from(TRANSPORTS),
        user=st.none() | _WORDS,
        host=st.none() | st.just("fe80::1%eth0") | _WORDS.filter(lambda host: not set(host) & set(":[]")),
        port=st.none() | st.integers(1, 65535),
        path=st.just("") | _WORDS.map("/{}".format),
        params=st.lists(st.tuples(_WORDS, _WORDS), max_size=3).map(tuple),
    )
)
def test_all_uris_come_back_from_their_text(uri: ConnectionURI) -> None:
    assert ConnectionURI.parse(str(uri)) == uri
    uri.slips()


@pytest.mark.parametrize(
    ("text", "hypervisor", "is_session", "is_remote"),
    [
        ("qemu:///system", "qemu", False, False),
        ("QEMU:///session", "qemu", True, False),
        ("qemu+unix:///session?socket=/run/a", "qemu", True, False),
        ("qemu+ext:///system?command=nc", "qemu", False, False),
        ("qemu+ssh:///system", "qemu", False, True),
        ("qemu://node1/system", "qemu", False, True),
        ("parallels:///system", "vz", False, False),
        ("vpx://vc/dc/esx", "esx", False, True),
        ("vmwarews:///session", "vmware", True, False),
    ],
)
def test_a_uri_says_what_is_asked_and_where(text: str, hypervisor: str, is_session: bool, is_remote: bool) -> None:
    uri = ConnectionURI.parse(text)
    assert (uri.hypervisor, uri.is_session, uri.is_remote) == (hypervisor, is_session, is_remote)


def test_reading_a_usual_uri_loads_little() -> None:
    script = (
        "import sys; from virtxml.driver.uri import ConnectionURI\n"
        "ConnectionURI.parse('qemu+ssh://root@node1/system').is_remote\n"
        "print({'dataclasses', 'urllib.parse', 'virtxml.diagnostics.suggest'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
