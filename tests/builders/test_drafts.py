"""What a step works on shares what it does not change, and what is judged of it decides for all of it."""

from __future__ import annotations

from virtxml.builders.drafts import Taken, beside_one_of, draft_of, news_of, part_of
from virtxml.schema.network import Dns, DnsHost, Ip, IpDhcp, IpDhcpHost, Network, Portgroup


def network(*groups: str) -> Network:
    hosts = [IpDhcpHost(ip=f"10.0.0.{number}") for number in range(5)]
    return Network(
        name="lan",
        ips=[Ip(address="10.0.0.9", dhcp=IpDhcp(hosts=hosts))],
        portgroups=[Portgroup(name=g) for g in groups],
    )


def test_a_draft_is_another_document_with_the_same_items() -> None:
    model = network("a", "b")
    model.dns = Dns(hosts=[DnsHost(ip="10.0.0.1")])
    draft = draft_of(model)
    assert draft == model
    assert draft.ips[0] is model.ips[0]
    assert draft.dns is not None
    assert draft.dns is not model.dns
    assert draft.dns.hosts[0] is model.dns.hosts[0]
    draft.portgroups.append(Portgroup(name="c"))
    draft.dns.enable = False
    assert model.dns.enable is None
    assert len(model.portgroups) == 2


def test_the_part_that_is_judged_has_what_is_new_beside_one_of_the_others() -> None:
    model = network("a", "b", "c")
    draft = draft_of(model)
    draft.portgroups.append(Portgroup(name="d"))
    part = part_of(draft, model)
    assert [group.name for group in part.portgroups] == ["a", "d"]
    assert part.ips == model.ips


def test_the_part_of_an_item_that_grew_is_what_it_got() -> None:
    model = network()
    draft = draft_of(model)
    draft.ips[0] = draft_of(draft.ips[0])
    assert draft.ips[0].dhcp is not None
    draft.ips[0].dhcp.hosts.append(IpDhcpHost(ip="10.0.0.8"))
    (ip,) = part_of(draft, model).ips
    assert ip.address == "10.0.0.9"
    assert ip.dhcp is not None
    assert [host.ip for host in ip.dhcp.hosts] == ["10.0.0.0", "10.0.0.8"]


def test_all_is_judged_if_anything_else_is_new() -> None:
    model = network("a", "b", "c")
    for change in (
        lambda draft: setattr(draft, "title", "new"),
        lambda draft: setattr(draft, "dns", Dns()),
        lambda draft: draft.portgroups.pop(),
        lambda draft: draft.portgroups.insert(0, Portgroup(name="first", default=True)),
    ):
        draft = draft_of(model)
        change(draft)
        assert part_of(draft, model) is draft


def test_a_second_item_is_judged_beside_the_first_and_a_third_by_itself() -> None:
    for held, judged in (([], ["x"]), (["a"], ["a", "x"]), (["a", "b"], ["x"])):
        model = network(*held)
        draft = draft_of(model)
        assert beside_one_of(draft, model).portgroups == []
        draft.portgroups.append(Portgroup(name="x"))
        assert [group.name for group in beside_one_of(draft, model).portgroups] == judged
        assert [group.name for group in news_of(draft, model).portgroups] == ["x"]


def test_what_is_taken_follows_the_list_that_is_asked_for() -> None:
    taken = Taken(lambda group: [group.name])
    groups = network("a", "b").portgroups
    assert taken.by(groups) == {"a", "b"}
    assert taken.by([*groups, Portgroup(name="c")]) == {"a", "b", "c"}
    assert taken.by([*groups, Portgroup(name="d")]) == {"a", "b", "d"}
    assert taken.by(groups[:1]) == {"a"}
