"""Those who judge the documents of the other tests can tell good ones from bad ones."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.guests.making import translated
from tests.install.conftest import for_test_driver, installed_release, refused_by_libvirt
from tests.support import ROOT, requires_shared
from virtxml.validation import RELEASES

GOOD = "--osinfo fedora40 --memory 1024 --disk size=1 --import"


def document() -> str:
    return translated(GOOD).domain.to_xml()


@requires_shared
def test_libxml2_tells_good_documents_from_bad_ones(libxml2: Callable[[str], bool]) -> None:
    assert libxml2(document())
    assert not libxml2(document().replace("<vcpu>", "<vcpus>").replace("</vcpu>", "</vcpus>"))


@pytest.mark.skipif(shutil.which("virsh") is None, reason="needs virsh, of libvirt-clients")
def test_libvirt_tells_good_documents_from_bad_ones(tmp_path: Path) -> None:
    good = for_test_driver(document())
    bad = good.replace("<type arch=", "<typ arch=").replace("</type>", "</typ>")
    assert [text for text, _ in refused_by_libvirt([good, bad, good], tmp_path)] == [bad]
    assert installed_release() in RELEASES


def test_plain_guests_need_neither_lxml_nor_dataclasses() -> None:
    code = f"""
import sys
from virtxml.install import translate
translate({GOOD!r}).domain.to_xml()
print(sorted({{"lxml.etree", "dataclasses", "inspect", "argparse", "pathlib"}} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
