"""What was read beforehand is what the files say; where it is not, or is damaged, the files are read."""

import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from yibao_desktop.errors import PackError
from yibao_desktop.pack import compiled, strict_yaml
from yibao_desktop.pack.check import check_pack
from yibao_desktop.pack.compiled import COMPILED, Compiled
from yibao_desktop.pack.compiling import differing, records_of_pack, write_compiled
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT, ROOT
from yibao_desktop.settings import LANGUAGES

TODAY = date(2026, 3, 1)
WITHOUT_YAML = """
import sys
from pathlib import Path
from yibao_desktop.pack.store import Pack
pack = Pack(Path(sys.argv[1]), sys.argv[2])
print(pack.place("210200").name, pack.words("place.nation"), len(pack.regions))
assert not [name for name in sys.modules if name.partition(".")[0] == "yaml"]
"""


@pytest.fixture
def compiled_pack(small_pack: Path) -> Path:
    write_compiled(small_pack, records_of_pack(small_pack))
    return small_pack


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """Names of the files read as YAML from now on."""
    names: list[str] = []
    real = strict_yaml.read

    def spy(path: Path, name: str | None = None) -> strict_yaml.Document:
        names.append(name or str(path))
        return real(path, name)

    monkeypatch.setattr(strict_yaml, "read", spy)
    return names


def everything(pack: Pack) -> object:
    layers = [(layer.code, layer.name, layer.gaps, layer.sources, layer.sharing, layer.channels, layer.benefits)
              for layer in pack.all_layers()]
    return (pack.info, pack.needs, pack.regions, layers, pack.guides, pack.glossary, pack.slip_forms, pack.rumours,
            pack.search_words, pack.payable_items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_pack_says_the_same_and_no_file_is_read_as_yaml(language, tmp_path, parsed):
    pack = Path(shutil.copytree(CONTENT, tmp_path / "pack"))
    write_compiled(pack, records_of_pack(pack))
    parsed.clear()
    found = everything(Pack(pack, language))
    assert parsed == []
    assert found == everything(Pack(CONTENT, language))
    assert parsed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_start_does_not_even_load_yaml(language, compiled_pack):
    done = subprocess.run([sys.executable, "-c", WITHOUT_YAML, str(compiled_pack), language], cwd=ROOT,
                          capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("name", "old", "new", "seen"), [
    ("regions.yaml", "name: 大连市", "name: 大连港", lambda pack: pack.place("210200").name == "大连港"),
    ("pack.yaml", "review_by: 2", "review_by: 3", lambda pack: pack.info.review_by.year > 2999),
])
def test_whoever_changes_a_file_sees_the_change(name, old, new, seen, compiled_pack):
    file = compiled_pack / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert seen(Pack(compiled_pack))


def test_a_changed_translation_is_shown(compiled_pack):
    chinese = Pack(compiled_pack).words("place.nation")
    folder = compiled_pack / "languages" / "en" / "national"
    folder.mkdir(parents=True, exist_ok=True)
    for english in ("Everywhere", "The nation"):
        (folder / "words.yaml").write_text(f"texts:\n- {{zh: {chinese}, en: {english}}}\n", encoding="utf-8")
        assert Pack(compiled_pack, "en").words("place.nation") == english
        write_compiled(compiled_pack, records_of_pack(compiled_pack))
        assert Pack(compiled_pack, "en").words("place.nation") == english
    assert Pack(compiled_pack).words("place.nation") == chinese


def test_a_mistake_made_later_is_told_on_its_line(compiled_pack):
    file = compiled_pack / "national" / "needs.yaml"
    file.write_text("needs:\n- nonsense: 1\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        Pack(compiled_pack)
    assert {(finding.file, finding.line) for finding in caught.value.findings} == {("national/needs.yaml", 2)}


def test_what_another_program_made_is_not_believed(compiled_pack, parsed, monkeypatch):
    monkeypatch.setattr(compiled, "__version__", "0.0.9")
    Pack(compiled_pack)
    assert "pack.yaml" in parsed


def test_a_damaged_file_never_shows_anything_else(compiled_pack):
    plain, sound = everything(Pack(compiled_pack)), (compiled_pack / COMPILED).read_bytes()
    records = records_of_pack(compiled_pack)
    assert everything(Pack(compiled_pack)) == plain
    draw = random.Random(1)
    damaged = [sound[:draw.randrange(len(sound))] for _ in range(20)]
    for _ in range(200):
        broken = bytearray(sound)
        broken[draw.randrange(len(sound))] ^= 1 << draw.randrange(8)
        damaged.append(bytes(broken))
    for data in damaged:
        (compiled_pack / COMPILED).write_bytes(data)
        assert everything(Pack(compiled_pack)) == plain
        assert list(differing(compiled_pack, records)) == []


def test_what_says_otherwise_than_the_files_is_told_by_a_check(compiled_pack):
    assert check_pack(compiled_pack, facts={"rule.known"}, today=TODAY) == []
    records = dict(records_of_pack(compiled_pack))
    files, _ = records["pack.yaml"]
    write_compiled(compiled_pack, {**records, "pack.yaml": (files, Pack(CONTENT).info)})
    (finding,) = check_pack(compiled_pack, facts={"rule.known"}, today=TODAY)
    assert (finding.file, finding.code, finding.severity) == (COMPILED, "compiled-differs", "error")
    assert "pack.yaml" in finding.message


def test_a_folder_without_one_has_nothing(tmp_path):
    empty = Compiled(tmp_path)
    assert "pack.yaml" not in empty
    assert empty.find("pack.yaml", [], type(Pack(CONTENT).info)) is None
