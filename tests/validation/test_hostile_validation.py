"""No text makes the validator run long, or say much of one thing."""

from __future__ import annotations

import pytest

from tests.loss.hostile import run

DECLARED = "'<domain ' + ' '.join(f'xmlns:p{i}=\"u{i}\"' for i in range(n // 8)) + '>'"

JUDGED = {
    "misplaced elements": "'<domain>' + '<disk/>' * n + '</domain>'",
    "misplaced elements of several names": "'<domain><devices>' + '<vcpu>1</vcpu><disk/><name>a</name>' * n"
    " + '</devices></domain>'",
    "misspelled elements": "'<domain>' + '<nmae/>' * n + '</domain>'",
    "unknown elements of one name": "'<domain>' + '<a/>' * n + '</domain>'",
    "unknown elements of many names": "'<domain>' + ''.join(f'<a{i}/>' for i in range(n)) + '</domain>'",
    "elements that come again": "'<domain>' + '<os/>' * n + '</domain>'",
    "elements that may be one of several": "'<domain><devices><disk>' + '<source/><target/>' * n"
    " + '</disk></devices></domain>'",
    "elements out of order": '\'<domain><devices>\' + \'<video><model><resolution x="1" y="1"/><acceleration/></model>'
    "</video>' * (n // 4) + '</devices></domain>'",
    "choices": "'<domain><features><capabilities>' + '<audit_read/><audit_write/>' * n"
    " + '</capabilities></features></domain>'",
    "namespaces in scope": f"{DECLARED} + ''.join(f'<p{{i % (n // 8)}}:a/>' for i in range(n)) + '</domain>'",
    "namespaces in scope of plain names": f"{DECLARED} + '<a/>' * n + '</domain>'",
    "namespaces in scope of attributes": f"{DECLARED} + '<vcpu p1:placement=\"static\"/>' * n + '</domain>'",
    "wrong namespaces": "'<domain>' + ''.join(f'<name xmlns=\"u{i}\"/>' for i in range(n)) + '</domain>'",
    "attributes": "'<domain ' + ' '.join(f'a{i}=\"1\"' for i in range(n // 4)) + '/>'",
    "attributes with prefixes": "'<domain ' + ' '.join(f'xmlns:p{i}=\"u{i}\" p{i}:type=\"1\"' for i in range(n // 8))"
    " + '/>'",
    "wrong values": "'<domain><devices>' + '<disk type=\"fiel\" device=\"x\"/>' * n + '</devices></domain>'",
    "wrong values that differ": "'<domain><devices>' + ''.join(f'<disk type=\"fiel{i}\"/>' for i in range(n))"
    " + '</devices></domain>'",
    "elements that are attributes": "'<domain><devices><disk>' + '<device>cdrom</device>' * n"
    " + '</disk></devices></domain>'",
    "elements that are attributes, one by one": "'<domain><devices>' + '<disk><type>file</type></disk>' * n"
    " + '</devices></domain>'",
    "text that is an attribute": "'<domain><devices>' + '<disk><target>vda</target></disk>' * n"
    " + '</devices></domain>'",
    "wrong values around each other": "'<device>' + '<capability type=\"x\"><capability type=\"y\"/>' * 100"
    " + '<zz/>' * n + '</capability>' * 100 + '</device>'",
    "elements outside of those that are missing": '\'<domain><devices>\' + \'<hostdev mode="subsystem" type="pci">'
    "<address domain=\"0\"/></hostdev>' * (n // 2) + '</devices></domain>'",
    "variants that others exclude": "'<sysinfo type=\"smbios\"><bios/>' + '<entry name=\"a\">b</entry>' * n"
    " + '</sysinfo>'",
    "missing attributes": "'<network><ip><dhcp>' + '<host/>' * n + '</dhcp></ip></network>'",
    "stray text": "'<domain>' + 'x<devices/>' * n + '</domain>'",
    "stray text among comments": "'<domain><devices>' + 'x<!-- a -->' * n + '</devices></domain>'",
    "depth": "'<domain>' + '<a>' * 200 + '<b/>' * n + '</a>' * 200 + '</domain>'",
    "depth of elements that hold themselves": "'<domain><devices>' + ('<disk>' + '<backingStore>' * 50 + '<zz/>'"
    " + '</backingStore>' * 50 + '</disk>') * (n // 50) + '</devices></domain>'",
    "parts of a status file": "'<domstatus><domain>' + '<privateData/>' * n + '</domain></domstatus>'",
    "parts of documents": "'<disk>' + '<vcpu/>' * n + '</disk>'",
    "ampersands": "'<domain><name>' + 'a & b ' * n + '</name></domain>'",
    "values without quotes": "'<domain>' + '<a b=c/>' * n + '</domain>'",
    "attributes given twice": "'<domain>' + '<a b=\"1\" b=\"1\"/>' * n + '</domain>'",
    "tags that are never closed": "'<domain><devices>' + '<disk><a></disk>' * n + '</devices></domain>'",
    "end tags": "'<domain>' + '</a>' * n + '</domain>'",
    "quotes that are never closed": "'<domain>' + '<a b=\"c/>' * n + '</domain>'",
    "undeclared prefixes": "'<domain>' + ''.join(f'<x{i}:a/>' for i in range(n)) + '</domain>'",
    "declared prefixes beside undeclared ones": f"{DECLARED} + '<q:a/>' * n + '</domain>'",
    "unknown entities": "'<domain>' + '<a>&nbsp;</a>' * n + '</domain>'",
    "documents": "'<domain/>' * (n // 4)",
}


@pytest.mark.slow
@pytest.mark.parametrize("make", JUDGED.values(), ids=JUDGED.keys())
def test_judging_6_000_of_anything_takes_linear_time(make: str) -> None:
    code = f"""
from tests.growth import assert_cheap, seconds
make = lambda n: {make}
def cost(n):
    source = make(n)
    return seconds(lambda: virtxml.validate(source))
virtxml.validate(make(16))
print(assert_cheap(cost, 500, 6_000, at_most=30))
"""
    assert float(run(code)) < 20


@pytest.mark.parametrize(
    "make",
    [
        "'<' + 'a' * n + '/>'",
        "'<domain><' + 'a' * n + '/></domain>'",
        "'<domain><devices><disk><' + 'a' * n + '/></disk></devices></domain>'",
        "'<domain ' + 'a' * n + '=\"1\"/>'",
        "'<domain type=\"' + 'a' * n + '\"/>'",
        "'<domain>' + 'a' * n + '</domain>'",
        "'<domain><name xmlns=\"' + 'a' * n + '\"/></domain>'",
        "'<domain xmlns:' + 'a' * n + '=\"u\"><' + 'a' * n + ':name/></domain>'",
        "'<domain><' + 'a' * n + ':name/></domain>'",
        "'<domain><' + 'a' * n + '></domain>'",
        "'<domain>&' + 'a' * n + ';</domain>'",
        "'<domain></' + 'a' * n + '></domain>'",
        "'<domain ' + 'a' * n + '=b/>'",
        "'<domain a=b' + 'a' * n + '/>'",
        "'<domain ' + ' '.join([('a' * n + '=\"1\"')] * 2) + '/>'",
        "'<domain xmlns:x=\"' + 'u' * n + '\"><x:name/></domain>'",
    ],
)
def test_what_is_said_does_not_grow_with_a_name_or_value(make: str) -> None:
    code = f"""
make = lambda n: {make}
longest = 0
for n in (49_000,):
    for one in virtxml.validate(make(n)):
        longest = max(longest, len(one.message), len(one.help), len(one.path), *map(len, one.suggestions), 0)
    try:
        virtxml.parse(make(n))
    except virtxml.ParseError as error:
        longest = max(longest, len(str(error)))
print(longest)
"""
    assert int(run(code)) < 1000
