"""What the self-test looks at, how it is started, and how its report reads.

It has two halves, each a process of its own: ``yibao-pack self-test`` looks at what needs no window (see
``cli/self_testing.py``) and starts the window's program for the rest (see ``ui/window_test.py``). It takes a minute or
so; the staff's page runs it beside the window.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST = 900
"""Seconds: a slow station draws every page in some minutes."""

CONSOLE_PARTS = ("libyaml", "pack", "cases", "network")
WINDOW_PARTS = ("fonts", "translations", "pages", "wizards", "window-network")

Faults = Mapping[str, Sequence[str]]
"""By part, in the order they were looked at: what is wrong, in sentences."""

NETWORK_MODULES = frozenset({
    "socket", "ssl", "http", "http.client", "urllib.request", "ftplib", "smtplib", "xmlrpc",
    "socketserver", "asyncio", "webbrowser", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets",
})
"""What a program without a network does not load: neither plain sockets nor anything that speaks through them.

``_socket`` is not among them: ``typing_extensions``, where installed, takes a name from it. The bundle has neither.
"""
_NETWORK_LIBRARIES = ("Qt6Network", "libssl", "libcurl", "libsoup")
_MAPS = Path("/proc/self/maps")


@dataclass(frozen=True)
class SelfTest:
    """How the last self-test came out; ``faults`` is ``None`` where it could not be run to its end."""

    faults: int | None

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong."""
        return self.faults == 0


def command(pack: Path) -> list[str]:
    """Return program and arguments of the self-test, from source and inside a bundle alike."""
    return [*_program("yibao-pack", "yibao_desktop.cli"), "self-test", "--json", "--pack", str(pack)]


def window_command(pack: Path, report: Path) -> list[str]:
    """Return program and arguments of the window's half, which writes its part of the report into a file."""
    return [*_program("yibao-desktop", "yibao_desktop"), "--self-test", str(report), "--pack", str(pack)]


def _program(name: str, module: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name(name + Path(sys.executable).suffix))]
    return [sys.executable, "-m", module]


def as_json(faults: Faults) -> str:
    """Write a report, whole or of one half."""
    return json.dumps({"parts": [{"id": part, "faults": list(told)} for part, told in faults.items()]},
                      ensure_ascii=False, indent=2)


def from_json(text: bytes | str) -> dict[str, list[str]]:
    """Read a report.

    Raises:
        ValueError: it is none, or not whole.
    """
    try:
        parts = {str(part["id"]): [str(fault) for fault in part["faults"]] for part in json.loads(text)["parts"]}
    except (KeyError, TypeError) as error:
        raise ValueError("not a report") from error
    return parts


def understand(output: bytes) -> SelfTest:
    """Read what the self-test printed on standard output; a part that is missing has not passed."""
    try:
        parts = from_json(output)
    except ValueError:
        return SelfTest(None)
    if any(part not in parts for part in CONSOLE_PARTS + WINDOW_PARTS):
        return SelfTest(None)
    return SelfTest(sum(len(faults) for faults in parts.values()))


def network_loaded(modules: Iterable[str]) -> list[str]:
    """Return a sentence for each of ``modules``, and each library of this process, that is there for a network."""
    libraries = _MAPS.read_text(encoding="utf-8", errors="replace") if _MAPS.is_file() else ""
    found = [*sorted(NETWORK_MODULES.intersection(modules)),
             *(library for library in _NETWORK_LIBRARIES if library in libraries)]
    return [f"装入了联网组件 {name}。" for name in found]
