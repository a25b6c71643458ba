"""The pack in memory: opens the nation only, reads a place when asked, and knows which level spoke."""

import subprocess
import sys
from pathlib import Path

import pytest

from yibao_desktop import __version__
from yibao_desktop.errors import PackError, YibaoError
from yibao_desktop.pack.store import Pack, UnknownPlace
from yibao_desktop.paths import CONTENT


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """Names of the files read from now on, relative to the pack."""
    names: list[str] = []
    real = Path.read_bytes

    def spy(self: Path) -> bytes:
        parts = self.parts
        root = max(index for index, part in enumerate(parts) if part in ("pack", "content"))
        names.append("/".join(parts[root + 1:]))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", spy)
    return names


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- what is read, and when


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_opening_reads_the_pack_and_the_nation_and_no_place(which, small_pack, opened):
    Pack(small_pack if which == "small" else CONTENT)
    assert sorted(opened) == [
        "national/channels.yaml", "national/needs.yaml", "national/sharing.yaml", "national/sources.yaml",
        "national/words.yaml", "pack.yaml",
    ]


def test_a_place_reads_its_own_files_and_its_provinces_and_no_others(opened):
    pack = Pack(CONTENT)
    opened.clear()
    pack.place("210200")
    folders = {name.split("/")[1] for name in opened if name.startswith("regions/")}
    assert folders == {"210200-dalian", "210000-liaoning"}
    assert {name for name in opened if not name.startswith("regions/")} == {"regions.yaml"}


@pytest.mark.parametrize("code", ["110000", "210200", "659001", "632500"])
def test_a_place_is_the_same_whether_all_places_have_been_read_before_or_not(code):
    before, after = Pack(CONTENT), Pack(CONTENT)
    assert after.regions
    assert before.place(code).region == after.place(code).region == after.regions[code]
    assert "regions" not in vars(before)


@pytest.mark.parametrize(("old", "new"), [
    ('- {code: "210200", name: 大连市, short: 大连, pinyin: da lian}',
     '- code: "210200"\n  name: 大连市\n  short: 大连\n  pinyin: da lian'),
    ('- {code: "210200", name: 大连市, short: 大连, pinyin: da lian}',
     "- {name: 大连市, code: '210200', short: 大连, pinyin: da lian}"),
])
def test_a_place_is_found_however_its_entry_is_written(small_pack, old, new):
    edit(small_pack / "regions.yaml", old, new)
    assert Pack(small_pack).place("210200").name == "大连市"


def test_a_broken_entry_of_the_list_of_places_is_told_on_its_line(small_pack):
    places = small_pack / "regions.yaml"
    edit(places, '{code: "210200", name: 大连市,', '{code: "210200", nome: 大连市,')
    line = 1 + next(number for number, text in enumerate(places.read_text(encoding="utf-8").splitlines())
                    if "nome" in text)
    with pytest.raises(PackError) as caught:
        Pack(small_pack).place("210200")
    assert caught.value.findings[0].line == line


def test_a_place_is_read_once(small_pack, opened):
    pack = Pack(small_pack)
    first = pack.place("210200")
    opened.clear()
    assert pack.place("210200") is first
    assert opened == []


def test_a_place_without_a_folder_of_its_own_reads_no_place_file(small_pack, opened):
    pack = Pack(small_pack)
    opened.clear()
    assert [layer.name for layer in pack.place("110000").layers] == ["全国"]
    assert opened == ["regions.yaml"]


def test_a_broken_place_does_not_keep_others_from_being_used(small_pack):
    benefits = small_pack / "regions/210200-dalian/benefits.yaml"
    edit(benefits, "unit: yuan\n  dated:\n  - {", "unit: yen\n  dated:\n  - {")
    pack = Pack(small_pack)
    assert pack.place("210000").name == "辽宁省"
    with pytest.raises(PackError, match=r"regions/210200-dalian/benefits\.yaml:\d+: schema-value"):
        pack.place("210200")


# --- levels


def test_levels_go_from_the_city_over_the_province_to_the_nation(small_pack):
    assert [layer.name for layer in Pack(small_pack).place("210200").layers] == ["大连市", "辽宁省", "全国"]
    assert [layer.name for layer in Pack(small_pack).place("210000").layers] == ["辽宁省", "全国"]


def test_what_a_city_inherits_is_said_by_the_level_it_comes_from(small_pack):
    place = Pack(small_pack).place("210200")
    assert [(layer.name, binding.id) for layer, binding in place.bindings()] == [
        ("辽宁省", "ln-app"), ("全国", "nat-app"),
    ]
    assert [(layer.name, channel.id) for layer, channel in place.channels()] == [
        ("大连市", "dl-window"), ("全国", "nat-app"), ("全国", "hotline"),
    ]
    assert [(layer.name, claim.id) for layer, claim in place.claims("usage")] == [("全国", "usage.show-code")]
    assert [gap.topic for gap in place.gaps] == ["生效时间"]


def test_rules_come_from_the_nearest_level_and_only_for_what_is_asked(small_pack):
    place = Pack(small_pack).place("210200")
    layer, rules = place.rules("employee", "outpatient")
    assert (layer.name, [rule.id for rule in rules]) == ("大连市", ["dl-outpatient"])
    assert place.rules("resident", "outpatient") is None
    assert Pack(small_pack).place("210000").rules("employee", "outpatient") is None


def test_sources_of_all_levels_are_found_and_the_best_one_says_how_sure_it_is(small_pack):
    place = Pack(small_pack).place("210200")
    assert [place.source(id_).publisher for id_ in ("dl-doc", "ln-doc", "nat-doc")] == [
        "大连市医保局", "辽宁省医保局", "国家医保局",
    ]
    ((_, window), *_) = place.channels()
    assert window.answers[0].sources == ("dl-doc", "ln-doc")
    assert place.confidence(window.answers[0]) == "news"
    ((_, claim),) = place.claims("eligibility")
    assert place.confidence(claim) == "official"


def test_every_described_place_of_the_shipped_pack_opens():
    pack = Pack(CONTENT)
    codes = pack.described_codes()
    assert {"110000", "310000", "210200", "440100"} <= set(codes)
    for code in codes:
        assert pack.place(code).layers[0].code == code


def test_all_layers_are_the_nation_and_every_described_place(small_pack):
    assert [layer.name for layer in Pack(small_pack).all_layers()] == ["全国", "辽宁省", "大连市"]


# --- words


def test_words_are_filled_in_and_explained(small_pack):
    words = Pack(small_pack).words
    assert words("rule.of", scheme="职工医保", visit="门诊") == "职工医保的门诊"
    assert words.help("scheme.employee") == "单位交的"
    assert words.help("rule.of") is None
    assert "scheme.employee" in words
    assert "scheme.none" not in words


def test_a_flow_is_read_by_its_name(small_pack):
    assert Pack(small_pack).flow("ask").title == "问几句"
    with pytest.raises(PackError, match="file-missing"):
        Pack(small_pack).flow("none")


# --- refusals


@pytest.mark.parametrize("code", ["999999", "", "21", "210200-dalian", "../..", "*", "大连"])
def test_an_unknown_place_is_refused_in_a_plain_sentence(small_pack, code):
    with pytest.raises(UnknownPlace) as caught:
        Pack(small_pack).place(code)
    assert isinstance(caught.value, YibaoError)
    assert code in str(caught.value)


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(PackError, match="pack-missing"):
        Pack(tmp_path / "none")


def test_a_file_in_place_of_the_folder_is_refused(small_pack):
    with pytest.raises(PackError, match="pack-missing"):
        Pack(small_pack / "pack.yaml")


def test_an_empty_folder_is_refused_by_naming_the_file_it_lacks(tmp_path):
    with pytest.raises(PackError, match=r"pack\.yaml:1: file-missing"):
        Pack(tmp_path)


@pytest.mark.parametrize("needed", ["0.1.1", "0.2", "1", "0.10.0", "99.0.0"])
def test_a_pack_for_a_newer_program_is_refused_and_says_which(small_pack, needed):
    edit(small_pack / "pack.yaml", 'program: "0.1.0"', f'program: "{needed}"')
    with pytest.raises(PackError, match="pack-program") as caught:
        Pack(small_pack)
    assert needed in str(caught.value)
    assert __version__ in str(caught.value)


@pytest.mark.parametrize("needed", ["0.0.9", "0.1", __version__])
def test_a_pack_for_this_or_an_older_program_is_opened(small_pack, needed):
    edit(small_pack / "pack.yaml", 'program: "0.1.0"', f'program: "{needed}"')
    assert Pack(small_pack).info.program == needed


def test_a_program_that_has_read_the_pack_ends_quietly():
    # a union of constrained texts in a record once made every fifth run crash at the very end
    code = ("from pathlib import Path; from yibao_desktop.pack.store import Pack;"
            "list(Pack(Path('content')).all_layers())")
    root = Path(__file__).resolve().parents[2]
    codes = {subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode for _ in range(12)}
    assert codes == {0}
