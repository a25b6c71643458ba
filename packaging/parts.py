"""Which parts go into the bundle. What is left out here must not be used by the program: tests/packaging holds that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""What PyInstaller collects: the path in the folder, the file it comes from, and its kind."""

QT_MODULES = frozenset({"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtTextToSpeech"})
"""The modules of Qt that the program imports."""
QT_LINKED = {"QtMultimedia": "QtTextToSpeech"}
"""Modules that another one loads by itself, and which one."""
QT_LEFT_OUT = tuple(f"PySide6.{name}" for name in ("QtDBus", "QtNetwork", "QtOpenGL", "QtOpenGLWidgets", "QtQml",
                                                    "QtQuick", "QtTest", "QtXml"))

NETWORK = ("ssl", "_ssl", "http", "urllib.request", "urllib.error", "urllib.response", "urllib.robotparser", "ftplib",
           "smtplib", "imaplib", "poplib", "nntplib", "telnetlib", "xmlrpc", "socketserver", "asyncio", "webbrowser")
"""What could reach a network: not in the bundle, so that nothing there can load it by mistake."""
MODULES_LEFT_OUT = ("tkinter", "pytest", "setuptools", "pip", "numpy", "pdb", "doctest", "unittest", "pydoc", "sqlite3",
                    "curses", "readline", *NETWORK, *QT_LEFT_OUT)

# Of Qt's plugins only these are taken along; each left out saves the libraries it alone needs.
_PLUGINS = re.compile(
    r"platforms/(lib)?q(xcb|offscreen|wayland-generic|windows|cocoa)\."
    r"|wayland-shell-integration/libxdg-shell\."
    r"|wayland-decoration-client/"
    r"|imageformats/(lib)?qsvg\."
    r"|iconengines/"
    r"|platforminputcontexts/lib(compose|ibus)platforminputcontextplugin\."
    r"|platformthemes/libqxdgdesktopportal\."
    r"|printsupport/"
    r"|styles/"
    r"|texttospeech/(lib)?qtexttospeech_(?!mock)"
)
# Libraries of Qt parts that the program does not use, for systems where links are not followed (see `reachable`).
# VirtualKeyboard is also under another licence (GPL). Network stays only because TextToSpeech and Multimedia link it;
# Multimedia's own codecs are not needed to speak.
_LEFT_OUT = re.compile(
    r"Qt6?(Qml|Quick|VirtualKeyboard|Pdf|LabsAnimation|LabsFolder|ShaderTools|Test|MultimediaWidgets|FFmpegStub|OpenGL"
    r"|EglF[Ss])|opengl32sw|d3dcompiler"
)
_CODECS = re.compile(r"(lib)?(avcodec|avformat|avutil|swresample|swscale)[-.]")
# Of sound, speech and printing the target computer's own is used: the client must match its service. Kerberos is
# linked by Qt's network library, which is there for speech only.
OF_THE_SYSTEM = re.compile(
    r"lib(pulse|speechd|sndfile|asyncns|FLAC|mp3lame|mpg123|opus|ogg|vorbis|cups|avahi|gssapi_krb5)"
)
_TRANSLATIONS = re.compile(r"translations/(qtbase_zh_CN|qtbase_en)\.qm$")
# What only those who change the program need, and the licences, which build.py puts where they are seen.
_SOURCES = re.compile(r"resources/translations/.*\.ts$|(^|/)__pycache__/|resources/licenses/")

_LIBRARY = re.compile(r"lib(?!python)[^/]*\.so(\.|$)")
_LIBRARY_FOLDERS = ("", "PySide6", "PySide6/Qt/lib", "shiboken6")


def is_kept(name: str) -> bool:
    """Tell whether the file of this name in the folder is wanted, whoever links it."""
    name = name.replace("\\", "/")
    file = name.rsplit("/", 1)[-1]
    if OF_THE_SYSTEM.match(file) or _CODECS.match(file) or _SOURCES.search(name):
        return False
    if "PySide6" not in name and "Qt" not in name:
        return True
    if "virtualkeyboard" in name.lower() or _LEFT_OUT.search(name):
        return False
    if "/translations/" in name:
        return bool(_TRANSLATIONS.search(name))
    if "/plugins/" in name:
        return bool(_PLUGINS.search(name.split("/plugins/")[1]))
    return True


def is_library(name: str) -> bool:
    """Tell whether a file is there only for others to link: a Linux library that is neither module nor plugin."""
    path = PurePosixPath(name)
    folder = "" if path.parent == PurePosixPath(".") else path.parent.as_posix()
    return folder in _LIBRARY_FOLDERS and bool(_LIBRARY.match(path.name)) and not path.name.startswith("libqt")


def reachable(entries: Iterable[Entry], links: Callable[[str], set[str]]) -> list[Entry]:
    """Leave out the libraries that nothing kept links, such as all of GTK once its plugin is gone.

    ``links`` gives the names of the libraries that the file at a path needs.
    """
    entries = list(entries)
    sources = {PurePosixPath(name).name: source for name, source, kind in entries
               if is_library(name) and kind != "SYMLINK"}
    ahead = [source for name, source, kind in entries if kind in ("BINARY", "EXTENSION") and not is_library(name)]
    found: set[str] = set()
    while ahead:
        for name in links(ahead.pop()) - found:
            if name in sources:
                found.add(name)
                ahead.append(sources[name])
    return [entry for entry in entries if not is_library(entry[0]) or PurePosixPath(entry[0]).name in found]
