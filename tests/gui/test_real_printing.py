"""Printing on a real print server: sheets that arrive, queues that stop, go or never answer.

Debian's cups packages give it (packaging/dev.py installs them where it may). It is a server of this test's own,
on a socket of its own; its one kind of printer puts what it gets into a file.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from yibao_desktop.paper.blocks import Footer, Paragraph, Sheet
from yibao_desktop.ui import tour
from yibao_desktop.ui.child_process import own_command
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.widgets.qr import QrCode

MUST_PRINT = os.environ.get("YIBAO_MUST_PRINT") == "1"
PATIENCE = 60_000
"""Milliseconds."""
FOOTER = Footer("北京市", "内容包", "仅供参考")
SHEET = Sheet("医保报销估算", (Paragraph("预计您自己付八千五百八十五元五角。"),), FOOTER)
LONG = Sheet("小票", tuple(Paragraph(f"第{number}句话，说得长一点，好占满几行。") for number in range(60)), FOOTER)
HALL = "大厅"
PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
TOOLS = ("cupsd", "lpadmin", "lpstat", "cupsdisable", "cupsreject")


def missing() -> str:
    """Say what is not installed, if anything."""
    if not sys.platform.startswith("linux"):
        return "cups of Debian is for Linux"
    gone = [tool for tool in TOOLS if shutil.which(tool, path=PATH) is None]
    return " ".join(gone) + " not installed (cups-daemon, cups-client)" if gone else ""


WHY_NOT = missing()
pytestmark = pytest.mark.skipif(bool(WHY_NOT) and not MUST_PRINT, reason=f"no print server here: {WHY_NOT}")

SETTINGS = """
Listen {socket}
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobFiles No
LogLevel debug
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""
FILES = """
ServerBin {folder}/bin
ServerRoot {folder}/etc
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/run
ErrorLog {folder}/error.log
AccessLog {folder}/access.log
PageLog {folder}/page.log
"""
PRINTER = """#!/bin/sh
# Called without arguments it is asked which printers it sees; with five the job stands in the standard input.
[ $# -ge 5 ] || exit 0
cat ${6+"$6"} > "${DEVICE_URI#paper:}.part" && mv "${DEVICE_URI#paper:}.part" "${DEVICE_URI#paper:}"
"""
ONLY_A4 = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "A4.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test A4"
*ShortNickName: "Test A4"
*NickName: "Test A4"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsVersion: 1.0
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "12 12 583 830"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
"""


class Server:
    """A print server of our own, and what comes out of its printers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "s"
        for name in ("etc/ppd", "spool/tmp", "cache", "run", "bin/backend", "out"):
            (folder / name).mkdir(parents=True)
        for name in ("daemon", "filter", "monitor", "notifier", "driver", "cgi-bin"):
            (folder / "bin" / name).symlink_to(f"/usr/lib/cups/{name}")
        backend = folder / "bin/backend/paper"
        backend.write_text(PRINTER, encoding="utf-8")
        # Nobody else may write or even read it: the server starts it as the user it runs as.
        backend.chmod(0o700)
        (folder / "cupsd.conf").write_text(SETTINGS.format(socket=self.socket), encoding="utf-8")
        (folder / "cups-files.conf").write_text(FILES.format(folder=folder), encoding="utf-8")
        # AppArmor would keep the one in /usr/sbin out of our folder.
        program = shutil.copy2(shutil.which("cupsd", path=PATH) or "", folder / "cupsd")
        self._process = subprocess.Popen(
            [program, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answers(self) -> bool:
        return self.socket.exists() and "is running" in self.run("lpstat", "-r")

    def run(self, tool: str, *arguments: str) -> str:
        done = subprocess.run([shutil.which(tool, path=PATH), *arguments], capture_output=True, encoding="utf-8",
                              timeout=60, check=False)
        assert done.returncode == 0, (tool, done.stdout, done.stderr)
        return done.stdout

    def add(self, name: str = HALL, *options: str) -> Path:
        """Add a printer; returns the file its paper is."""
        file = self.folder / "out" / f"{len(list(self.folder.glob('out/*.uri')))}"
        file.with_suffix(".uri").touch()
        self.run("lpadmin", "-p", name, "-E", "-v", f"paper:{file}", *options)
        return file

    def waiting(self) -> list[str]:
        """The jobs that have not come out."""
        return self.run("lpstat", "-o").splitlines()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.terminate()
        self._process.wait(20)


@pytest.fixture
def temp(tmp_path, monkeypatch):
    """Where the program's processes put what they keep for a moment."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def server(tmp_path, temp, monkeypatch, qtbot):
    server = Server(tmp_path / "cups")
    monkeypatch.setenv("CUPS_SERVER", str(server.socket))
    # Printers of the network this machine is in do not belong here.
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    qtbot.waitUntil(server.answers, timeout=PATIENCE)
    yield server
    server.close()


@pytest.fixture
def printing(qtbot, dressed, server, temp):
    printing = Printing()
    yield printing
    printing.end()
    assert list(temp.iterdir()) == [], "a sheet is left behind"


def look(qtbot, printing: Printing) -> tuple[str, ...]:
    printing.look()
    qtbot.waitUntil(lambda: printing.state == "ready", timeout=PATIENCE)
    return printing.names


def send(qtbot, printing: Printing, sheet: Sheet = SHEET, paper: str = "a4", name: str = HALL) -> str:
    printing.send(sheet, paper, name)
    qtbot.waitUntil(lambda: printing.state != "sending", timeout=PATIENCE)
    return printing.state


def pages(file: Path) -> list[tuple[int, str]]:
    """Width in millimetres and words of every page, without the spaces and line ends that pdfium guesses."""
    document = pypdfium2.PdfDocument(file)
    found = [(round(page.get_width() / 72 * 25.4), "".join(page.get_textpage().get_text_range().split()))
             for page in document]
    document.close()
    return found


def left_edge(file: Path) -> float:
    """Return how far from the left the first letter stands, in millimetres."""
    document = pypdfium2.PdfDocument(file)
    left = document[0].get_textpage().get_charbox(0)[0]
    document.close()
    return left / 72 * 25.4


# --- a printer that prints


def test_the_words_of_a_sheet_come_out_and_nothing_of_it_stays(qtbot, server, printing):
    paper = server.add()
    assert look(qtbot, printing) == (HALL,)
    assert printing.usual == HALL
    assert send(qtbot, printing) == "sent"
    qtbot.waitUntil(paper.exists, timeout=PATIENCE)
    [(width, words)] = pages(paper)
    assert width == 210
    assert "医保报销估算" in words
    assert "预计您自己付八千五百八十五元五角。" in words
    qtbot.waitUntil(lambda: server.waiting() == [], timeout=PATIENCE)


def test_of_several_printers_the_systems_own_is_the_usual_one(qtbot, server, printing):
    server.add("a")
    server.add("b")
    server.add("Print_to_PDF")
    assert look(qtbot, printing) == ("a", "b")
    assert printing.usual == ""
    server.run("lpadmin", "-d", "b")
    look(qtbot, printing)
    assert printing.usual == "b"


def test_a_strip_is_as_wide_as_the_roll_where_the_printer_takes_it(qtbot, server, printing):
    paper = server.add()
    assert send(qtbot, printing, LONG, "receipt") == "sent"
    qtbot.waitUntil(paper.exists, timeout=PATIENCE)
    [(width, words)] = pages(paper)
    assert width == 80
    assert "第59句话" in words


def test_a_strip_for_a_printer_with_nothing_but_a4_comes_out_whole(qtbot, server, printing, tmp_path):
    description = tmp_path / "a4.ppd"
    description.write_text(ONLY_A4, encoding="ascii")
    paper = server.add(HALL, "-P", str(description))
    assert send(qtbot, printing, LONG, "receipt") == "sent"
    qtbot.waitUntil(paper.exists, timeout=PATIENCE)
    found = pages(paper)
    assert {width for width, _ in found} == {210}
    words = "".join(words for _, words in found)
    assert [number for number in range(60) if f"第{number}句话" not in words] == []
    # An office printer leaves 4 to 6 mm at the edges white, a roll printer less.
    assert left_edge(paper) >= 10


# --- one that does not


@pytest.mark.parametrize("tool", ["cupsdisable", "cupsreject"], ids=["paused", "takes no jobs"])
def test_a_queue_that_is_switched_off_refuses_and_keeps_nothing_for_the_next_person(qtbot, server, printing, tool):
    paper = server.add()
    look(qtbot, printing)
    server.run(tool, HALL)
    assert send(qtbot, printing) == "refused"
    assert server.waiting() == []
    assert list((server.folder / "spool").glob("d*")) == []
    assert not paper.exists()


def test_a_queue_that_is_switched_on_again_prints(qtbot, server, printing):
    paper = server.add()
    server.run("cupsdisable", HALL)
    assert send(qtbot, printing) == "refused"
    server.run("cupsenable", HALL)
    assert send(qtbot, printing) == "sent"
    qtbot.waitUntil(paper.exists, timeout=PATIENCE)


def test_a_queue_that_went_after_it_was_listed_is_unknown(qtbot, server, printing):
    server.add()
    assert look(qtbot, printing) == (HALL,)
    server.run("lpadmin", "-x", HALL)
    assert send(qtbot, printing) == "unknown"


def test_with_the_server_down_there_are_no_printers_and_none_is_known(qtbot, server, printing):
    server.add()
    assert look(qtbot, printing) == (HALL,)
    server.close()
    assert send(qtbot, printing) == "unknown"
    assert look(qtbot, printing) == ()


def test_a_server_that_does_not_answer_is_given_up(qtbot, dressed, server, temp):
    server.add()
    printing = Printing(patience=3000)
    server.freeze()
    assert send(qtbot, printing) == "silent"
    printing.end()
    assert list(temp.iterdir()) == []


# --- in the window


@pytest.fixture
def kiosk(qtbot, make_window, make_hand, server):
    """A kiosk at an estimate that is to be printed."""
    server.add()
    hand = make_hand(make_window("kiosk", (1080, 1920)))
    next(stop for stop in tour.stops() if stop.id == "bill-result").show(hand.window)
    hand.window.printing = Printing(hand.window)
    hand.press("take-away")
    yield hand
    hand.window.printing.end()


def to_print(qtbot, hand) -> None:
    hand.press("take-print")
    qtbot.waitUntil(lambda: hand.window.printing.state == "ready", timeout=PATIENCE)


def print_there(qtbot, hand) -> None:
    hand.press("take-away-next")
    qtbot.waitUntil(lambda: hand.window.printing.state != "sending", timeout=PATIENCE)


def test_a_kiosk_prints_the_estimate_it_shows(qtbot, kiosk, server):
    to_print(qtbot, kiosk)
    print_there(qtbot, kiosk)
    assert "已经送去打印" in kiosk.texts()
    paper = server.folder / "out/0"
    qtbot.waitUntil(paper.exists, timeout=PATIENCE)
    [(width, words)] = pages(paper)
    assert width == 80
    assert "医保报销估算" in words
    assert "您付现金" in words


@pytest.mark.parametrize(("tool", "arguments", "said"), [
    ("cupsdisable", (HALL,), "打印机没有接这份打印"),
    ("cupsreject", (HALL,), "打印机没有接这份打印"),
    ("lpadmin", ("-x", HALL), "系统里没有这台打印机了"),
])
def test_a_kiosk_says_what_happened_and_offers_the_other_way(qtbot, kiosk, server, tool, arguments, said):
    to_print(qtbot, kiosk)
    server.run(tool, *arguments)
    print_there(qtbot, kiosk)
    assert said in kiosk.texts()
    assert "已经送去打印" not in kiosk.texts()
    kiosk.press("instead-codes")
    assert kiosk.find("text-code", QrCode).text


def test_a_kiosk_without_its_print_server_offers_the_other_way(qtbot, kiosk, server):
    qtbot.waitUntil(lambda: kiosk.window.printing.state == "ready", timeout=PATIENCE)
    server.close()
    kiosk.window.printing.look()
    to_print(qtbot, kiosk)
    qtbot.waitUntil(lambda: kiosk.window.printing.state == "ready", timeout=PATIENCE)
    assert "没有找到打印机" in kiosk.texts()
    assert not kiosk.find("take-away-next").isEnabled()
    kiosk.press("instead-codes")
    assert kiosk.find("text-code", QrCode).text


def test_the_process_that_lists_says_nothing_else(server):
    server.add()
    done = subprocess.run(own_command("--printing", "list"), capture_output=True, timeout=60, check=True)
    assert json.loads(done.stdout) == {"names": [HALL], "default": ""}
