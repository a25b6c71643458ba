"""``yibao-pack station`` and ``yibao-pack pin``: what the information department reads while setting up."""

from __future__ import annotations

import getpass
import warnings

import pytest

from yibao_desktop.cli.main import main
from yibao_desktop.paths import ROOT
from yibao_desktop.station.pin import fits

EXAMPLE = ROOT / "packaging" / "kiosk.yaml.example"


@pytest.fixture
def run(capsys):
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def types(monkeypatch):
    """Somebody types these, one after the other, at the hidden question."""

    def types(*answers: str) -> None:
        left = iter(answers)
        monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(left))

    return types


def test_a_good_file_is_told_in_words(run):
    code, out, _ = run("station", str(EXAMPLE), "--screen", "1080x1920")
    assert code == 0
    for words in ("自助机", "北京市", "家庭共济、账单、去哪里查", "90 秒", "POS-80（80 毫米小票）", "医保服务台",
                  "夜里 3 点到 4 点", "2.71 像素", "55 像素（20 毫米）", "现在的够大"):
        assert words in out
    assert "scrypt" not in out


def test_a_screen_that_needs_scaling_is_told_how_much(run, tmp_path):
    file = tmp_path / "kiosk.yaml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("screen_inches: 32", "screen_inches: 21.5"),
                    encoding="utf-8")
    told = run("station", str(file), "--screen", "1920x1080")[1]
    assert told.count("请把系统的显示缩放设成") == told.count("请把系统的显示缩放设成 150%，字号选“特大”") == 1
    assert "--screen" in run("station", str(file))[1]


def test_buttons_that_cannot_be_drawn_so_large_are_told(run, tmp_path):
    file = tmp_path / "kiosk.yaml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("screen_inches: 32", "screen_inches: 15.6")
                    .replace("viewing_cm: 60", "viewing_cm: 30"), encoding="utf-8")
    told = run("station", str(file), "--screen", "1920x1080")[1]
    assert "按钮至少 112 像素（20 毫米），程序最大画到 96 像素\n" in told
    assert "请把系统的显示缩放设成 125%\n" in told
    scaled = run("station", str(file), "--screen", "1536x864")[1]
    assert "最大画到" not in scaled
    assert "显示缩放" not in scaled


def test_a_text_size_that_is_too_small_is_told(run, tmp_path):
    file = tmp_path / "kiosk.yaml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("text_size: xlarge", "text_size: large"),
                    encoding="utf-8")
    assert "现在的不够大" in run("station", str(file), "--screen", "1080x1920")[1]


def test_a_bad_file_is_told_line_by_line(run, tmp_path):
    file = tmp_path / "staff.yaml"
    file.write_text('profile: staff\nplace: "999999"\nvolume: loud\n', encoding="utf-8")
    code, out, err = run("station", str(file))
    assert (code, out) == (1, "")
    assert err.splitlines()[0].startswith(f"{file}:2: place-unknown: ")
    assert err.splitlines()[1].startswith(f"{file}:3: schema-value: ")


@pytest.mark.parametrize("pixels", ["1080", "1080x", "x", "-1x5", "1080x1920x3", "１０８０x1920", "99999x5"])
def test_odd_pixels_are_a_wrong_call(pixels, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["station", str(EXAMPLE), f"--screen={pixels}"])
    assert stop.value.code == 2
    assert "1080x1920" in capsys.readouterr().err


def test_the_line_printed_for_a_pin_is_one_the_file_takes(run, types, tmp_path):
    types("864209", "864209")
    code, out, _ = run("pin")
    assert code == 0
    assert "864209" not in out
    assert fits("864209", out.strip().removeprefix('pin: "').removesuffix('"'))
    file = tmp_path / "staff.yaml"
    file.write_text(f"profile: staff\n{out}", encoding="utf-8")
    assert "PIN：有" in run("station", str(file))[1]


@pytest.mark.parametrize(("answers", "says"), [
    (("864209", "864208"), "两遍不一样"), (("86", "86"), "4 到 12 位"), (("1111", "1111"), "太容易猜"),
])
def test_a_pin_that_will_not_do_prints_no_line(run, types, answers, says):
    types(*answers)
    code, out, err = run("pin")
    assert (code, out) == (1, "")
    assert says in err


def test_a_pin_is_not_asked_for_where_it_would_be_seen(run, monkeypatch):
    def shows(_prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=2)
        return "864209"

    monkeypatch.setattr(getpass, "getpass", shows)
    code, out, err = run("pin")
    assert (code, out) == (1, "")
    assert "不能隐藏" in err


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt])
def test_breaking_off_prints_no_line(run, monkeypatch, stop):
    def breaks_off(_prompt: str) -> str:
        raise stop

    monkeypatch.setattr(getpass, "getpass", breaks_off)
    code, out, _ = run("pin")
    assert (code, out) == (1, "")
