"""Which words of a page are explained."""

from __future__ import annotations

from yibao_desktop.pack.schema import Term
from yibao_desktop.pack.terms import terms_in

GLOSSARY = tuple(Term(id=f"t{number}", term=term, text="一句话。", also=also) for number, (term, also) in enumerate([
    ("现金支付", ()), ("个人现金支付", ()), ("起付线", ("门槛费",)), ("封顶线", ()),
]))


def names(*texts: str, most: int = 6) -> list[str]:
    return [term.term for term in terms_in(texts, GLOSSARY, most)]


def test_terms_come_in_the_order_they_are_met_and_once():
    assert names("过了封顶线，起付线也不算。", "封顶线") == ["封顶线", "起付线"]


def test_of_terms_inside_each_other_the_longer_is_meant():
    assert names("个人现金支付 12.00") == ["个人现金支付"]
    assert names("个人现金支付，现金支付") == ["个人现金支付", "现金支付"]


def test_other_names_are_not_looked_for():
    assert names("门槛费") == []


def test_not_more_than_anybody_reads():
    assert names("起付线封顶线现金支付", most=2) == ["起付线", "封顶线"]
