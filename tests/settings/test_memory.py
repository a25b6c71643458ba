"""What is kept between two starts: looks and place, whole or not at all."""

from __future__ import annotations

import json
import os

import pytest

from yibao_desktop.memory import Kept, Memory, usual_file


@pytest.fixture
def file(tmp_path):
    return tmp_path / "new folder" / "settings.json"


def test_settings_come_back_at_the_next_start(file):
    Memory(file).keep(place="110000", text_size="xlarge", colors="contrast", language="en", window=(1366, 768),
                      greeted=True)
    assert Memory(file).kept == Kept("110000", "xlarge", "contrast", "en", (1366, 768), True)


def test_the_first_start_finds_nothing(file):
    assert Memory(file).kept == Kept()
    assert not file.exists()


@pytest.mark.parametrize("text", [
    "", "{", "[]", "null", '{"text_size": "huge"}', '{"place": "北京"}', '{"window": [1, 1]}', '{"window": [800]}',
    "\x00\xff", '{"place": "\xff"}',
])
def test_a_broken_file_is_as_none(file, text):
    file.parent.mkdir()
    file.write_text(text, encoding="latin-1" if "\xff" in text else "utf-8")
    memory = Memory(file)
    assert memory.kept == Kept()
    memory.keep(text_size="large")
    assert Memory(file).kept == Kept(text_size="large")


def test_settings_of_a_later_program_are_no_trouble(file):
    file.parent.mkdir()
    file.write_text('{"text_size": "large", "hologram": true}', encoding="utf-8")
    assert Memory(file).kept == Kept(text_size="large")


def test_only_the_settings_are_written(file):
    Memory(file).keep(place="320500")
    assert json.loads(file.read_text(encoding="utf-8")) == {"place": "320500"}
    assert os.listdir(file.parent) == ["settings.json"]


def test_where_nothing_can_be_written_the_program_goes_on(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    memory = Memory(blocked / "settings.json")
    memory.keep(text_size="large")
    assert memory.kept.text_size == "large"


def test_a_power_cut_while_writing_leaves_the_old_settings(file, monkeypatch):
    memory = Memory(file)
    memory.keep(text_size="large")

    def fails(*_paths):
        raise OSError("no power")

    monkeypatch.setattr(os, "replace", fails)
    memory.keep(text_size="xlarge")
    assert Memory(file).kept == Kept(text_size="large")
    assert os.listdir(file.parent) == ["settings.json"]


def test_it_lies_where_the_system_keeps_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert usual_file().name == "settings.json"
    assert usual_file().parent.name == "yibao-desktop"
