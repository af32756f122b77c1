from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import ROOT

LOADED = "print(sorted(name for name in sys.modules if name.startswith('virtxml.explain')))"


@pytest.mark.parametrize(("name", "loaded"), [("secret", False), ("secrte", True)])
def test_what_explains_mistakes_is_only_loaded_for_one(name: str, loaded: bool):
    source = f"<{name} ephemeral='no' private='no'/>"
    code = f"import sys, virtxml; virtxml.validate({source!r}); {LOADED}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ("virtxml.explain.wordings.kinds" in done.stdout) is loaded
