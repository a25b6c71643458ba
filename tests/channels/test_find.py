"""Where to ask: every need, in every described place and in one the pack knows nothing of."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from yibao_desktop.channels.find import ALL_MEANS, WORDS_USED, find_channels, look_up, look_up_to_json, to_json
from yibao_desktop.pack.schema import Answer, Channel
from yibao_desktop.pack.store import Layer, Pack, Place

PACK = Pack(Path(__file__).resolve().parents[2] / "content")
NEEDS = [need.id for need in PACK.needs]
PLACES = [*PACK.described_codes(), "650100"]
SURENESS = ("official", "official-repost", "news", "news-repost", "hospital", "secondary", "derived", "low", "seed")
QUICKNESS = ("smartphone", "computer", "phone", "visit")


def test_the_walk_is_over_what_it_says_it_is():
    provinces = {region.code for region in PACK.regions.values() if region.province == region.code}
    assert len(provinces) == 32
    assert provinces <= set(PACK.described_codes())
    assert PACK.folder("650100") is None
    assert len(NEEDS) == len(set(NEEDS)) > 10


@pytest.mark.parametrize("code", PLACES)
@pytest.mark.parametrize("need", NEEDS)
def test_every_need_has_a_way_with_everything_at_hand_and_without_a_screen(code, need):
    place = PACK.place(code)
    assert find_channels(place, need)
    without_screen = find_channels(place, need, {"phone", "visit"})
    assert without_screen
    assert {item.channel.means for item in without_screen} <= {"phone", "visit"}


@pytest.mark.parametrize("code", PLACES)
@pytest.mark.parametrize("need", NEEDS)
def test_the_surest_comes_first_then_the_quickest(code, need):
    found = find_channels(PACK.place(code), need)
    order = [(SURENESS.index(item.confidence), QUICKNESS.index(item.channel.means)) for item in found]
    assert order == sorted(order)


WHO = ("self", "parent", "child", "other")
PROVINCES = [code for code in PLACES if code.endswith("0000")]
BY_NEED = {need.id: need for need in PACK.needs}


@pytest.mark.parametrize("code", [*PROVINCES, "650100", "440100"])
@pytest.mark.parametrize("need", NEEDS)
def test_every_path_of_the_channels_page_ends_in_a_way_that_says_whose_it_is(code, need):
    place = PACK.place(code)
    levels = {layer.name: layer for layer in place.layers}
    for who in WHO:
        for means in (ALL_MEANS, *((one,) for one in ALL_MEANS)):
            result = look_up(place, BY_NEED[need], means, who)
            shown = result.found or result.instead
            assert shown, (who, means)
            assert not (result.found and result.instead)
            for item in shown:
                assert item.channel in levels[item.layer.name].channels
                assert item.answer.steps
                assert item.answer.checked
                assert item.confidence != "seed"


@pytest.mark.parametrize("need", NEEDS)
def test_for_oneself_no_way_of_a_relative_is_shown(need):
    for code in PLACES:
        assert not [item for item in find_channels(PACK.place(code), need)
                    if item.answer.by == "family" or item.in_person]


@pytest.mark.parametrize("who", ["parent", "child", "other"])
@pytest.mark.parametrize("need", NEEDS)
def test_for_a_relative_what_can_be_done_in_their_stead_comes_first(need, who):
    found = find_channels(PACK.place("110000"), need, who=who)
    assert not found[0].in_person
    marks = [item.in_person for item in found]
    assert marks == sorted(marks)
    assert all(item.in_person is (item.answer.by == "self") for item in found)


def test_a_parents_record_is_looked_up_through_the_family_account_or_asked_for_at_the_counter():
    found = [item.channel.id for item in find_channels(PACK.place("650100"), "spending", who="parent")]
    assert found[0] == "nhsa-app-family"
    assert "medical-counter-family" in found
    assert found.index("medical-counter-family") < found.index("nhsa-app")


def test_what_is_at_hand_and_does_not_do_is_answered_by_the_other_ways():
    result = look_up(PACK.place("650100"), BY_NEED["card-lost"], ("computer",))
    assert result.found == ()
    assert "hotline-12333" in {item.channel.id for item in result.instead}
    form = look_up_to_json(PACK.place("650100"), result)
    assert (form["channels"], form["about"], form["who"]) == ([], "card", "self")
    assert form["instead"]


def test_card_and_account_never_share_an_office():
    place = PACK.place("650100")
    for need in PACK.needs:
        ids = {item.channel.id for item in find_channels(place, need.id)}
        if need.about == "account":
            assert not ids & {"hotline-12333", "card-office", "card-bank-phone", "card-online"}, need.id
        if need.about == "card":
            assert not ids & {"medical-counter", "hotline-12393", "hotline-12345"}, need.id


def test_no_cash_machine_shows_the_account_and_no_national_page_shows_who_spent_what():
    place = PACK.place("650100")
    balance = next(item for item in find_channels(place, "balance") if item.channel.id == "nhsa-app")
    assert "银行账户" in balance.answer.cannot
    use = next(item for item in find_channels(place, "sharing-use") if item.channel.id == "nhsa-app")
    assert "省里平台" in use.answer.cannot


def test_the_words_of_the_page_are_in_the_pack():
    assert not [key for key in WORDS_USED if key not in PACK.words]


@pytest.mark.parametrize("code", PLACES)
@pytest.mark.parametrize("need", NEEDS)
def test_what_is_at_hand_only_leaves_out(code, need):
    place = PACK.place(code)
    everything = find_channels(place, need)
    for means in ALL_MEANS:
        assert find_channels(place, need, {means}) == tuple(i for i in everything if i.channel.means == means)


@pytest.mark.parametrize("code", PLACES)
def test_every_source_cited_can_be_looked_up_and_every_address_is_official(code):
    place = PACK.place(code)
    for need in NEEDS:
        for item in find_channels(place, need):
            assert [place.source(id_).id for id_ in item.answer.sources] == list(item.answer.sources)
            if item.channel.url is not None:
                host = urlsplit(item.channel.url).hostname or ""
                assert host.endswith((".gov.cn", ".12377.cn")), item.channel.url
            if item.channel.means == "phone":
                assert item.channel.phone


def test_nothing_at_hand_finds_nothing():
    assert find_channels(PACK.place("110000"), "balance", ()) == ()


def test_an_unknown_need_finds_nothing():
    assert find_channels(PACK.place("110000"), "no-such-need") == ()


@pytest.mark.parametrize(("code", "need", "channel", "level"), [
    ("110000", "sharing-use", "beijing-web", "北京市"), ("130000", "sharing-use", "hebei-mini", "河北省"),
    ("440100", "balance", "guangzhou-bank", "广州市"), ("440100", "sharing-status", "guangdong-yueyibao", "广东省"),
    ("210200", "sharing-status", "dalian-wechat", "大连市"), ("210200", "sharing-status", "liaoning-alipay", "辽宁省"),
    ("310000", "sharing-status", "shanghai-suishenban", "上海市"), ("650100", "balance", "medical-counter", "全国"),
])
def test_a_place_adds_its_own_ways_and_says_whose_they_are(code, need, channel, level):
    found = {item.channel.id: item.layer.name for item in find_channels(PACK.place(code), need)}
    assert found[channel] == level
    assert "全国" in found.values()


def test_a_citys_bank_is_named_nowhere_else():
    found = {code for code in PLACES for item in find_channels(PACK.place(code), "balance")
             if item.channel.id == "guangzhou-bank"}
    assert found == {"440100"}


@pytest.mark.parametrize(("need", "channel"), [("card-lost", "hotline-12333"), ("fraud", "anti-fraud-phone")])
def test_somebody_with_only_a_telephone_gets_the_right_number(need, channel):
    found = find_channels(PACK.place("650100"), need, {"phone"})
    numbers = {item.channel.id: item.channel.phone for item in found}
    assert numbers[channel] == {"hotline-12333": "12333", "anti-fraud-phone": "96110"}[channel]


def invented(*channels: tuple[str, str, str]) -> Place:
    """A place whose channels (id, means, confidence) all meet one need."""
    made = tuple(msgspec.convert(
        {"id": id_, "name": id_, "means": means, "phone": "1",
         "answers": [{"need": "n", "steps": ["走"], "sources": ["s"], "checked": "2026-01-01", "confidence": sure}]},
        Channel) for id_, means, sure in channels)
    nation = PACK.nation
    layer = Layer(nation.code, nation.name, (), {}, nation.sharing, made, nation.benefits)
    return Place(PACK.regions["650100"], (layer,))


def test_order_on_a_made_up_place():
    place = invented(("a", "smartphone", "secondary"), ("b", "visit", "official"), ("c", "phone", "official"),
                     ("d", "computer", "low"), ("e", "visit", "news-repost"))
    assert [item.channel.id for item in find_channels(place, "n")] == ["c", "b", "e", "a", "d"]


def test_the_console_form():
    place = PACK.place("110000")
    found = find_channels(place, "sharing-use", {"computer"})
    form = to_json(place, "sharing-use", found)
    first = form["channels"][0]
    answer: Answer = found[0].answer
    assert (form["region"], form["need"], len(form["channels"])) == ("110000", "sharing-use", len(found))
    assert (first["id"], first["place"], first["means"]) == ("beijing-web", "北京市", "computer")
    assert (first["steps"], first["sources"]) == (list(answer.steps), list(answer.sources))
    assert first["cannot"]
