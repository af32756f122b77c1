"""`virtxml schema`: a JSON Schema on standard output, and one line for what there is none of."""

from __future__ import annotations

import json

import jsonschema
import pytest

from virtxml.cli import BAD_INPUT, GOOD, main


def test_the_schema_of_a_kind_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--format", "json-schema", "secret"]) == GOOD
    printed = capsys.readouterr()
    assert printed.err == ""
    schema = json.loads(printed.out)
    judge = jsonschema.Draft202012Validator(schema)
    assert judge.is_valid({"kind": "secret", "ephemeral": True})
    assert not judge.is_valid({"kind": "secret", "ephemeral": "maybe"})


def test_it_may_be_that_of_an_older_release(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--libvirt", "rhel7", "secret"]) == GOOD
    assert json.loads(capsys.readouterr().out)["$id"] == "urn:virtxml:json-schema:4.5.0:secret"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["domian"], 'there is no kind of document or element "domian": did you mean "domain"?'),
        (["storagepool"], 'there is no kind of document or element "storagepool": did you mean "pool"?'),
        (["--libvirt", "x", "domain"], '"x" is no release of libvirt'),
    ],
)
def test_what_there_is_no_schema_of_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", *arguments]) == BAD_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"virtxml schema: error: {message}")
    assert printed.err.count("\n") == 1
