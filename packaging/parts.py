"""Which parts go into the bundle. What is left out here must not be used by the program: tests/packaging holds that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from yibao_desktop.station.self_test import NETWORK_MODULES

Entry = tuple[str, str, str]
"""What PyInstaller collects: the path in the folder, the file it comes from, and its kind."""

QT_MODULES = frozenset({"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtTextToSpeech"})
"""The modules of Qt that the program imports."""
QT_LINKED = {"QtMultimedia": "QtTextToSpeech"}
"""Modules that another one loads by itself, and which one."""
QT_LEFT_OUT = tuple(f"PySide6.{name}" for name in ("QtDBus", "QtNetwork", "QtOpenGL", "QtOpenGLWidgets", "QtQml",
                                                    "QtQuick", "QtTest", "QtXml"))

MODULES_LEFT_OUT = ("tkinter", "pytest", "setuptools", "pip", "numpy", "pdb", "doctest", "unittest", "pydoc", "sqlite3",
                    "curses", "readline", "attr", "attrs", "typing_extensions", "tomli_w",
                    "_socket", "_ssl", *sorted(NETWORK_MODULES), *QT_LEFT_OUT)
"""What could reach a network is among them, so that nothing in the bundle can load it by mistake."""

PACKAGES = frozenset({"yibao_desktop", "PySide6", "shiboken6", "yaml", "_yaml", "msgspec", "platformdirs", "segno"})
"""What does not come with Python. The environment may hold more, for the tests, and the bundle must not follow it."""

LINUX_PLUGINS = frozenset({
    "platforms/libqxcb.so", "platforms/libqoffscreen.so", "platforms/libqwayland-generic.so",
    "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libadwaita.so", "wayland-decoration-client/libbradient.so",
    "imageformats/libqsvg.so", "iconengines/libqsvgicon.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platformthemes/libqxdgdesktopportal.so",
    "printsupport/libcupsprintersupport.so",
    "texttospeech/libqtexttospeech_speechd.so",
})
"""Of Qt's plugins only these are taken along; each left out saves the libraries it alone needs."""
_OTHER_PLUGINS = re.compile(
    r"platforms/(lib)?q(windows|offscreen|cocoa)\."
    r"|imageformats/(lib)?qsvg\."
    r"|iconengines/"
    r"|printsupport/"
    r"|styles/"
    r"|texttospeech/(lib)?qtexttospeech_(?!mock)"
)
"""Those of Windows and macOS, where the bundle has not been tried."""
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
    r"lib(pulse|pulse-simple|pulsecommon-[\d.]+|speechd|sndfile|asyncns|FLAC|mp3lame|mpg123|opus|ogg|vorbis|vorbisenc"
    r"|cups|avahi-client|avahi-common|gssapi_krb5|dbus-1|systemd|fontconfig|freetype|png16)\.so"
)
TARGETS_OWN = frozenset({
    # glibc
    "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0",
    "libresolv.so.2", "librt.so.1", "libutil.so.1",
    # the screen and its driver
    "libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libOpenGL.so.0", "libxcb.so.1",
    "libwayland-client.so.0", "libwayland-cursor.so.0",
    # the desktop's bus and fonts: these must match its service and its settings, and a newer Debian's ask for a newer
    # glibc than Qt does
    "libdbus-1.so.3", "libfontconfig.so.1", "libfreetype.so.6",
    # printing and speech; without them all else works
    "libcups.so.2", "libgssapi_krb5.so.2", "libpulse.so.0", "libspeechd.so.2",
})
"""Libraries that a Linux computer has to have by itself."""
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
        plugin = name.split("/plugins/")[1]
        return plugin in LINUX_PLUGINS if plugin.endswith(".so") else bool(_OTHER_PLUGINS.match(plugin))
    return True


def strangers(modules: Iterable[Entry]) -> set[str]:
    """Return the packages among the collected modules that come from an environment's packages and are not wanted."""
    installed = {name.split(".")[0] for name, source, _ in modules if "site-packages" in source}
    return installed - PACKAGES - {"_pyi_rth_utils"}


def plugins_missing(names: Iterable[str]) -> set[str]:
    """Return the plugins that ought to be among the files of these names on Linux, and are not."""
    there = set(names)
    return {plugin for plugin in LINUX_PLUGINS if f"PySide6/Qt/plugins/{plugin}" not in there}


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
