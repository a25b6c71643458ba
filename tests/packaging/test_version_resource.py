"""What Windows shows under Properties is what this version is."""

from __future__ import annotations

import pytest
import version_resource

from yibao_desktop import __version__


def made(version: str) -> dict[str, object]:
    """The resource as PyInstaller reads it: by evaluating it with its own names."""
    seen: dict[str, object] = {}

    def fixed(**given):
        seen.update(given)

    def string(name, value):
        seen[name] = value

    names = {
        "VSVersionInfo": lambda ffi, kids: seen, "FixedFileInfo": fixed, "StringStruct": string,
        "StringFileInfo": list, "StringTable": lambda language, kids: seen.update(language=language),
        "VarFileInfo": list, "VarStruct": lambda name, values: seen.update({name: values}),
    }
    eval(version_resource.as_text(version, "yibao-desktop", "医保帮手"), names)
    return seen


def test_the_resource_names_program_and_version_in_chinese():
    seen = made(__version__)
    assert seen["ProductName"] == seen["FileDescription"] == "医保帮手"
    assert seen["FileVersion"] == seen["ProductVersion"] == __version__
    assert seen["OriginalFilename"] == "yibao-desktop.exe"
    # The table's name says the same language and letters as the translation beside it.
    assert seen["language"] == "{:04x}{:04x}".format(*seen["Translation"])


@pytest.mark.parametrize(("version", "numbers"), [
    ("0.7.0", (0, 7, 0, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3.4.5", (1, 2, 3, 4)), ("1.2.0rc1", (1, 2, 0, 0)),
])
def test_a_version_becomes_four_numbers(version, numbers):
    seen = made(version)
    assert seen["filevers"] == seen["prodvers"] == numbers
