"""The log cannot hold anything about a person, whatever is thrown at it."""

from __future__ import annotations

import os
import re
from datetime import datetime
from enum import Enum

import pytest

from yibao_desktop.errors import PackError, YibaoError
from yibao_desktop.money import parse_amount
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.station import event_log
from yibao_desktop.station.event_log import ERRORS, MOST_BYTES, Code, EventLog, LogRefused, ids_of

NOW = datetime(2027, 3, 1, 8, 30, 5)
LEAKS = ("张三", "zhangsan", "110101199003078888", "11010119900307888X", "/home/zhangsan/bill.pdf",
         r"C:\Users\zhangsan\医保", "12345.67", "13800138000", "want\n2027-01-01T00:00:00 uncaught", "")
IDS = ("want", "lost-card", "110101199003078888", "zhang san", "a" * 80)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "events.log"


@pytest.fixture
def log(file):
    return EventLog(file, lambda: IDS, lambda: NOW)


def everything_in(folder) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


def test_a_line_has_time_code_and_fields(log, file):
    log.write(Code.STARTED)
    log.write(Code.QUESTION_SHOWN, id="want", wizard="sharing")
    log.write(Code.WIZARD_LEFT, wizard="bill", step=3)
    assert file.read_text(encoding="ascii").splitlines() == [
        "2027-03-01T08:30:05 started",
        "2027-03-01T08:30:05 question-shown wizard=sharing id=want",
        "2027-03-01T08:30:05 wizard-left wizard=bill step=3",
    ]


# --- leaks ------------------------------------------------------------------------------------------

FIELDS = [(code, name) for code, fields in event_log._FIELDS.items() for name in fields]


class Text(str):
    """A text that says something else when it is printed."""

    __slots__ = ()

    def __format__(self, _spec: str) -> str:
        return "zhangsan"

    __str__ = __repr__ = lambda self: "zhangsan"


class Number(int):
    def __format__(self, _spec: str) -> str:
        return "zhangsan"

    __str__ = __repr__ = lambda self: "zhangsan"


@pytest.mark.parametrize(("code", "name"), FIELDS, ids=lambda value: getattr(value, "value", value))
def test_no_field_takes_what_is_not_in_its_list(log, tmp_path, code, name):
    odd = (*LEAKS, 138001, -1, 10**17, 12.5, True, None, b"want", ["want"], Text("want"), Text("home"), Number(3),
           object())
    for value in odd:
        with pytest.raises(LogRefused) as refused:
            log.write(code, **{name: value})
        assert not any(leak and leak in str(refused.value) for leak in LEAKS)
    assert everything_in(tmp_path) == ""


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.value)
def test_no_code_takes_a_field_it_does_not_have(log, tmp_path, code):
    for name in ("message", "text", "name", *(leak for leak in LEAKS if leak)):
        with pytest.raises(LogRefused) as refused:
            log.write(code, **{name: "want"})
        assert name not in str(refused.value)
    assert everything_in(tmp_path) == ""


@pytest.mark.parametrize("code", [*LEAKS, "started", None, 5, Enum("Code", {"张三": "zhangsan"})["张三"]])
def test_nothing_but_a_code_is_a_code(log, tmp_path, code):
    with pytest.raises(LogRefused):
        log.write(code)
    with pytest.raises(LogRefused):
        log.failure(code, ValueError("x"))
    assert everything_in(tmp_path) == ""


def test_ids_that_could_be_a_number_of_a_person_are_never_taken(log):
    log.write(Code.PAGE_OPENED, page="guide", id="lost-card")
    for id_ in IDS[2:]:
        with pytest.raises(LogRefused):
            log.write(Code.PAGE_OPENED, page="guide", id=id_)


def caught(raiser) -> BaseException:
    try:
        raiser()
    except BaseException as error:
        return error
    raise AssertionError("it did not raise")


def raise_it(error: BaseException):
    def raiser() -> None:
        raise error

    return raiser


def in_code_of(name: str, module: str):
    """An exception from code that says of itself that it is ``module`` in the file ``name``."""
    space = {"__name__": module}
    exec(compile("\n" * 4710 + "def go():\n    raise ValueError('zhangsan 12345.67')", name, "exec"), space)
    return space["go"]


NAMED = type("张三", (KeyError,), {})
CLAIMING = type("zhangsan", (OSError,), {"__module__": "builtins"})
CLAIMING_OURS = type("zhangsan", (YibaoError,), {"__module__": "yibao_desktop.errors"})


@pytest.mark.parametrize(("raiser", "kind"), [
    *((raise_it(ValueError(leak)), "ValueError") for leak in LEAKS),
    (raise_it(PackError([])), "PackError"),
    (raise_it(FileNotFoundError(2, "zhangsan", "/home/zhangsan/张三.pdf")), "FileNotFoundError"),
    (raise_it(NAMED("张三")), "KeyError"),
    (raise_it(CLAIMING("x")), "OSError"),
    (raise_it(CLAIMING_OURS("x")), "YibaoError"),
    (in_code_of("/home/zhangsan/x.py", "zhangsan"), "ValueError"),
    (in_code_of("/home/zhangsan/x.py", "yibao_desktop.zhangsan"), "ValueError"),
    (in_code_of("/home/zhangsan/x.py", "yibao_desktop.money"), "ValueError"),
])
def test_of_an_exception_only_its_known_class_is_told(log, tmp_path, file, raiser, kind):
    log.failure(Code.UNCAUGHT, caught(raiser))
    assert file.read_text(encoding="ascii").startswith(f"2027-03-01T08:30:05 uncaught class={kind} id=E-")
    assert not any(leak and leak in everything_in(tmp_path) for leak in LEAKS)


def test_where_it_arose_in_our_code_is_told(log, file):
    log.failure(Code.UNCAUGHT, caught(lambda: parse_amount("12345.67元张三")))
    line = file.read_text(encoding="ascii")
    assert re.search("class=AmountError id=E-[0-9A-F]{4} at=yibao_desktop/money.py:[0-9]+$", line)
    assert "12345" not in line
    assert log.last_errors()[0].place == line.split("at=")[1].strip()


def test_what_an_exception_came_from_is_not_told(log, file):
    def chain() -> None:
        try:
            raise KeyError("张三")
        except KeyError as error:
            raise ValueError("12345.67") from error

    log.failure(Code.UNCAUGHT, caught(chain))
    assert file.read_text(encoding="ascii").split(" ", 1)[1].startswith("uncaught class=ValueError id=E-")


def test_an_exception_needs_a_code_for_what_goes_wrong(log):
    with pytest.raises(LogRefused):
        log.failure(Code.STARTED, ValueError())


# --- reading back, size, disk -----------------------------------------------------------------------


def test_the_last_twenty_errors_come_back_newest_first_after_a_restart(log, file):
    for step in range(1, 13):
        log.write(Code.WIZARD_LEFT, wizard="bill", step=step)
        log.write(Code.PRINT_FAILED, page="bill", reason="no-answer")
        log.write(Code.DISK_LOW)
    log.failure(Code.UNCAUGHT, ValueError("x"))
    again = EventLog(file, lambda: IDS)
    errors = again.last_errors()
    assert errors == log.last_errors()
    assert len(errors) == 20
    assert [error.code for error in errors[:3]] == [Code.UNCAUGHT, Code.DISK_LOW, Code.PRINT_FAILED]


def test_what_somebody_wrote_into_the_log_is_not_read_back(file):
    file.parent.mkdir()
    file.write_bytes("""\
2027-03-01T08:30:05 zhangsan
张三 uncaught
2027-03-01T08:30:05 uncaught at=/home/zhangsan/x.py:5
2027-03-01T08:30:05 started
2027-03-01T08:30:05 disk-lo""".encode())
    errors = EventLog(file, lambda: IDS).last_errors()
    assert [(error.code, error.place) for error in errors] == [(Code.UNCAUGHT, None)]


def test_a_line_cut_short_by_a_power_cut_does_not_spoil_the_next(log, file):
    file.parent.mkdir()
    file.write_bytes(b"2027-03-01T08:30:05 disk-l")
    log.write(Code.DISK_LOW)
    assert file.read_bytes().splitlines()[1] == b"2027-03-01T08:30:05 disk-low"
    assert len(EventLog(file, lambda: IDS).last_errors()) == 1


def test_the_log_does_not_grow_beyond_two_files(log, file):
    file.parent.mkdir()
    file.write_bytes(b"2027-03-01T08:30:05 disk-low\n" * (MOST_BYTES // 29 + 1))
    log.write(Code.CLOCK_WRONG)
    assert sorted(os.listdir(file.parent)) == ["events.log", "events.log.1"]
    assert file.stat().st_size < 100
    assert [error.code for error in EventLog(file, lambda: IDS).last_errors()][:2] == [Code.CLOCK_WRONG, Code.DISK_LOW]
    file.write_bytes(b"x" * MOST_BYTES)
    log.write(Code.CLOCK_WRONG)
    assert sorted(os.listdir(file.parent)) == ["events.log", "events.log.1"]


def test_where_nothing_can_be_written_the_last_errors_are_remembered(tmp_path):
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    log = EventLog(tmp_path / "state" / "events.log", lambda: IDS)
    log.write(Code.DISK_LOW)
    assert log.failing
    assert [error.code for error in log.last_errors()] == [Code.DISK_LOW]


def test_a_pack_that_cannot_be_read_only_means_that_no_id_is_taken(file):
    def broken() -> frozenset[str]:
        raise PackError([])

    log = EventLog(file, broken, lambda: NOW)
    log.write(Code.PAGE_OPENED, page="guide")
    with pytest.raises(LogRefused):
        log.write(Code.PAGE_OPENED, page="guide", id="lost-card")


def test_questions_guides_and_needs_of_the_pack_may_be_logged(file):
    pack = Pack(CONTENT)
    log = EventLog(file, lambda: ids_of(pack))
    questions = [question.id for wizard in ("sharing", "bill", "slip") for question in pack.flow(wizard).questions]
    for id_ in (*questions, *pack.guides, *(need.id for need in pack.needs)):
        log.write(Code.PAGE_OPENED, id=id_)
    assert len(file.read_text(encoding="ascii").splitlines()) > 50


def test_every_error_is_a_code():
    assert set(Code) > ERRORS
