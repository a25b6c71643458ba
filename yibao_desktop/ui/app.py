"""Starts the window: arguments, font, language, theme, pack."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QMessageLogContext, QSize, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QMainWindow

from yibao_desktop import __version__
from yibao_desktop.errors import YibaoError
from yibao_desktop.memory import Kept, Memory, usual_file
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import COLORS, LANGUAGES, PROFILES, TEXT_SIZES, Language, Paper, Profile
from yibao_desktop.station.exit_codes import ExitCode
from yibao_desktop.station.folder import usual_folder
from yibao_desktop.ui import screen_reader
from yibao_desktop.ui.language import speak, tr
from yibao_desktop.ui.station.failures import Failures
from yibao_desktop.ui.theme import Theme, load_fonts
from yibao_desktop.ui.widgets.double_taps import double_taps
from yibao_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from yibao_desktop.station.running import Station

QT_ARGUMENTS = ("-style", "Fusion")
"""What Qt is told when the application is made. Set later, the style would become a Python object, and that needs
hundreds of names to be made."""
USUAL_SIZE = (1280, 800)
SECOND_START_TOLD_FOR = 30
"""Seconds: a launcher that waits for the second start must not wait for somebody to read."""
LOOK_FOR_VOICE_AFTER = 1000
"""Milliseconds after the window is shown."""


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or draw the tour; returns the program's exit code, see ``ExitCode``."""
    _open_missing_streams()
    arguments = _parser().parse_args(argv)
    if arguments.tour is not None or arguments.self_test is not None:
        # Neither needs a screen, and both must be the same on every machine.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_pass_on)
    if arguments.speaking:
        from yibao_desktop.ui.voice_engine import speak_from_input

        return speak_from_input()
    app = QApplication([*sys.argv[:1], *QT_ARGUMENTS])
    dress(app)
    if arguments.printing is not None:
        from yibao_desktop.ui.output.printers import list_printers, print_from_input

        return list_printers() if arguments.printing == "list" else print_from_input(arguments.printer, arguments.paper)
    if arguments.self_test is not None:
        from yibao_desktop.ui.window_test import run_window_test

        return run_window_test(arguments.self_test, arguments.pack)
    profile, instance = PROFILES[arguments.profile], None
    if arguments.station is not None:
        # What only a station needs is not waited for at home.
        from yibao_desktop.station.instance import Instance
        from yibao_desktop.station.running import open_station
        from yibao_desktop.station.settings_file import profile_of, read_settings

        try:
            profile = profile_of(read_settings(arguments.station, Pack(arguments.pack).regions))
        except YibaoError as error:
            if arguments.tour is not None:
                print(error, file=sys.stderr)
                return ExitCode.FAULT
            return _tell_and_end(app, _about_settings(str(error)), ExitCode.FAULT)
        if arguments.tour is None:
            instance = Instance(arguments.state)
            if not instance.take():
                return _tell_and_end(app, _about_another(), ExitCode.ALREADY_RUNNING, SECOND_START_TOLD_FOR)
    memory = Memory(usual_file()) if profile.remembers and arguments.tour is None else None
    kept = memory.kept if memory is not None else Kept()
    language = arguments.language or kept.language or profile.language
    speak(language)
    try:
        theme = Theme(arguments.text_size or kept.text_size or profile.text_size,
                      arguments.theme or kept.colors or profile.colors, _least_target(app, profile, arguments))
    except YibaoError as error:
        # Without colours there is nothing to say it in but this.
        print(error, file=sys.stderr)
        return ExitCode.FAULT
    theme.apply()
    if arguments.tour is not None:
        from yibao_desktop.ui.tour import draw_tour

        try:
            size = arguments.size or USUAL_SIZE
            pack = Pack(arguments.pack, language)
            return draw_tour(Path(arguments.tour), pack, theme, profile, size, arguments.only)
        except YibaoError as error:
            print(error, file=sys.stderr)
            return 1
    window = make_window(arguments.pack, theme, profile, memory, language)
    if profile.full_screen:
        # Where no window manager makes it full, it is at least as large as the screen.
        window.resize(app.primaryScreen().size())
        window.showFullScreen()
    else:
        wanted = arguments.size or kept.window or USUAL_SIZE
        window.resize(app.primaryScreen().availableSize().boundedTo(QSize(*wanted)))
        window.show()
    if isinstance(window, MainWindow):
        window.session.watch()
        double_taps.watch()
        # Well after the first picture: finding a voice must not take the processor away from it.
        QTimer.singleShot(LOOK_FOR_VOICE_AFTER, window, window.voice.look)
        app.aboutToQuit.connect(window.voice.close)
        app.aboutToQuit.connect(window.printing.end)
        station = open_station(arguments.state, profile, window.pack) if arguments.station is not None else None
        _watch_over(app, window, station)
    code = app.exec()
    if instance is not None:
        instance.release()
    return code if isinstance(window, MainWindow) else ExitCode.FAULT


def _least_target(app: QApplication, profile: Profile, arguments: argparse.Namespace) -> int:
    if profile.screen is None:
        return 0
    # Only a station has a measured screen.
    from yibao_desktop.station.screen import drawn_target

    whole = app.primaryScreen().size()
    drawn_on = arguments.size if arguments.tour is not None and arguments.size else (whole.width(), whole.height())
    return drawn_target(profile.screen, *drawn_on)


def _watch_over(app: QApplication, window: MainWindow, station: Station | None) -> None:
    """Take what goes wrong; for a station also count, log and keep the door."""
    failures = Failures(window, station.log if station is not None else None)
    failures.install()
    app.aboutToQuit.connect(failures.uninstall)
    if station is not None:
        from yibao_desktop.ui.station.door import Door, ScreenFollower
        from yibao_desktop.ui.station.recorder import Recorder

        door, recorder = Door(window, station), Recorder(window, station)
        app.aboutToQuit.connect(door.testing.stop)
        app.aboutToQuit.connect(recorder.end)
        if window.profile.full_screen:
            ScreenFollower(window)


def _open_missing_streams() -> None:
    """Give standard input and output a place where a launcher closed them.

    Otherwise the next file to be opened, such as the lock, takes their number, and whatever prints, prints into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _about_settings(details: str) -> tuple[str, str, str]:
    return tr("设置文件要改"), tr("程序没有打开。请维护人员照下面的说明改好设置文件，再打开一次。"), details


def _about_another() -> tuple[str, str, str]:
    return tr("医保帮手已经开着了"), tr("不用再开一个。请用开着的那一个；找不到它时，请重新启动电脑。"), ""


def _tell_and_end(app: QApplication, told: tuple[str, str, str], code: ExitCode, seconds: int | None = None) -> int:
    """Say in a plain window why the program does not open; after ``seconds`` it goes by itself. Returns ``code``."""
    theme = Theme()
    theme.apply()
    print(*filter(None, told), sep="\n", file=sys.stderr)
    window = _message_window(theme, *told)
    window.resize(app.primaryScreen().availableSize().boundedTo(QSize(*USUAL_SIZE)))
    window.show()
    if seconds is not None:
        QTimer.singleShot(seconds * 1000, window, window.close)
    app.exec()
    return code


def _message_window(theme: Theme, headline: str, text: str, details: str) -> QMainWindow:
    from yibao_desktop.ui.pages.message import MessagePage

    window = QMainWindow()
    window.setWindowTitle(tr("医保帮手"))
    page = MessagePage(theme, headline, text, details, tr("关闭"))
    page.went_on.connect(window.close)
    window.setCentralWidget(page)
    return window


def _pass_on(_type: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Let Qt speak, but for the one thing the offscreen platform says of every window."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)


def make_window(
    root: Path, theme: Theme, profile: Profile, memory: Memory | None = None, language: Language = "zh"
) -> QMainWindow:
    """Return the main window, or one that says in words why the pack cannot be used."""
    try:
        return MainWindow(theme, Pack(root, language), profile, memory=memory)
    except YibaoError as error:
        return _message_window(
            theme, tr("内容包读不出来"),
            tr("程序本身没有坏，是里面的资料文件缺了或坏了。请重新安装，或把下面的话告诉维护人员。"), str(error),
        )


def dress(app: QApplication) -> None:
    """Give the application, made with ``QT_ARGUMENTS``, its name, font and Qt's own words in Chinese."""
    app.setApplicationName("yibao-desktop")
    app.setApplicationVersion(__version__)
    screen_reader.install()
    load_fonts()
    app.setFont(QFont("Noto Sans SC"))
    speak("zh")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yibao-desktop", description="医保帮手：家庭共济、账单核对、查询渠道。")
    parser.add_argument("--version", action="version", version=f"yibao-desktop {__version__}")
    parser.add_argument("--pack", type=Path, default=CONTENT, help="用另一个内容包文件夹")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="desktop", help="在哪里用")
    parser.add_argument("--station", type=Path, metavar="文件", help="自助机或工作人员电脑的设置文件，代替 --profile")
    parser.add_argument("--state", type=Path, metavar="文件夹", default=usual_folder(), help="计数和日志放在哪里")
    parser.add_argument("--text-size", choices=TEXT_SIZES, help="字号")
    parser.add_argument("--theme", choices=COLORS, help="颜色：浅色、深色、高对比")
    parser.add_argument("--language", choices=LANGUAGES, help="语言：中文、英文")
    parser.add_argument("--size", type=_size, metavar="宽x高", help="窗口大小")
    parser.add_argument("--tour", metavar="文件夹", help="不开窗口，把每一页画成图片放进这个文件夹")
    parser.add_argument("--only", metavar="页名", help="只画这一页")
    # The window's half of `yibao-pack self-test`, which starts it (see window_test.py).
    parser.add_argument("--self-test", type=Path, help=argparse.SUPPRESS)
    # How the window starts itself anew as the process that prints (see output/printing.py).
    parser.add_argument("--printing", choices=("list", "print"), help=argparse.SUPPRESS)
    # How the window starts itself anew as the process that speaks (see voice.py).
    parser.add_argument("--speaking", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--printer", default="", help=argparse.SUPPRESS)
    parser.add_argument("--paper", choices=get_args(Paper), default="a4", help=argparse.SUPPRESS)
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()) or not (320 <= int(width) <= 8000 and 320 <= int(height) <= 8000):
        raise argparse.ArgumentTypeError(f"窗口大小要写成 1280x800 这样，收到的是“{text}”。")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main())
