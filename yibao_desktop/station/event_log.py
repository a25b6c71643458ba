"""A log that cannot hold anything about a person.

Each event has a code, each code its fields, each field the few values it can take. There is no field for text: of
an exception the log takes its class and the line of our own code, never its message. What does not fit is refused.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import zlib
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import FrameType

from yibao_desktop.errors import YibaoError
from yibao_desktop.pack.store import Pack
from yibao_desktop.settings import COLORS, ENDINGS, TEXT_SIZES, WIZARDS
from yibao_desktop.station.counters import MOST_STEPS, PAGES

_PACKAGE = "yibao_desktop"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}")
_LONG_NUMBER = re.compile(r"[0-9]{5}")
MOST_BYTES = 256 * 1024
"""The log is put aside at this size, and the one put aside before is thrown away."""
ERRORS_KEPT = 20


class Code(Enum):
    """Everything that can be logged."""

    STARTED = "started"
    ENDED = "ended"
    RESTARTED_AT_NIGHT = "restarted-at-night"
    SESSION_ENDED = "session-ended"
    PAGE_OPENED = "page-opened"
    QUESTION_SHOWN = "question-shown"
    WIZARD_LEFT = "wizard-left"
    PRINTED = "printed"
    LOOKS_CHANGED = "looks-changed"
    STAFF_ENTERED = "staff-entered"
    PIN_WRONG = "pin-wrong"
    PIN_LOCKED = "pin-locked"
    SELF_TEST_PASSED = "self-test-passed"
    SELF_TEST_FAILED = "self-test-failed"
    PRINT_FAILED = "print-failed"
    SEARCH_BROKEN = "search-broken"
    PACK_BROKEN = "pack-broken"
    CLOCK_WRONG = "clock-wrong"
    DISK_LOW = "disk-low"
    COUNTERS_NOT_WRITTEN = "counters-not-written"
    UNCAUGHT = "uncaught"


ERRORS = frozenset({
    Code.PIN_LOCKED, Code.SELF_TEST_FAILED, Code.PRINT_FAILED, Code.SEARCH_BROKEN, Code.PACK_BROKEN, Code.CLOCK_WRONG,
    Code.DISK_LOW, Code.COUNTERS_NOT_WRITTEN, Code.UNCAUGHT,
})


class LogRefused(ValueError):
    """Something was to be logged that the log does not take. Does not say what it was."""


@dataclass(frozen=True)
class _Number:
    least: int
    most: int


@dataclass(frozen=True)
class _Word:
    words: frozenset[str]


class _PackId:
    """An id of the pack: of a question, a guide or a need."""


_Field = _Number | _Word | _PackId


def _words(*words: str) -> _Word:
    return _Word(frozenset(words))


_PAGE, _WIZARD = _words(*PAGES), _words(*WIZARDS)
_FIELDS: Mapping[Code, Mapping[str, _Field]] = {
    Code.SESSION_ENDED: {"by": _words(*ENDINGS)},
    Code.PAGE_OPENED: {"page": _PAGE, "id": _PackId()},
    Code.QUESTION_SHOWN: {"wizard": _WIZARD, "id": _PackId()},
    Code.WIZARD_LEFT: {"wizard": _WIZARD, "step": _Number(1, MOST_STEPS)},
    Code.PRINTED: {"page": _PAGE, "paper": _words("receipt", "a4")},
    Code.LOOKS_CHANGED: {"text_size": _words(*TEXT_SIZES), "colors": _words(*COLORS)},
    Code.SELF_TEST_FAILED: {"faults": _Number(0, 999)},
    Code.PRINT_FAILED: {"page": _PAGE, "reason": _words("no-printer", "no-answer", "refused")},
}
_OF_AN_EXCEPTION = frozenset({Code.UNCAUGHT, Code.PRINT_FAILED, Code.SEARCH_BROKEN, Code.PACK_BROKEN,
                              Code.COUNTERS_NOT_WRITTEN})
_LINE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}) ([a-z-]{1,40})"
                   r"(?: [^\n]{0,300}?)??(?: at=(yibao_desktop/[a-z_/]{1,80}\.py:[0-9]{1,5}))?")


@dataclass(frozen=True)
class LoggedError:
    """An error read back: when, which, and where in our code if that is known."""

    at: str
    """As the computer's clock had it, 2026-11-22T08:30:00."""
    code: Code
    place: str | None


def ids_of(pack: Pack) -> frozenset[str]:
    """Return the ids of a pack that may be logged: of questions, guides and needs."""
    questions = (question.id for wizard in ("sharing", "bill", "slip") for question in pack.flow(wizard).questions)
    return frozenset({*questions, *pack.guides, *(need.id for need in pack.needs)})


class EventLog:
    """The log of one station: one line an event, in one file of limited size and the one before it.

    A disk that is full or gone loses lines, never the program; the last errors are remembered all the same.
    """

    def __init__(
        self, file: Path, ids: Callable[[], Collection[str]], now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """``ids`` gives those of the pack that may be logged, see :func:`ids_of`; asked once, when first needed."""
        self._file, self._given_ids, self._now = file, ids, now
        self.failing = False
        """Whether the last line could not be written."""
        self._errors = deque(_read_errors(file), maxlen=ERRORS_KEPT)

    def write(self, code: Code, **fields: int | str) -> None:
        """Log an event.

        Raises:
            LogRefused: not a code, a field the code does not have, or a value the field does not take.
        """
        if type(code) is not Code:
            raise LogRefused("not a code of the log")
        known = _FIELDS.get(code, {})
        if not fields.keys() <= known.keys():
            raise LogRefused(f"{code.value} does not have such a field")
        if not all(self._fits(known[name], value) for name, value in fields.items()):
            raise LogRefused(f"{code.value} does not take such a value")
        self._append(code, "".join(f" {name}={fields[name]}" for name in known if name in fields), None)

    def failure(self, code: Code, error: BaseException) -> str:
        """Log what went wrong: the class of ``error`` and where in our code it arose, nothing of what it says.

        Returns its short code, see :func:`short_code`, which is in the log too.

        Raises:
            LogRefused: not a code for what goes wrong.
        """
        if type(code) is not Code or code not in _OF_AN_EXCEPTION:
            raise LogRefused("not a code for an exception")
        short = short_code(error)
        self._append(code, f" class={_class_name(type(error))} id={short}", _place(error))
        return short

    def last_errors(self) -> tuple[LoggedError, ...]:
        """Return the last 20 errors, the newest first, those of earlier starts too."""
        return tuple(reversed(self._errors))

    def _fits(self, field: _Field, value: object) -> bool:
        # Exactly these types: what merely behaves like a number or a text may print as something else.
        if isinstance(field, _Number):
            return type(value) is int and field.least <= value <= field.most
        if isinstance(field, _Word):
            return type(value) is str and value in field.words
        return type(value) is str and value in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        """The ids given, without what looks like a number of a person or is no id at all."""
        with contextlib.suppress(YibaoError):
            return frozenset(id_ for id_ in self._given_ids() if _ID.fullmatch(id_) and not _LONG_NUMBER.search(id_))
        return frozenset()

    def _append(self, code: Code, said: str, place: str | None) -> None:
        at = self._now().strftime("%Y-%m-%dT%H:%M:%S")
        if code in ERRORS:
            self._errors.append(LoggedError(at, code, place))
        where = f" at={place}" if place else ""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._make_room()
            with self._file.open("ab") as stream:
                # Where the power went in the middle of a line, the next one starts a line of its own.
                start = "\n" if _is_cut_short(self._file) else ""
                stream.write(f"{start}{at} {code.value}{said}{where}\n".encode("ascii"))
        except OSError:
            self.failing = True
        else:
            self.failing = False

    def _make_room(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            if self._file.stat().st_size >= MOST_BYTES:
                os.replace(self._file, _before(self._file))


def _before(file: Path) -> Path:
    return file.with_name(f"{file.name}.1")


def _is_cut_short(file: Path) -> bool:
    """Tell whether the last line of a file lacks its end."""
    with file.open("rb") as stream:
        if stream.seek(0, os.SEEK_END) == 0:
            return False
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) != b"\n"


def _read_errors(file: Path) -> list[LoggedError]:
    known = {code.value: code for code in ERRORS}
    errors: list[LoggedError] = []
    for part in (_before(file), file):
        with contextlib.suppress(OSError):
            with part.open("rb") as stream:
                # Never more than a log has: what lies there may be something else, and larger than memory.
                text = stream.read(2 * MOST_BYTES).decode("ascii", "replace")
            for line in text.splitlines():
                match = _LINE.fullmatch(line)
                if match and match[2] in known:
                    errors.append(LoggedError(match[1], known[match[2]], match[3]))
    return errors[-ERRORS_KEPT:]


# --- what is told of an exception -------------------------------------------------------------------


def short_code(error: BaseException) -> str:
    """Return four characters that are the same for the same fault, to be read out on the telephone: ``E-7F3A``."""
    what = f"{_class_name(type(error))} {_place(error)}"
    return f"E-{zlib.crc32(what.encode('ascii')) & 0xFFFF:04X}"


def _class_name(kind: type[BaseException]) -> str:
    """Return the name of the nearest class that Python or this program defines.

    A class made while running may be called anything, so only one that its module really holds is believed.
    """
    for ancestor in kind.__mro__:
        module = ancestor.__module__
        name = str(ancestor.__name__)
        ours = type(module) is str and (module == "builtins" or module.split(".")[0] == _PACKAGE)
        if ours and name.isascii() and getattr(sys.modules.get(module), name, None) is ancestor:
            return name
    return "BaseException"


def _place(error: BaseException) -> str | None:
    """Return the file and line of our code that was reached last, e.g. ``yibao_desktop/pack/store.py:120``."""
    place = None
    step = error.__traceback__
    while step is not None:
        name = _module_name(step.tb_frame)
        if name is not None:
            place = f"{name.replace('.', '/')}.py:{step.tb_lineno}"
        step = step.tb_next
    return place


def _module_name(frame: FrameType) -> str | None:
    """Return the frame's module if it is one of ours: not by the file's path, which may hold a user's name."""
    name = frame.f_globals.get("__name__")
    if type(name) is not str or name.split(".")[0] != _PACKAGE:
        return None
    module = sys.modules.get(name)
    # Code run by exec may claim any name.
    return name if module is not None and module.__dict__ is frame.f_globals else None
