"""What a person meets who searches: their own words, pinyin, slips, places, and never an empty page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yibao_desktop.errors import PackError
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.search.rank import Search


@pytest.mark.parametrize(("typed", "page"), [
    ("卡丢了", "guide:lost-card"),                 # characters
    ("ＡＰＰ里查余额", "channel-need:balance"),      # full width
    ("yibaoqianbao", "guide:cross-province"),      # full pinyin
    ("yi bao qian bao", "guide:cross-province"),   # with spaces
    ("ybkdl", "guide:lost-card"),                  # initials
    ("YBKDL", "guide:lost-card"),
    ("yibaokdl", "guide:lost-card"),               # both mixed
    ("yibao卡丢了", "guide:lost-card"),             # letters and characters
    ("sbkdl", "guide:lost-card"),
    ("医保卡充值", "guide:top-up-fraud"),            # wrong words
    ("社保局电话", "guide:who-to-ask"),
    ("异地就衣", "guide:remote-care"),               # sounds alike
    ("移地就医", "guide:remote-care"),
    ("异地医就备案", "guide:remote-care"),           # changed places
    ("yidijuiyi", "guide:remote-care"),            # a slip of the finger
    ("yidijiyi", "guide:remote-care"),
    ("yibaoqianbaoo", "guide:cross-province"),
    ("卡里的钱", "guide:account-uses"),             # people's words
    ("返钱", "guide:account-money-in"),
    ("绑家人", "wizard:sharing"),
    ("扣谁的", "guide:account-and-shared"),
    ("清零", "rumour:t10-invented-limits"),
    ("押金", "payable:deposit"),
    ("住院退多少", "wizard:bill"),
    ("配眼镜能刷吗", "payable:glasses"),
    ("起付线是什么", "guide:thresholds"),
])
def test_the_page_comes_first(found, typed, page):
    assert found(typed)[0] == page


@pytest.mark.parametrize(("typed", "why"), [
    ("ybkdl", "ybkdl 读作“医保卡丢了”"),
    ("异地就衣", "“就衣”听起来像“就医”"),
    ("社宝卡", "您说的“社宝卡”，这里叫“社保卡”"),
    ("统筹基金", "说的就是：统筹基金"),
    ("看病没联网", "您说的“没联网”，这里叫“手工报销”"),
    ("杭州", "换成在这里参保"),
])
def test_a_hit_says_why_it_is_there(search, typed, why):
    assert why in [hit.why for hit in search.find(typed).hits]


def test_every_hit_says_why_and_shows_what_it_says(search):
    for typed in ("卡丢了", "医保", "绑", "余额", "yb", "北京看病", "报销"):
        for hit in search.find(typed).hits:
            assert hit.why
            assert hit.title
            assert hit.snippet or hit.kind == "place"
            assert hit.target == f"{hit.kind}:{hit.id}"


# --- nothing to find


@pytest.mark.parametrize("typed", ["", " ", "\t\n　", "😀🎉", "！？。", "​", "的了吗"])
def test_nothing_typed_leads_to_what_most_people_ask(search, pack, typed):
    results = search.find(typed)
    assert results.suggested
    assert results.reason == pack.words("search.empty")
    assert [hit.target for hit in results.hits] == list(pack.search_words.most_asked)
    assert {hit.why for hit in results.hits} == {"大家常问"}


@pytest.mark.parametrize("typed", ["陈凯杰简历介绍", "zqxjvw", "qwrtp", "0713", "жизнь", "ภาษา", "hello"])
def test_what_is_not_there_leads_to_what_most_people_ask(search, pack, typed):
    results = search.find(typed)
    assert (results.suggested, results.reason) == (True, pack.words("search.nothing"))
    assert results.hits


def test_a_very_long_search_is_cut_and_says_so(search):
    results = search.find("请问我的医保卡丢了怎么办" + "啊" * 300)
    assert not results.suggested
    assert results.hits[0].target == "guide:lost-card"
    assert "200" in results.reason
    assert search.find("医保卡丢了" * 40).reason == ""


def test_no_more_hits_come_than_are_wanted(search):
    assert [len(search.find("医保", limit=limit).hits) for limit in (1, 3, 8, 30)] == [1, 3, 8, 30]
    assert len(search.find("", limit=2).hits) == 2


# --- places


@pytest.mark.parametrize(("typed", "code"), [
    ("北京", "110000"), ("北京市", "110000"), ("北京医保", "110000"), ("beijing", "110000"), ("重庆", "500000"),
    ("chongqing", "500000"), ("zhongqing", None), ("xiamen", "350200"), ("changsha", "430100"), ("liuan", None),
    ("luan", "341500"), ("夏门", "350200"), ("石家", "130100"), ("新疆生产建设兵团", "660000"),
])
def test_a_place_is_found_by_name_and_pinyin(found, typed, code):
    first = found(typed)[0]
    assert first == f"place:{code}" if code else not first.startswith("place:")


def test_a_place_that_is_only_mentioned_comes_after_the_answer(found):
    pages = found("广州医保卡丢了怎么办")
    assert pages[0] == "guide:lost-card"
    assert "place:440100" in pages


@pytest.mark.parametrize("typed", ["徐州医保到南京看病", "去上海住院"])
def test_going_to_another_place_is_care_away_from_home(found, typed):
    assert found(typed)[0] == "guide:remote-care"


def test_a_city_and_its_province_are_one_place(found):
    assert found("辽宁朝阳做手术")[0] != "guide:remote-care"


def test_the_chosen_place_adds_its_own_words(search, pack):
    names = [channel.name for channel in pack.place("110000").layers[0].channels]
    assert any("京通" in name for name in names)
    assert search.find("京通小程序").suggested
    hits = search.find("京通小程序", pack.place("110000")).hits
    assert hits[0].kind in ("channel-need", "wizard")
    assert pack.words("search.inside") in [hit.why for hit in hits]
    assert search.find("京通小程序").suggested  # and leaves nothing behind


def test_the_rules_of_the_place_lead_to_the_estimate(search, pack):
    hits = search.find("北京职工住院", pack.place("110000")).hits
    assert "wizard:bill" in [hit.target for hit in hits[:3]]


# --- the next person


def test_nothing_typed_is_left_behind(pack):
    search = Search(pack)
    wanted = search.find("zheshiwodemima 卡丢了胰腺癌")
    assert left_of(search, "zheshiwodemima")
    assert left_of(search, "卡丢")
    search.forget()
    assert not left_of(search, "zheshiwodemima")
    assert not left_of(search, "胰腺")
    assert search.find("zheshiwodemima 卡丢了胰腺癌") == wanted
    Search(pack).forget()


def left_of(search: Search, typed: str) -> bool:
    """Whether anything the search holds, besides the pack's own texts, has the typed text in it."""
    ready = search._ready
    reader = ready.reader
    caches = (search._say, reader._spell, reader._spell_exactly, reader._hear)
    return any(typed in piece for piece in ready.scorer._counted) or any(
        cache.cache_info().currsize for cache in caches)


# --- getting ready


def test_nothing_is_read_before_the_first_search():
    pack = Pack(CONTENT)
    search = Search(pack)
    assert "guides" not in pack.__dict__
    steps = search.prepare()
    next(steps)
    assert "regions" not in pack.__dict__
    assert search.find("卡丢了").hits[0].target == "guide:lost-card"
    assert list(steps) is not None
    assert list(search.prepare()) == []


def test_getting_ready_is_done_in_small_steps():
    assert len(list(Search(Pack(CONTENT)).prepare())) > 10


def test_a_broken_file_is_told_each_time(small_pack_of_search):
    path = small_pack_of_search / "national/glossary.yaml"
    path.write_text("terms: 1\n", encoding="utf-8")
    search = Search(Pack(small_pack_of_search))
    for _ in range(2):
        with pytest.raises(PackError, match="glossary"):
            search.find("卡丢了")


@pytest.fixture
def small_pack_of_search(tmp_path):
    return Path(shutil.copytree(Path(__file__).resolve().parents[1] / "data" / "pack", tmp_path / "pack"))
