"""The settings file of a station: every fault at once, in words, with its line; and the profile it makes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from yibao_desktop.errors import PackError
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT, ROOT
from yibao_desktop.settings import PROFILES, WIZARDS, Screen, StaffHelp
from yibao_desktop.station.settings_file import LEAST_COUNTDOWN, profile_of, read_settings

PLACES = {"110000", "320500"}
PIN = "scrypt$n=32768,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
KIOSK = f"""\
profile: kiosk
screen_inches: 21.5
viewing_cm: 60
staff_help: {{say: 请到服务台, where: 一层}}
pin: "{PIN}"
"""


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> Path:
        file = tmp_path / "kiosk.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def faults(write):
    """(line, code) of everything wrong, and all the words."""

    def faults(text: str) -> tuple[list[tuple[int, str]], str]:
        with pytest.raises(PackError) as refused:
            read_settings(write(text), PLACES)
        return [(finding.line, finding.code) for finding in refused.value.findings], str(refused.value)

    return faults


@pytest.fixture
def profile(write):
    return lambda text: profile_of(read_settings(write(text), PLACES))


def test_what_a_kiosk_needs_and_nothing_else_leaves_the_rest_to_the_profile(profile):
    kiosk = profile(KIOSK)
    assert (kiosk.id, kiosk.idle_seconds, kiosk.countdown_seconds, kiosk.wizards) == ("kiosk", 90, 30, WIZARDS)
    assert kiosk.screen == Screen(Decimal("21.5"), 60)
    assert kiosk.staff_help == StaffHelp("请到服务台", "一层")
    assert kiosk.pin_hash == PIN
    assert (kiosk.place, kiosk.printer, kiosk.restart_hour) == (None, None, None)
    assert kiosk.papers == PROFILES["kiosk"].papers


def test_every_line_of_the_file_reaches_the_profile(profile):
    kiosk = profile(KIOSK + """\
place: "320500"
language: zh
text_size: xlarge
colors: contrast
idle_seconds: 45
countdown_seconds: 20
wizards: [channels, sharing]
printer: 小票机 2
paper: receipt
volume: 0
restart_hour: 0
""")
    assert (kiosk.place, kiosk.language, kiosk.text_size, kiosk.colors) == ("320500", "zh", "xlarge", "contrast")
    assert (kiosk.idle_seconds, kiosk.countdown_seconds) == (45, 20)
    assert kiosk.wizards == ("sharing", "channels")
    assert (kiosk.printer, kiosk.papers, kiosk.may_choose_printer) == ("小票机 2", ("receipt",), False)
    assert (kiosk.volume, kiosk.restart_hour) == (0, 0)


def test_without_a_printer_nothing_is_printed(profile):
    assert profile(KIOSK + "printer: none\n").papers == ()


def test_a_printer_with_a_name_is_the_only_one(profile):
    assert profile("profile: staff\n").may_choose_printer
    named = profile("profile: staff\nprinter: HP 1020\n")
    assert (named.printer, named.may_choose_printer) == ("HP 1020", False)


def test_none_at_night_is_no_restart(profile):
    assert profile(KIOSK + "restart_hour: none\n").restart_hour is None


def test_a_workers_computer_needs_no_more_than_its_kind(profile):
    assert profile("profile: staff\n") == PROFILES["staff"]
    assert profile("profile: staff\nidle_seconds: none\n").idle_seconds is None
    assert profile("profile: staff\nidle_seconds: 300\ncountdown_seconds: 60\n").idle_seconds == 300


def test_the_hash_of_the_pin_is_not_in_what_a_profile_prints(profile):
    assert "scrypt" not in repr(profile(KIOSK))


def test_all_faults_come_at_once_each_on_its_line(faults):
    found, words = faults("""\
profile: kiosk
place: "999999"
screen_inches: 3
viewing_cm: 60
idle_seconds: none
volume: 101
colour: red
staff_help: {say: 请到服务台}
""")
    assert found == [
        (1, "station-missing"), (2, "place-unknown"), (3, "schema-value"), (5, "station-conflict"), (6, "schema-value"),
        (7, "schema-unknown-key"), (8, "schema-missing-key"),
    ]
    assert all(line.split(":")[1].isdigit() for line in words.splitlines())
    assert "volume 要写 0 到 100 的整数，现在是“101”。" in words


@pytest.mark.parametrize("line", [
    "place: 110000", "place: beijing", "language: fr", "text_size: huge", "colors: pink", "screen_inches: 6.9",
    "screen_inches: 101", "screen_inches: big", "viewing_cm: 29", "viewing_cm: 201", "viewing_cm: 60.5",
    "idle_seconds: 29", "idle_seconds: 601", "idle_seconds: 90.0", "idle_seconds: true", "idle_seconds:",
    f"countdown_seconds: {LEAST_COUNTDOWN - 1}", "countdown_seconds: 121", "wizards: []", "wizards: [sharing, sharing]",
    "wizards: [slip]", "wizards: sharing", "wizards: [[sharing]]", "printer: 5", "printer: ''", "printer: ' a '",
    'printer: "a\\nb"', "paper: a5", "volume: -1", "volume: loud", "restart_hour: 24", "restart_hour: 3:00",
    "pin: '1357'", "pin: 135790", "pin: scrypt$n=2,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA", "staff_help: 请到服务台",
    "staff_help: {say: '', where: 一层}", "staff_help: {say: 1, where: 一层}",
    f"staff_help: {{say: {'很' * 61}, where: 一层}}",
])
def test_a_value_that_cannot_be_is_refused_on_its_line(faults, line):
    found, words = faults(f"profile: staff\n\n{line}\n")
    assert (3, "schema-value") in found
    assert "要写" in words


def test_a_pin_written_by_mistake_is_not_repeated(faults):
    _, words = faults("profile: staff\npin: '864209'\n")
    assert "864209" not in words


@pytest.mark.parametrize(("text", "fault", "says"), [
    ("{}", (1, "schema-missing-key"), "profile"),
    ("profile: desktop", (1, "schema-value"), "kiosk"),
    ("profile: staff\nscreen_inches: 15.6", (2, "station-missing"), "viewing_cm"),
    ("profile: staff\nviewing_cm: 40", (2, "station-missing"), "screen_inches"),
    ("profile: staff\ncountdown_seconds: 30", (2, "station-conflict"), "idle_seconds"),
    ("profile: staff\nprinter: none\npaper: a4", (3, "station-conflict"), "paper"),
    ("- profile", (1, "schema-type"), "键: 值"),
    ("profile: staff\nprofile: kiosk", (2, "yaml-duplicate-key"), "profile"),
])
def test_what_does_not_go_together_is_told(faults, text, fault, says):
    found, words = faults(text)
    assert found == [fault]
    assert says in words


@pytest.mark.parametrize("missing", ["pin", "screen_inches", "viewing_cm", "staff_help"])
def test_a_kiosk_is_not_one_without(faults, missing):
    text = "".join(line + "\n" for line in KIOSK.splitlines() if not line.startswith(missing))
    found, words = faults(text)
    assert found == [(1, "station-missing")]
    assert missing in words


def test_a_missing_file_is_told_in_words(tmp_path):
    with pytest.raises(PackError, match="找不到"):
        read_settings(tmp_path / "kiosk.yaml", PLACES)


@pytest.mark.parametrize("kind", ["kiosk", "staff"])
def test_the_examples_can_be_used_as_they_stand(kind):
    settings = read_settings(ROOT / "packaging" / f"{kind}.yaml.example", Pack(CONTENT).regions)
    assert profile_of(settings).id == kind


def test_the_chapter_about_the_file_names_every_line_of_it(faults):
    chapter = (ROOT / "packaging" / "README.md").read_text(encoding="utf-8")
    _, words = faults("profile: staff\nx: 1\n")
    names = words.split("能写的是：")[1].split("。")[0].split("、")
    assert len(names) > 10
    assert [name for name in names if f"| `{name}` |" not in chapter] == []
