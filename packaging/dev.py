"""Start the program, run its tests or build the bundle from a plain checkout.

    python3 packaging/dev.py start [options of the window]
    python3 packaging/dev.py test  [options of pytest]
    python3 packaging/dev.py pack  [arguments of yibao-pack]
    python3 packaging/dev.py build

Only the standard library, because it runs before anything is installed. It keeps everything in `.venv`
beside the sources. The syntax stays readable for Python 3.6, so that an old Python gets the sentence
below instead of a SyntaxError; nothing else here works before 3.10.
"""

import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 10):  # noqa: UP036  the one place an older Python is expected
    sys.stderr.write(
        "医保帮手需要 Python 3.10 或更新的版本，这里是 {0}.{1}。"
        " (Python 3.10 or newer is needed, this is {0}.{1}.)\n".format(*sys.version_info)
    )
    sys.exit(2)

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
VENV = ROOT / ".venv"
TOUR = ROOT / "tour"

# The locks each use needs, in the order they are installed. All agree on the versions they share.
LOCKS = {
    "start": ["requirements.lock"],
    "pack": ["requirements.lock"],
    "test": ["requirements.lock", "requirements-test.lock", "requirements-voice.lock"],
    "build": ["requirements.lock", "requirements-bundle.lock", "requirements-voice.lock"],
}
# `start` gets along without it: it is 167 MB, and only pages read aloud are missed.
VOICE_LOCK = "requirements-voice.lock"
# Over all cores, and whoever is done helps the others: a few tests take minutes, thousands take none.
WHOLE_SUITE = ["-n", "auto", "--dist", "worksteal"]
# What the test that really speaks needs: an engine with a Chinese voice, and a library that Qt's speech links.
VOICE_PACKAGES = ["libpulse0", "speech-dispatcher", "speech-dispatcher-espeak-ng"]
# What the test that really prints needs: a print server without printers, drivers or anything that looks for them.
PRINT_PACKAGES = ["cups-client", "cups-daemon"]

# Which Debian/Ubuntu package holds a library that Qt loads from the system.
# Fedora and its kin need no such table: dnf takes the library's own name.
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libICE.so.6": "libice6",
    "libOpenGL.so.0": "libopengl0",
    "libSM.so.6": "libsm6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# What the test of screen readers needs beside Qt: a screen, a bus, and the Python whose gi package speaks AT-SPI.
READER_PACKAGES = ["at-spi2-core", "dbus", "gir1.2-atspi-2.0", "python3-gi", "xvfb"]
SYSTEM_PYTHON = "/usr/bin/python3"


class Stop(Exception):
    """The run ends here: a sentence for the person and an exit code (2: something is yours to do)."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """Tell the person something; on stderr, so that the output of `pack` stays clean."""
    print(sentence, file=sys.stderr, flush=True)


# --- system packages -----------------------------------------------------------------------------------


def install_right() -> "list[str] | None":
    """Return what must stand before apt-get, or None when this user may not install."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def command_to_type(debian: "list[str]", others: "list[str]") -> str:
    """Return the one line that tells how to get system packages by hand."""
    if shutil.which("apt-get"):
        command = "sudo apt-get update && sudo apt-get install -y " + " ".join(debian)
    elif shutil.which("dnf"):
        command = "sudo dnf install -y " + " ".join(f"'{name}'" for name in others)
    else:
        return "缺少系统组件，请用本机的软件安装工具装上 (missing, please install): " + " ".join(others)
    return "缺少系统组件，请先运行这条命令 (system packages are missing, please run): " + command


def install_system(debian: "list[str]", others: "list[str]") -> None:
    """Install Debian packages where that is allowed, otherwise stop with the command to type."""
    right = install_right()
    if right is None or not debian:
        raise Stop(command_to_type(debian, others), 2)
    say("正在安装系统组件 (installing system packages): " + " ".join(debian))
    apt = [*right, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    # A failed update is not the end: the packages may be known already.
    subprocess.run([*apt, "update"], capture_output=True, check=False)
    done = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *debian],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        say(last_lines(done.stdout))
        raise Stop("系统组件没有装上。" + command_to_type(debian, others), 2)


def last_lines(text: str, count: int = 12) -> str:
    """Return the last lines of a tool's output."""
    return "\n".join(text.strip().splitlines()[-count:])


# --- the virtual environment ---------------------------------------------------------------------------


def venv_python() -> Path:
    """Return the Python of `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def marker() -> Path:
    """Return the file that says which locks `.venv` holds; it is written last."""
    return VENV / "installed-locks.txt"


def fingerprint(lock: str) -> str:
    """Return the marker line of a lock: its name and SHA-256, whatever line ends git has given it."""
    content = (PACKAGING / lock).read_bytes().replace(b"\r\n", b"\n")
    return lock + " " + hashlib.sha256(content).hexdigest()


def installed() -> "list[str]":
    """Return the marker's lines; none when `.venv` is absent, half made or its Python is gone."""
    if not marker().is_file():
        return []
    try:
        tried = subprocess.run([str(venv_python()), "-c", "import pip"], capture_output=True, check=False)
    except OSError:
        return []
    return marker().read_text(encoding="utf-8").split("\n")[:-1] if tried.returncode == 0 else []


def is_stale(lines: "list[str]") -> bool:
    """Tell whether a lock has changed since it was installed, which asks for a fresh `.venv`."""
    for line in lines:
        lock = line.split(" ")[0]
        if not (PACKAGING / lock).is_file() or fingerprint(lock) != line:
            return True
    return False


def make_venv() -> None:
    """Make an empty `.venv`, getting Debian's separate venv package first where it is missing."""
    # Inside an activated venv sys.executable is the venv's own; the new one must not hang on it.
    python = getattr(sys, "_base_executable", None) or sys.executable
    probe = [python, "-c", "import venv, ensurepip"]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        name = "python{}.{}-venv".format(*sys.version_info)
        install_system([name], ["python3-venv"])
    if VENV.exists():
        shutil.rmtree(VENV)
    made = subprocess.run(
        [python, "-m", "venv", str(VENV)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if made.returncode != 0:
        say(last_lines(made.stdout + made.stderr))
        raise Stop("没能建立 Python 运行环境 (python -m venv failed): " + str(VENV))


def why_pip_failed(output: str) -> str:
    """Return one plain sentence for the end of pip's output."""
    if "DO NOT MATCH THE HASHES" in output:
        return "下载的组件与清单不符，为安全起见没有安装 (a download does not match its recorded hash)。"
    # Without a network pip says both; the connection is the cause then.
    if any(word in output for word in ("Connection", "connection", "timed out", "SSLError", "ProxyError")):
        return "没能下载所需组件，请检查网络后再试 (download failed, please check the network)。"
    if "No matching distribution" in output or "Could not find a version" in output:
        # An unreachable index and a system without packages read alike when retries are switched off.
        return (
            "没有找到适合这台电脑的组件包：请检查网络；系统须为 64 位，Python 须为 3.10–3.14，这里是 {}.{}"
            " (no matching packages: check the network, the system and the Python version)。"
        ).format(*sys.version_info)
    return "没能装好所需组件 (pip failed)。"


def install_lock(lock: str) -> None:
    """Install a lock into `.venv`: wheels only, because what an sdist fetches to build has no hash."""
    environment = dict(os.environ)
    environment.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    environment.setdefault("PIP_NO_INPUT", "1")
    command = [str(venv_python()), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:"]
    done = subprocess.run(
        [*command, "-r", str(PACKAGING / lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
        check=False,
    )
    if done.returncode != 0:
        say(last_lines(done.stdout))
        raise Stop(why_pip_failed(done.stdout))


def ready_venv(locks: "list[str]") -> None:
    """Bring `.venv` to hold the locks; does nothing when it does already."""
    lines = installed()
    if not lines or is_stale(lines):
        say("正在准备运行环境，首次需要几分钟 (preparing .venv) ……")
        make_venv()
        lines = []
    for lock in locks:
        if fingerprint(lock) in lines:
            continue
        say("正在安装组件 (installing): " + lock)
        # A run broken off here leaves no marker, so the next one starts afresh. When pip itself gives up
        # (say without a network), what was there before is still whole: the locks agree with each other.
        marker().unlink(missing_ok=True)
        failed = None
        try:
            install_lock(lock)
            lines = [*lines, fingerprint(lock)]
        except Stop as stop:
            failed = stop
        if lines:
            marker().write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        if failed:
            raise failed


def ready_voice() -> None:
    """Try once to install what reads pages aloud; without it the program starts all the same."""
    tried = VENV / "voice-tried.txt"
    lock = fingerprint(VOICE_LOCK)
    if lock in installed() or (tried.is_file() and tried.read_text(encoding="utf-8") == lock):
        return
    say("正在安装朗读组件，约 170 MB，只装这一次 (installing what reads pages aloud) ……")
    try:
        ready_venv([VOICE_LOCK])
    except Stop as stop:
        say(str(stop))
        say("没有装上朗读组件，别的功能照常能用 (not installed; all else works)。")
    tried.write_text(lock, encoding="utf-8")


# --- Qt on Linux ---------------------------------------------------------------------------------------


def not_found(ldd_output: str) -> "list[str]":
    """Return the libraries that `ldd` looked for in vain."""
    return sorted({line.split()[0] for line in ldd_output.splitlines() if line.endswith("=> not found")})


def missing_libraries(platform_plugin: str) -> "list[str]":
    """Return the system libraries that Qt's widgets or a platform plugin cannot load here."""
    where = [str(venv_python()), "-c", "import PySide6; print(PySide6.__path__[0])"]
    folder = Path(subprocess.run(where, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout.strip())
    files = [folder / (name + ".abi3.so") for name in ("QtWidgets", "QtGui", "QtSvg", "QtPrintSupport")]
    files += (folder / "Qt/plugins/platforms").glob(f"lib{platform_plugin}*.so")
    asked = subprocess.run(["ldd", *[str(file) for file in files]], capture_output=True, encoding="utf-8", check=False)
    return not_found(asked.stdout)


def platform_plugin() -> str:
    """Return the Qt plugin that this environment asks for: of the screen, or `qoffscreen` without one."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return "q" + chosen.split(":")[0].split(";")[0]
    if os.environ.get("DISPLAY"):
        return "qxcb"
    return "qwayland" if os.environ.get("WAYLAND_DISPLAY") else "qoffscreen"


def ready_libraries(plugin: str) -> None:
    """Get the system libraries Qt needs, or stop with the command to type."""
    missing = missing_libraries(plugin)
    if not missing:
        return
    debian = sorted({DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES})
    others = [f"{name}()(64bit)" if shutil.which("dnf") else name for name in missing]
    install_system(debian, others)
    still = missing_libraries(plugin)
    if still:
        raise Stop("仍缺少这些系统库 (still missing): " + " ".join(still), 2)


def ready_engines(packages: "list[str]", what: str) -> bool:
    """Get the packages that the tests of one thing work with, where that is allowed; tell whether they are there."""
    if shutil.which("dpkg-query") is None:
        return False
    missing = [name for name in packages if not is_installed(name)]
    if missing and install_right() is None:
        say("没有这些组件，真实" + what + "的测试会跳过 (tests will be skipped, they need): " + " ".join(missing))
        return False
    if missing:
        install_system(missing, missing)
    return True


def is_installed(package: str) -> bool:
    """Tell whether a Debian package is installed."""
    command = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    asked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return asked.stdout.strip() == "installed"


def opens(environment: "dict[str, str]") -> bool:
    """Tell whether Qt really starts here: a DISPLAY may be set and yet lead nowhere, then Qt aborts."""
    code = "from PySide6.QtWidgets import QApplication; QApplication([])"
    try:
        tried = subprocess.run(
            [str(venv_python()), "-c", code], env=environment, capture_output=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


# --- a screen reader for the tests ---------------------------------------------------------------------


def hears() -> bool:
    """Tell whether the test that reads the window through the accessibility bus can run here."""
    if any(shutil.which(tool) is None for tool in ("Xvfb", "dbus-run-session", SYSTEM_PYTHON)):
        return False
    code = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    return subprocess.run([SYSTEM_PYTHON, "-c", code], capture_output=True, check=False).returncode == 0


def ready_screen_reader() -> None:
    """Get what the test of screen readers needs; where nothing may be installed that one test is passed over."""
    try:
        if not hears():
            if install_right() is None:
                raise Stop(command_to_type(READER_PACKAGES, READER_PACKAGES))
            install_system(READER_PACKAGES, READER_PACKAGES)
        ready_libraries("qxcb")
    except Stop as stop:
        say("读屏的那一项测试会跳过 (the screen reader test will be skipped). " + str(stop))


# --- the four uses -------------------------------------------------------------------------------------


def child_environment() -> "dict[str, str]":
    """Return the environment of what is started: the package comes from the checkout, not from pip."""
    environment = dict(os.environ)
    paths = [str(ROOT), *environment.get("PYTHONPATH", "").split(os.pathsep)]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environment


def window_command(arguments: "list[str]", screen: bool) -> "list[str]":
    """Return the command that opens the window, or draws the tour where there is no screen."""
    command = [str(venv_python()), str(PACKAGING / "entry_desktop.py"), *arguments]
    return command if screen or wants_tour(arguments) else [*command, "--tour", str(TOUR)]


def wants_tour(arguments: "list[str]") -> bool:
    """Tell whether the person asked for the tour, which needs no screen."""
    return any(argument == "--tour" or argument.startswith("--tour=") for argument in arguments)


def start(arguments: "list[str]") -> int:
    """Open the window; without a screen draw every page into a folder instead."""
    environment = child_environment()
    if not sys.platform.startswith("linux"):
        if not wants_tour(arguments):
            ready_voice()
        return run(window_command(arguments, screen=True), environment)
    tour = wants_tour(arguments)
    plugin = "qoffscreen" if tour else platform_plugin()
    ready_libraries(plugin)
    screen = not tour and plugin != "qoffscreen" and opens(environment)
    if not screen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
        ready_libraries("qoffscreen")
    if screen:
        ready_voice()
    elif not tour:
        say("这里没有屏幕，改为把各页画面存到文件夹 (no screen here, drawing every page into): " + str(TOUR))
    return run(window_command(arguments, screen), environment)


def test(arguments: "list[str]") -> int:
    """Run the tests without a screen."""
    environment = child_environment()
    environment["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform.startswith("linux"):
        ready_libraries("qoffscreen")
        ready_screen_reader()
        # The tests that really speak and print must not be skipped then.
        if ready_engines(VOICE_PACKAGES, "朗读"):
            environment["YIBAO_MUST_SPEAK"] = "1"
        if ready_engines(PRINT_PACKAGES, "打印"):
            environment["YIBAO_MUST_PRINT"] = "1"
        # Qt warns about any locale that is not UTF-8, and a warning fails a test.
        environment["LC_ALL"] = "C.UTF-8"
    return run([str(venv_python()), "-m", "pytest", *(arguments or WHOLE_SUITE)], environment, ROOT)


def pack(arguments: "list[str]") -> int:
    """Run yibao-pack."""
    return run([str(venv_python()), str(PACKAGING / "entry_pack.py"), *arguments], child_environment())


def build(arguments: "list[str]") -> int:
    """Build the folder bundle; it takes along the libraries of the screen plugins, so they must be here."""
    if sys.platform.startswith("linux"):
        if shutil.which("objdump") is None:
            install_system(["binutils"], ["binutils"])
        for plugin in ("qxcb", "qwayland"):
            ready_libraries(plugin)
    return run([str(venv_python()), str(PACKAGING / "build.py"), *arguments], child_environment())


def run(command: "list[str]", environment: "dict[str, str]", folder: "Path | None" = None) -> int:
    """Run a command to its end and return its exit code."""
    return subprocess.run(command, env=environment, cwd=folder, check=False).returncode


def main(arguments: "list[str]") -> int:
    """Do one of the four uses and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A console without Chinese letters shows question marks rather than a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    uses = {"start": start, "test": test, "pack": pack, "build": build}
    if not arguments or arguments[0] not in uses:
        say("用法 (usage): python3 packaging/dev.py start | test | pack | build […]")
        return 2
    try:
        ready_venv(LOCKS[arguments[0]])
        return uses[arguments[0]](arguments[1:])
    except Stop as stop:
        say(str(stop))
        return stop.code
    except PermissionError as error:
        say(f"不能写入 (cannot write): {error.filename}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
