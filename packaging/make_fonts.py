"""Cuts the bundled font out of the unpacked npm package @expo-google-fonts/noto-sans-sc.

A locked-down office computer may have no Chinese font that looks right, so the program brings its own. The
full font is 10 MB a weight; what the program and everyday Chinese text need is a quarter of that.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "fonts"
FAMILY = "Noto Sans SC"

# Characters outside GB 2312, ASCII and Latin-1 that tables, hints and buttons use; 〇 stands in dates.
EXTRA = "“”‘’…—–·•←→↑↓✓×÷−¥¥〔〕《》「」『』【】、。,;:?!()0123456789≤≥≈°▲▼▶◀●○■□★⚠〇"
# Noto Sans SC has no glyph for ✔ ✗ ▾ ▸, so a text that holds one is told of below instead of listed here.

TEXT_ENDINGS = {".py", ".yaml", ".yml", ".json", ".md", ".txt", ".html", ".qss", ".svg", ".csv"}

# Name records that stay: copyright, names, version, makers and licence. The rest describes the variable font.
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14]
# Vertical text and variable-font tables: the window never uses them.
DROPPED_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx"]


def gb2312() -> set[str]:
    """Every character of GB 2312."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found.update(bytes((high, low)).decode("gb2312", errors="ignore"))
    return found


def characters_in(*folders: Path) -> Counter[str]:
    """Every visible character of the text files under these folders, and how often it stands there."""
    found: Counter[str] = Counter()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in TEXT_ENDINGS:
                found.update(path.read_text(encoding="utf-8"))
    return Counter({char: times for char, times in found.items() if not unicodedata.category(char).startswith("C")})


def cut(source: Path, target: Path, wanted: set[str], used: Counter[str], style: str) -> set[str]:
    """Writes the subset of one weight and returns the wanted characters that the font lacks."""
    # The time of the source stays in the file, so that the same input gives the same bytes.
    font = TTFont(source, recalcTimestamp=False)
    lacking = wanted - {chr(code) for code in font.getBestCmap()}

    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = KEPT_NAMES
    options.drop_tables += DROPPED_TABLES
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(char) for char in wanted])
    cutter.subset(font)

    put_first(font, sorted(used, key=lambda char: (-used[char], char)))
    set_names(font, style)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    return lacking


def put_first(font: TTFont, characters: list[str]) -> None:
    """Puts these characters before the others: what a page shows then lies in a few places of the file.

    Spread over all of it, the home page's characters alone bring the whole file into memory.
    """
    glyphs = font.getBestCmap()
    first = [glyphs[ord(char)] for char in characters if ord(char) in glyphs]
    order = font.getGlyphOrder()
    # The sign for what is lacking must stay the first of all.
    reorderGlyphs(font, list(dict.fromkeys([order[0], *first, *order])))


def set_names(font: TTFont, style: str) -> None:
    """Makes both weights one family, so that asking for its bold finds the bold file."""
    names = font["name"]
    names.setName(FAMILY, 1, 3, 1, 0x409)
    names.setName(style, 2, 3, 1, 0x409)
    names.setName(f"{FAMILY} {style}", 4, 3, 1, 0x409)
    names.setName(f"NotoSansSC-{style}", 6, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0


def digit_widths(path: Path) -> set[int]:
    """Advance widths of the ten digits; columns of money line up only when there is one."""
    font = TTFont(path)
    glyphs = font.getBestCmap()
    return {font["hmtx"][glyphs[ord(digit)]][0] for digit in "0123456789"}


def main() -> int:
    """Cuts both weights from the package named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package")
    package: Path = parser.parse_args().package

    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    circled = {chr(code) for code in range(0x2460, 0x2474)}
    used = characters_in(ROOT / "content", ROOT / "yibao_desktop")
    wanted = gb2312() | latin | circled | set(EXTRA) | used.keys()

    uneven = False
    lacking: set[str] = set()
    for weight, style in (("400Regular", "Regular"), ("700Bold", "Bold")):
        target = TARGET / f"NotoSansSC-{style}.ttf"
        lacking |= cut(package / weight / f"NotoSansSC_{weight}.ttf", target, wanted, used, style)
        uneven |= len(digit_widths(target)) != 1
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")
    if lacking:
        listed = " ".join(f"{char} (U+{ord(char):04X})" for char in sorted(lacking))
        print(f"not in the font, shown with a font of the system: {listed}", file=sys.stderr)
    if uneven:
        print("digits differ in width", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
