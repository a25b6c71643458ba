"""The sheet an official signs, and the list of what changed between two packs."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from yibao_desktop.cli.main import main
from yibao_desktop.cli.sheets import changes, factcheck
from yibao_desktop.pack.statements import of_place
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(CONTENT)


@pytest.fixture
def edited(tmp_path):
    """Copy the shipped pack, change one place of one file, and open the copy."""

    def edit(name: str, old: str, new: str) -> Pack:
        root = tmp_path / "new"
        shutil.copytree(CONTENT, root)
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return Pack(root)

    return edit


def test_the_sheet_holds_every_claim_channel_and_figure_of_the_place_with_its_basis(pack):
    place = pack.place("110000")
    sheet = "\n".join(factcheck(pack, place, date(2026, 3, 2)))
    for layer in place.layers:
        for claim in layer.sharing.claims:
            assert claim.text in sheet
        for channel in layer.channels:
            assert channel.name in sheet
    assert "门诊起付线（2023-01-01 起），在职：1800 元" in sheet
    assert "门诊起付线（2023-01-01 起），退休：1300 元" in sheet
    assert sheet.count("□") == len(list(of_place(pack, place, date(2026, 3, 2))))
    cited = [line for line in sheet.split("\n") if line.strip().startswith("依据")]
    assert len(cited) >= sheet.count("□") - len(place.gaps)
    assert "核对人" in sheet


def test_the_sheet_shows_the_figures_of_the_day_asked_for(pack):
    place = pack.place("110000")
    before = "\n".join(factcheck(pack, place, date(2023, 6, 1)))
    after = "\n".join(factcheck(pack, place, date(2024, 6, 1)))
    assert "（2021-01-01 起）：4500 元" in before
    assert "（2024-01-01 起）：5000 元" not in before
    assert "（2024-01-01 起）：5000 元" in after
    assert "（2021-01-01 起）：4500 元" not in after


def test_a_place_without_own_facts_gets_the_sheet_of_its_province_and_the_nation(pack):
    sheet = "\n".join(factcheck(pack, pack.place("130100"), date(2026, 3, 2)))
    assert "石家庄市" in sheet
    assert "【河北省】" in sheet
    assert "【全国】" in sheet


def test_a_pack_does_not_differ_from_itself(pack):
    assert list(changes(pack, Pack(CONTENT))) == []


def test_a_changed_rate_is_told_in_words_with_its_place_and_day(pack, edited):
    file = "regions/110000-beijing/benefits.yaml"
    new = edited(file, "{value: 1800, status: active}", "{value: 1500, status: active}")
    assert list(changes(pack, new)) == [
        "【北京市】",
        "原来：门诊起付线（2023-01-01 起），在职：1800 元",
        "改为：门诊起付线（2023-01-01 起），在职：1500 元",
    ]
    assert list(changes(new, pack))[1].endswith("1500 元")


def test_a_removed_and_an_added_sentence_are_told(pack, edited):
    new = edited("regions/110000-beijing/sharing.yaml", "id: beijing.order", "id: beijing.sequence")
    lines = list(changes(pack, new))
    assert lines[0] == "【北京市】"
    assert [line[:3] for line in lines[1:]] == ["删去：", "新增："]


def test_the_commands_speak_to_people(capsys, tmp_path):
    assert main(["factcheck", "--region", "110000", "--on", "2026-01-01"]) == 0
    assert "核对表" in capsys.readouterr().out
    assert main(["factcheck", "--region", "999999"]) == 1
    assert "999999" in capsys.readouterr().err
    with pytest.raises(SystemExit) as leaving:
        main(["factcheck", "--region", "110000", "--on", "yesterday"])
    assert leaving.value.code == 2
    assert "2026-01-01" in capsys.readouterr().err
    assert main(["diff", str(CONTENT), str(CONTENT)]) == 0
    assert "没有变化" in capsys.readouterr().out
    assert main(["diff", str(tmp_path / "none"), str(CONTENT)]) == 1
    assert "pack-missing" in capsys.readouterr().err
