"""What holds for every document that a builder can make, whatever steps are taken in whatever order."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from lxml import etree

import virtxml
from tests.builders.calls import Call, calls, started, steps_of
from tests.builders.plain import plainly
from tests.support import shared_dir
from virtxml.builders import BuildError
from virtxml.releases.grammars import NEWEST, RELEASES, grammar_of, schema_files

STARTED = started()
KINDS = list(STARTED)


def knows(release: str, kind: str) -> bool:
    """Tell whether a release has documents of a builder's kind: the oldest has no checkpoints and backups."""
    return STARTED[kind]()._model.xml_name in grammar_of(release).starts


AGED = [(kind, release) for kind in KINDS for release in RELEASES if knows(release, kind)]
MOST = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def taken(builder: Any, call: Call) -> bool:
    """Take a step; a refused one has to say why, and to change nothing. Anything else that is raised is a mistake."""
    before, copied = builder._model, deepcopy(builder._model)
    reason = refusal(builder, call)
    assert before == copied
    assert reason is None or (len(reason) > 10 and builder._model is before)
    return reason is None


def refusal(builder: Any, call: Call) -> str | None:
    """Return why a builder refuses a step, None if it takes it."""
    try:
        assert call.of(builder) is builder
    except BuildError as error:
        return str(error)
    return None


@cache
def _relax_ng(root: str, release: str) -> etree.RelaxNG | None:
    shared = shared_dir()
    if shared is None:
        return None
    return etree.RelaxNG(etree.parse(schema_files(str(shared / "schemas" / release))[root]))


def assert_valid(model: virtxml.Node, release: str = "12.8.0") -> None:
    assert [one for one in virtxml.validate(model, libvirt=release) if one.severity == "error"] == []
    relax_ng = _relax_ng(model.xml_name, release)
    if relax_ng is not None:
        assert relax_ng.validate(etree.fromstring(model.to_xml())), relax_ng.error_log


def built(builder: Any) -> Any:
    """Return the document; None if its schema allows it, and libvirt refuses it: that depends on all that is in it."""
    try:
        return builder.build()
    except BuildError as error:
        refused = error
    assert {one.phase for one in refused.diagnostics} <= {"define", "start"}
    assert refused.diagnostics
    return None


@pytest.mark.parametrize("kind", KINDS)
@MOST
@given(data=st.data())
def test_every_document_is_valid(kind: str, data: st.DataObject) -> None:
    builder = STARTED[kind]()
    for call in data.draw(st.lists(calls(type(builder)), max_size=12)):
        taken(builder, call)
    builder.for_libvirt(NEWEST)
    missing = builder._missing(builder._model)
    if missing is not None:
        with pytest.raises(BuildError, match=f"^{re.escape(missing)}$"):
            builder.build()
        return
    model = built(builder)
    if model is None:
        return
    assert_valid(model)
    assert builder.build() == model
    assert type(model).from_xml(model.to_xml()) == model


def refusal_of(builder: Any, release: str) -> BuildError | None:
    """Return how a builder refuses a release, None if it does not."""
    try:
        builder.for_libvirt(release)
    except BuildError as error:
        return error
    return None


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), release=st.sampled_from(RELEASES))
def test_every_document_is_valid_for_the_release_that_it_is_built_for(data: st.DataObject, release: str) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    builder = STARTED[kind]()
    steps = data.draw(st.lists(calls(type(builder)), max_size=8))
    moment = data.draw(st.integers(0, len(steps)))
    for index, call in enumerate(steps):
        if index == moment:
            refused = refusal_of(builder, release)
            if refused is not None:
                # Only what is there already can need a newer release, and validation says what.
                assert index > 0 or not knows(release, kind)
                assert refused.diagnostics
                moment = -1
        taken(builder, call)
    if 0 <= moment < len(steps) and builder._missing(builder._model) is None:
        model = built(builder)
        if model is not None:
            assert_valid(model, release)


@pytest.mark.parametrize(("kind", "release"), AGED)
def test_the_release_may_be_the_first_thing_that_is_said(kind: str, release: str) -> None:
    builder = STARTED[kind]()
    before = deepcopy(builder._model)
    assert builder.for_libvirt(release) is builder
    assert builder._model == before


STARTS: dict[str, list[Callable[[Any], object]]] = {
    "domain": [lambda vm: vm.memory("4 GiB").vcpus(8).iothreads(4).boot("hd")],
    "network": [lambda lan: lan.ip("192.168.100.1/24").ip("fd00::1/64")],
}
"""What steps stand on, beside nothing."""
GROWING = {
    "domain": [
        *("disk", "cdrom", "floppy", "network", "direct", "hostdev_pci", "hostdev_usb", "hostdev_mdev", "controller"),
        *(
            "channel",
            "add",
            "share",
            "shmem",
            "watchdog",
            "panic",
            "tpm",
            "iommu",
            "vnc",
            "spice",
            "video",
            "numa_cell",
        ),
    ],
    "network": ["dhcp_host", "dns_host", "portgroup", "ip"],
}
"""Steps after which there is one more of something, where most others are not."""


@contextmanager
def foreseen() -> Iterator[None]:
    """Draw the same random addresses and UUIDs each time."""
    numbers = random.Random(1)
    with patch("os.urandom", numbers.randbytes):
        yield


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_step_is_refused_as_if_all_of_the_document_were_judged(kind: str, data: st.DataObject) -> None:
    builder = STARTED[kind]()
    cls = type(builder)
    builder.for_libvirt(data.draw(st.sampled_from([release for release in RELEASES if knows(release, kind)])))
    data.draw(st.sampled_from([lambda _: None, *STARTS.get(kind, [])]))(builder)
    growing = st.sampled_from(GROWING.get(kind, steps_of(cls))).flatmap(lambda step: calls(cls, step))
    for call in data.draw(st.lists(growing | calls(cls), max_size=12)):
        plain = plainly(builder)
        with foreseen():
            refused = refusal(builder, call)
        with foreseen():
            plainly_refused = refusal(plain, call)
        # Messages count those devices of a guest that are new, and of two that are alike they blame the new one.
        apart = r"\[\d+\]|^\w+: " if kind == "domain" else "$^"
        assert re.sub(apart, "", str(refused)) == re.sub(apart, "", str(plainly_refused))
        assert builder._model == plain._model


BEHIND_OTHERS = {
    "DomainBuilder": {"pin_iothread": lambda builder: builder.iothreads(4)},
    "NetworkBuilder": {
        "dhcp_host": lambda builder: builder.ip("192.168.100.1/24").ip("fd00::1/64"),
        "static_route": lambda builder: builder.ip("192.168.100.1/24").ip("fd00::1/64"),
    },
    "PoolBuilder": {"permissions": lambda builder: builder.dir("/srv/images")},
}
"""What has to come before steps that stand on others."""


STEPS = [(kind, step) for kind in KINDS for step in steps_of(type(STARTED[kind]()))]


@pytest.mark.parametrize(("kind", "step"), STEPS)
def test_every_step_is_taken_in_some_draws(kind: str, step: str) -> None:
    """See that the laws speak of something: of every step, with arguments that are taken."""
    cls = type(STARTED[kind]())

    def is_taken(call: Call) -> bool:
        builder = STARTED[kind]()
        BEHIND_OTHERS.get(cls.__name__, {}).get(step, lambda one: one)(builder)
        return taken(builder, call)

    first = settings(max_examples=1000, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    # Raises NoSuchExample if none is.
    find(calls(cls, step), is_taken, settings=first, random=random.Random(1))
