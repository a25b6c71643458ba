"""What Windows shows of a program under Properties, Details."""

from __future__ import annotations

from collections.abc import Mapping

CHINESE_UNICODE = "080404b0"
"""zh-CN in UTF-16, as the resource names it."""


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return the four numbers Windows wants: ``0.7.0`` becomes ``(0, 7, 0, 0)``; letters end a version."""
    parts = []
    for part in version.split("."):
        if not part.isdigit():
            break
        parts.append(int(part))
    first, second, third, fourth = (*parts, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def strings(version: str, program: str, description: str) -> Mapping[str, str]:
    """Return what is shown; no one is named as a company, because nobody but the reader's own office vouches for it."""
    return {
        "ProductName": "医保帮手",
        "FileDescription": description,
        "FileVersion": version,
        "ProductVersion": version,
        "InternalName": program,
        "OriginalFilename": f"{program}.exe",
        "LegalCopyright": "MIT",
    }


def as_text(version: str, program: str, description: str) -> str:
    """Return the resource in the form PyInstaller reads."""
    table = ",\n".join(f"      StringStruct({name!r}, {value!r})"
                       for name, value in strings(version, program, description).items())
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers(version)}, prodvers={numbers(version)}),
  kids=[
    StringFileInfo([StringTable({CHINESE_UNICODE!r}, [
{table}
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0804, 1200])]),
  ],
)
"""
