"""The PIN of the staff: cannot be read from the file, cannot be guessed at in a row."""

from __future__ import annotations

import os

import pytest

from yibao_desktop.station.pin import Attempts, PinError, fits, hash_pin, is_pin_hash

RIGHT = "864209"
STORED = hash_pin(RIGHT)


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def attempts(tmp_path, clock):
    return lambda: Attempts(tmp_path / "state" / "pin.json", clock)


def test_only_the_right_pin_fits():
    assert is_pin_hash(STORED)
    assert fits(RIGHT, STORED)
    for wrong in ("864208", "86420", "8642090", "", " 864209", "８６４２０９"):
        assert not fits(wrong, STORED)


def test_the_same_pin_is_kept_differently_each_time():
    assert RIGHT not in STORED
    assert hash_pin(RIGHT) != STORED


@pytest.mark.parametrize("pin", ["123", "1234567890123", "12a4", "", "８６４２０９", "1111", "1234", "9876", "86 42"])
def test_a_pin_that_will_not_do_is_refused(pin):
    with pytest.raises(PinError):
        hash_pin(pin)


@pytest.mark.parametrize("stored", [
    "", "864209", STORED[:-1], STORED.replace("n=32768", "n=2"), STORED.replace("n=32768", "n=32769"),
    STORED.replace("n=32768", "n=524288"), STORED.replace("p=1", "p=0"), STORED.replace("p=1", "p=9"),
    STORED.replace("scrypt", "md5"), f"{STORED} ",
], ids=["nothing", "a pin", "cut short", "too cheap", "no power of two", "too dear", "no lanes", "too many lanes",
        "another kind", "a blank behind"])
def test_what_is_no_hash_or_costs_too_much_fits_nothing(stored):
    assert not is_pin_hash(stored)
    assert not fits(RIGHT, stored)


def test_after_five_wrong_tries_one_waits_longer_and_longer(attempts, clock):
    guess = attempts()
    for _ in range(4):
        assert guess.attempt("0000", STORED) == "wrong"
        assert guess.seconds_left == 0
    waits = []
    for _ in range(9):
        assert guess.attempt("0000", STORED) == "wrong"
        waits.append(guess.seconds_left)
        clock.seconds += waits[-1] - 1
        assert guess.attempt(RIGHT, STORED) == "wait"
        clock.seconds += 1
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert guess.attempt(RIGHT, STORED) == "right"


def test_a_right_pin_forgets_the_wrong_ones(attempts):
    guess = attempts()
    for _ in range(4):
        guess.attempt("0000", STORED)
    assert guess.attempt(RIGHT, STORED) == "right"
    for _ in range(4):
        assert guess.attempt("0000", STORED) == "wrong"
    assert guess.seconds_left == 0


def test_a_restart_does_not_shorten_the_wait(attempts, clock):
    guess = attempts()
    for _ in range(5):
        guess.attempt("0000", STORED)
    clock.seconds = 3.0  # the machine's own clock starts anew
    again = attempts()
    assert again.seconds_left == 60
    assert again.attempt(RIGHT, STORED) == "wait"


def test_pulling_the_plug_while_it_compares_uses_up_a_try(attempts, monkeypatch):
    def no_power(*_arguments: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("yibao_desktop.station.pin.fits", no_power)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            attempts().attempt("0000", STORED)
    assert attempts().seconds_left == 60


@pytest.mark.parametrize("text", ["", "{", '{"wrong": -1}', '{"wrong": "no"}', "[]"])
def test_spoiling_the_file_gains_nothing(attempts, tmp_path, text):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "pin.json").write_text(text, encoding="utf-8")
    assert attempts().seconds_left == 60


def test_where_nothing_can_be_written_tries_are_counted_all_the_same(attempts, tmp_path):
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    guess = attempts()
    for _ in range(5):
        assert guess.attempt("0000", STORED) == "wrong"
    assert guess.seconds_left == 60


def test_only_a_number_is_kept(attempts, tmp_path):
    attempts().attempt("0000", STORED)
    assert (tmp_path / "state" / "pin.json").read_text(encoding="utf-8") == '{"wrong":1}'
    assert os.listdir(tmp_path / "state") == ["pin.json"]
