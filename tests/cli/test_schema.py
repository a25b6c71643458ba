"""The JSON Schema shipped for editors says what the program reads, no more and no less."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yibao_desktop.cli.main import main
from yibao_desktop.pack.layout import FILES, files_of, record_of
from yibao_desktop.pack.strict_yaml import read
from yibao_desktop.paths import CONTENT

SHIPPED = CONTENT / "schema"
SMALL_PACK = Path(__file__).resolve().parents[1] / "data" / "pack"
KIND_OF_FOLDER = {"national/flows": "flow", "national/guides": "guide", "cases/estimate": "estimate-case",
                  "cases/sharing": "sharing-case", "cases/search": "search-case"}


def kind(name: str) -> str:
    """Name of the schema a file of the pack follows."""
    if name.startswith("languages/"):
        return "translations"
    folder, _, file = name.rpartition("/")
    return KIND_OF_FOLDER.get(folder, file.removesuffix(".yaml"))


def schema_of(name: str) -> dict[str, Any]:
    return json.loads((SHIPPED / f"{kind(name)}.json").read_text(encoding="utf-8"))


def as_an_editor_sees_it(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_an_editor_sees_it(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_an_editor_sees_it(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


TYPES = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}
KNOWN = {"$ref", "$defs", "title", "description", "type", "properties", "required", "additionalProperties", "items",
         "enum", "anyOf", "pattern", "minLength", "minItems", "default", "discriminator", "format", "const",
         "propertyNames"}


def fits(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """As much of JSON Schema as the files use; a word it does not know is an error, not a pass."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return fits(value, root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    if "anyOf" in schema:
        return any(fits(value, choice, root) for choice in schema["anyOf"])
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema:
        return value in schema["enum"]
    wanted = schema.get("type")
    if wanted == "number":
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    if wanted == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if wanted is not None and not isinstance(value, TYPES[wanted]):
        return False
    if isinstance(value, str):
        if schema.get("format") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return False
        return len(value) >= schema.get("minLength", 0) and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, list):
        return len(value) >= schema.get("minItems", 0) and all(fits(i, schema.get("items", {}), root) for i in value)
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        return set(schema.get("required", ())) <= set(value) and all(
            fits(item, known[key], root) if key in known
            else others if isinstance(others, bool) else fits(item, others, root)
            for key, item in value.items())
    return True


def test_the_shipped_schemas_are_what_the_command_writes(tmp_path):
    assert main(["schema", str(tmp_path)]) == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    shipped = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.iterdir()}
    assert sorted(shipped) == sorted(written)
    assert shipped == written, "run: yibao-pack schema content/schema"


def test_without_a_folder_the_schemas_are_printed(capsys):
    assert main(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {path.stem for path in SHIPPED.glob("*.json")}


def test_every_kind_of_file_has_a_schema():
    assert {kind(pattern) for pattern, _ in FILES} == {path.stem for path in SHIPPED.glob("*.json")}


def test_amounts_and_shares_are_numbers():
    row = schema_of("benefits.yaml")["$defs"]["Row"]["properties"]["value"]
    assert row["anyOf"] == [{"type": "number"}, {"type": "null"}]
    bill = schema_of("cases/estimate/x.yaml")["$defs"]["Bill"]["properties"]
    assert {name: part["type"] for name, part in bill.items()} == dict.fromkeys(
        ("total", "self_funded", "over_limit", "first_pay", "essential_drugs"), "number")
    everything = "".join(path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.json"))
    assert '"decimal"' not in everything


@pytest.mark.parametrize("root", [CONTENT, SMALL_PACK], ids=["shipped", "small"])
def test_every_file_fits_its_schema(root):
    names = [name for name in files_of(root) if record_of(name) is not None]
    misfits = [name for name in names
               if not fits(as_an_editor_sees_it(read(root / name).data), schema := schema_of(name), schema)]
    assert misfits == []


def test_a_file_of_every_kind_was_held_against_its_schema():
    tried = {kind(name) for root in (CONTENT, SMALL_PACK) for name in files_of(root) if record_of(name) is not None}
    assert tried == {kind(pattern) for pattern, _ in FILES}


def test_no_two_kinds_of_file_share_a_schema():
    records = {record for _, record in FILES}
    assert len(list(SHIPPED.glob("*.json"))) == len(records)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("pack.yaml", "title:", "titel:"),
        ("pack.yaml", 'version: "1"', "version: 1"),
        ("national/needs.yaml", "about: safety", "about: safty"),
        ("national/words.yaml", "text: 职工医保", "text: ''"),
        ("regions.yaml", '"110000"', '"11"'),
        ("regions/210200-dalian/benefits.yaml", "value: 0.85", "value: lots"),
        ("regions/210200-dalian/benefits.yaml", "kind: deductible", "kind: deduct"),
        ("cases/estimate/one.yaml", "total: 100", "totl: 100"),
    ],
)
def test_an_editor_marks_what_the_program_would_refuse(tmp_path, name, old, new):
    text = (SMALL_PACK / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "changed.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    schema = schema_of(name)
    assert not fits(as_an_editor_sees_it(read(path).data), schema, schema)
