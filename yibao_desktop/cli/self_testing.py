"""``yibao-pack self-test``: is everything in this folder that the program needs, and does it work?"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from yibao_desktop.cli import needs_of_code
from yibao_desktop.cli.worked_cases import run_cases
from yibao_desktop.errors import YibaoError
from yibao_desktop.pack.check import check_pack
from yibao_desktop.pack.store import Pack
from yibao_desktop.station.self_test import (
    CONSOLE_PARTS,
    LONGEST,
    WINDOW_PARTS,
    Faults,
    from_json,
    network_loaded,
    window_command,
)

_LABELS = {
    "libyaml": "读内容包的快速组件（libyaml）",
    "pack": "内容包",
    "cases": "算例",
    "network": "没有装入联网组件",
    "fonts": "字体",
    "translations": "中文和英文",
    "pages": "每一页",
    "wizards": "每种问答走一遍",
    "window-network": "窗口没有装入联网组件",
}
assert tuple(_LABELS) == CONSOLE_PARTS + WINDOW_PARTS


def self_test(root: Path) -> Faults:
    """Look at everything; the window's half runs meanwhile."""
    with _window_half(root) as window:
        faults = {"libyaml": _libyaml(), "pack": _pack(root)}
        # The cases of a pack that cannot be read only say the same once more.
        faults["cases"] = [] if faults["pack"] else _cases(root)
        faults["network"] = network_loaded(sys.modules)
        return {**faults, **window.report()}


def in_words(faults: Faults) -> Iterator[str]:
    """Yield a line for each part and each fault."""
    for part, told in faults.items():
        yield f"{_LABELS[part]}：{f'{len(told)} 处不对' if told else '好'}"
        yield from (f"  {fault}" for fault in told)


def _libyaml() -> list[str]:
    return [] if yaml.__with_libyaml__ else ["没有 libyaml，读内容包会慢几倍。"]


def _pack(root: Path) -> list[str]:
    findings = check_pack(root, needs_of_code.CLAIMS, needs_of_code.WORDS, needs_of_code.FACTS)
    return [str(finding) for finding in findings if finding.severity == "error"]


def _cases(root: Path) -> list[str]:
    try:
        outcomes = list(run_cases(Pack(root)))
    except YibaoError as error:
        return [str(error)]
    return [str(finding) for outcome in outcomes for finding in outcome.findings] if outcomes else ["没有算例。"]


class _Window:
    """The process that tests the window."""

    def __init__(self, process: subprocess.Popen[bytes], file: Path) -> None:
        self.process, self._file = process, file

    def report(self) -> Faults:
        """Wait for it, and return its part of the report."""
        try:
            code = self.process.wait(LONGEST)
            return from_json(self._file.read_bytes())
        except subprocess.TimeoutExpired:
            return _not_run(f"{LONGEST} 秒还没有做完。")
        except (OSError, ValueError):
            return _not_run(f"没有做完，退出码 {code}。")


class _NoWindow(_Window):
    def __init__(self, why: str) -> None:
        self._why = why

    def report(self) -> Faults:
        return _not_run(self._why)


def _not_run(why: str) -> Faults:
    return {part: [why] for part in WINDOW_PARTS}


@contextmanager
def _window_half(root: Path) -> Iterator[_Window]:
    with tempfile.TemporaryDirectory(prefix="yibao-test-") as folder:
        file = Path(folder) / "report.json"
        try:
            # It ends when its standard input does, so that it never outlives this process.
            process = subprocess.Popen(window_command(root, file), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                       env={**os.environ, "PYTHONUTF8": "1"})
        except OSError as error:
            yield _NoWindow(f"窗口程序打不开：{error.strerror}。")
            return
        try:
            yield _Window(process, file)
        finally:
            process.kill()
            process.communicate()
