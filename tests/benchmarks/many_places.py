"""Makes a pack with many times the places of the real one: every place again and again under other codes.

A copy is a city of the same province, under a number of its own: its files are the real ones, but for its code, its
name and the names of its sources, so that the check has nothing to say against it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from yibao_desktop.pack.schema import Region
from yibao_desktop.pack.store import Pack

_KEPT = ("pack.yaml", "national", "languages")


def write_pack(real: Path, folder: Path, times: int) -> int:
    """Write into ``folder`` the pack ``real`` with ``times`` as many places; returns how many have facts.

    Cases are left out.

    Raises:
        ValueError: a province has not enough codes for that many cities.
    """
    pack = Pack(real)
    folder.mkdir()
    for name in _KEPT:
        copy = shutil.copytree if (real / name).is_dir() else shutil.copy
        copy(real / name, folder / name)
    places = [*pack.regions.values(), *_copies(pack.regions.values(), times - 1)]
    lines = (f'- {{code: "{place.code}", name: {place.name}, short: {place.short}, pinyin: {place.pinyin}}}\n'
             for place in places)
    (folder / "regions.yaml").write_text(f"places:\n{''.join(lines)}", encoding="utf-8")
    described = {code: pack.root / found for code in pack.regions if (found := pack.folder(code)) is not None}
    by_name = {place.name: place for place in places}
    for code, own in described.items():
        shutil.copytree(own, folder / "regions" / own.name)
        for number in range(1, times):
            region = by_name[_name(pack.regions[code].name, number)]
            _write_copy(own, folder / "regions" / f"{region.code}{own.name[6:]}", region, number)
    return len(described) * times


def _name(name: str, number: int) -> str:
    return f"{name}之{number}"


def _copies(places: Iterable[Region], each: int) -> Iterator[Region]:
    places = list(places)
    taken = {place.code for place in places}
    # The cities of 兵团 are told from those of 新疆 by their code: its copies keep to 兵团's own.
    free = {place.province: _free_codes(place.province[:2], taken) for place in places}
    for place in places:
        for number in range(1, each + 1):
            code = next(free[place.province], None)
            if code is None:
                raise ValueError(f"{place.province} 没有这么多代码。")
            yield Region(code=code, name=_name(place.name, number), short=_name(place.short, number),
                         pinyin=place.pinyin)


def _free_codes(prefix: str, taken: Collection[str]) -> Iterator[str]:
    return (code for number in range(1, 10_000) if (code := f"{prefix}{number:04}") not in taken)


def _write_copy(own: Path, target: Path, region: Region, number: int) -> None:
    target.mkdir(parents=True)
    texts = {file.name: file.read_text(encoding="utf-8") for file in own.glob("*.yaml")}
    sources = re.findall(r"(?m)^(?:- \{?|  )id: ([a-z0-9._-]+)", texts.get("sources.yaml", ""))
    ids = re.compile(rf"(?<![a-z0-9._-])({'|'.join(map(re.escape, sources))})(?![a-z0-9_-])") if sources else None
    for name, text in texts.items():
        if ids is not None:
            text = ids.sub(rf"\1-x{number}", text)
        if name == "region.yaml":
            text = re.sub(r'(?m)^code: .*$', f'code: "{region.code}"', text)
            text = re.sub(r"(?m)^name: .*$", f"name: {region.name}", text)
        (target / name).write_text(text, encoding="utf-8")
