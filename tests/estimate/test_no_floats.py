"""Amounts and shares are decimals from the file to the line: no binary fraction anywhere between."""

from __future__ import annotations

from ast import literal_eval
from decimal import Decimal
from importlib import import_module
from inspect import getsource, isclass, isfunction
from io import StringIO
from pkgutil import iter_modules
from tokenize import NAME, NUMBER, TokenInfo, generate_tokens
from typing import Any, get_args, get_type_hints

import pytest

import yibao_desktop.estimate
from yibao_desktop.estimate import standing
from yibao_desktop.pack import benefits, cases, schema, slip_forms
from yibao_desktop.pack.cases import Bill

MONEY_MODULES = ("yibao_desktop.money", "yibao_desktop.pack.benefits", "yibao_desktop.pack.cases",
                 "yibao_desktop.pack.dated", "yibao_desktop.pack.rule_faults",
                 *(f"yibao_desktop.estimate.{found.name}" for found in iter_modules(yibao_desktop.estimate.__path__)))


def types_within(hint: Any) -> set[Any]:
    """The type itself and everything it is made of."""
    if isinstance(hint, list):  # the arguments of a Callable
        return set().union(*map(types_within, hint))
    return {hint}.union(*map(types_within, get_args(hint)))


def is_float(token: TokenInfo) -> bool:
    if token.type == NUMBER:
        return isinstance(literal_eval(token.string), float | complex)
    return token.type == NAME and token.string in ("float", "complex", "math", "numpy")


@pytest.mark.parametrize("name", MONEY_MODULES)
def test_no_float_stands_between_a_figure_and_a_line(name):
    module = import_module(name)
    mine = [item for item in vars(module).values() if getattr(item, "__module__", "") == name]
    hints = [hint for item in mine if isclass(item) or isfunction(item)
             for hint in get_type_hints(item, {**vars(schema), **vars(slip_forms), **vars(benefits), **vars(cases),
                                               **vars(standing), **vars(module)}).values()]
    assert not {float, complex} & set().union(*map(types_within, hints))
    tokens = generate_tokens(StringIO(getsource(module)).readline)
    assert [(token.start, token.line) for token in tokens if is_float(token)] == []


@pytest.mark.parametrize("text", ["x = 0.1", "float('1')", "1e3", "import math"])
def test_a_float_would_be_seen(text):
    assert any(map(is_float, generate_tokens(StringIO(text).readline)))
    assert float in types_within(dict[str, tuple[float, ...] | None])


def test_what_holds_money_is_looked_at():
    names = ("engine", "run", "stages", "settle", "exact")
    assert {f"yibao_desktop.estimate.{name}" for name in names} <= set(MONEY_MODULES)
    assert Decimal in types_within(get_type_hints(Bill)["total"])
    assert Decimal in types_within(get_type_hints(benefits.Row)["value"])
