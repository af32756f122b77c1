"""Whatever the command line is, `virtxml install` prints documents, or one clear line about what is wrong.

Documents are valid, or a warning says that they are not.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.install.test_options_fuzz import WORDS
from virtxml import is_valid
from virtxml.cli.install import main

STARTS = st.sampled_from(
    [
        [],
        ["--osinfo", "generic", "--memory", "64"],
        ["--osinfo", "fedora40", "--disk", "size=1", "--import"],
        ["--osinfo", "win11", "--disk", "none", "--pxe", "--arch", "aarch64"],
        ["--connect", "test:///default", "--osinfo", "require=off", "--memory", "64", "--disk", "none"],
        ["--connect", "lxc:///", "--memory", "64"],
        ["--arch", "s390x", "--osinfo", "debian12", "--disk", "/dev/null", "--import"],
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STARTS, st.lists(WORDS, max_size=4))
def test_any_command_line_ends_well(capsys: pytest.CaptureFixture[str], start: list[str], argv: list[str]) -> None:
    try:
        status = main([*start, *argv])
    except SystemExit as stop:
        # After --help.
        status = int(stop.code or 0)
    out, err = capsys.readouterr()
    if status:
        assert status == 2
        assert out == ""
        assert len(err.strip().splitlines()) == 1
        assert err.startswith("virtxml install: error: ")
    elif "<domain" in out:
        valid = [is_valid(f"{text}</domain>\n") for text in out.split("</domain>\n")[:-1]]
        assert all(valid) != ("not valid by libvirt's schemas" in err)
