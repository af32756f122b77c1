from __future__ import annotations

from virtxml.explain.codes import CODES
from virtxml.explain.wordings.kinds import MESSAGES
from virtxml.relaxng.diagnosis.finding import Kind


def test_every_kind_of_finding_has_a_message_and_a_code():
    assert set(MESSAGES) == set(CODES) == set(Kind)
