"""What holds for every search, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from questions import asked_questions

from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.search.rank import Search

PACK = Pack(CONTENT)
SEARCH = Search(PACK)
QUESTIONS = [question.asked for question in asked_questions(CONTENT)]
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="医保卡丢了报销账户钱我的abcdefgxyz 0123，。😀", max_size=260),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=40),
)
quick = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(typed=ANY_TEXT, region=st.sampled_from([None, "110000", "440100", "330200"]))
def test_whatever_is_typed_something_is_shown(typed, region):
    place = PACK.place(region) if region else None
    results = SEARCH.find(typed, place)
    assert 1 <= len(results.hits) <= 8
    assert len({hit.target for hit in results.hits}) == len(results.hits)
    assert all(hit.why and hit.title for hit in results.hits)
    assert not results.suggested or results.reason


@quick
@given(typed=ANY_TEXT)
def test_the_same_search_gives_the_same_hits(typed):
    assert SEARCH.find(typed) == SEARCH.find(typed)


@quick
@given(typed=st.sampled_from(QUESTIONS), before=ANY_TEXT)
def test_what_was_typed_before_makes_no_difference(typed, before):
    alone = Search(PACK) if typed == QUESTIONS[0] else SEARCH
    alone.find("")
    wanted = alone.find(typed)
    SEARCH.find(before)
    assert SEARCH.find(typed) == wanted


@pytest.mark.parametrize("typed", QUESTIONS[::40])
def test_typing_letter_by_letter_ends_where_typing_at_once_does(typed):
    for size in range(1, len(typed) + 1):
        SEARCH.find(typed[:size])
    assert SEARCH.find(typed) == Search(PACK).find(typed)


TITLES = [(f"guide:{guide.id}", guide.title) for guide in PACK.guides.values()]


@pytest.mark.parametrize(("page", "title"), TITLES, ids=[page for page, _ in TITLES])
def test_a_title_that_is_typed_is_found_before_it_is_finished(page, title):
    for size in range(5, len(title) + 1):
        assert page in [hit.target for hit in SEARCH.find(title[:size]).hits], title[:size]
    assert SEARCH.find(title).hits[0].target == page


@pytest.mark.parametrize("term", PACK.glossary, ids=lambda term: term.id)
def test_a_term_is_found_by_each_of_its_names(term):
    for name in (term.term, *term.also):
        assert f"term:{term.id}" in [hit.target for hit in SEARCH.find(name, limit=12).hits], name


@pytest.mark.parametrize("region", PACK.regions.values(), ids=lambda region: region.code)
def test_a_place_is_found_by_each_of_its_names(region):
    for name in (region.name, region.short, region.pinyin.replace(" ", "")):
        assert f"place:{region.code}" in [hit.target for hit in SEARCH.find(name, limit=4).hits], name
