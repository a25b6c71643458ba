"""The files a kiosk is set up with: what they make of the program's exit codes, and that they fit together."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
LINUX, WINDOWS = PACKAGING / "linux", PACKAGING / "windows"
INSTALLED = "/opt/yibao-desktop/linux/"
LEFT, AGAIN, WRONG_SETTINGS, RUNNING = 0, 1, 2, 3
"""The program's exit codes."""
CRASHED = 134

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="scripts for Linux")


def ini(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def box(tmp_path, monkeypatch) -> Path:
    """A folder of programs that is all that scripts find; those of the system they need are in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "cat", "date", "dirname", "head", "mv", "readlink", "tail"):
        (folder / tool).symlink_to(shutil.which(tool))
    monkeypatch.setenv("PATH", str(folder))
    return folder


# --- Linux: the start script


@on_linux
@pytest.mark.parametrize("code", [LEFT, AGAIN, WRONG_SETTINGS, RUNNING])
def test_the_start_script_names_the_settings_and_hands_the_exit_code_on(box, tmp_path, code):
    settings = tmp_path / "my kiosk.yaml"
    settings.touch()
    program = script(tmp_path / "program", f'echo "$1|$2"; exit {code}')
    done = subprocess.run([LINUX / "yibao-kiosk", settings], env={**os.environ, "YIBAO_PROGRAM": str(program)},
                          capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (code, f"--station|{settings}\n")


@on_linux
@pytest.mark.parametrize("gone", ["program", "settings"])
def test_what_is_not_there_counts_as_wrong_settings_and_is_named(box, tmp_path, gone):
    program, settings = script(tmp_path / "program", "exit 0"), tmp_path / "kiosk.yaml"
    settings.touch()
    {"program": program, "settings": settings}[gone].unlink()
    done = subprocess.run([LINUX / "yibao-kiosk", settings], env={**os.environ, "YIBAO_PROGRAM": str(program)},
                          capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == WRONG_SETTINGS
    assert str({"program": program, "settings": settings}[gone]) in done.stderr


# --- Linux: the session


@pytest.fixture
def session(box, tmp_path):
    """Run the session with a program that ends with one code after the other; returns its code and its pauses."""
    for name in ("yibao-kiosk", "yibao-kiosk-session", "openbox.xml"):
        shutil.copy2(LINUX / name, tmp_path / name)
    script(box / "openbox", "exit 0")
    script(box / "sleep", f'echo "$1" >> {tmp_path}/pauses')
    (tmp_path / "kiosk.yaml").touch()

    def run(*codes: int) -> tuple[int, list[int]]:
        codes_left = tmp_path / "codes"
        codes_left.write_text("".join(f"{code}\n" for code in codes), encoding="utf-8")
        program = script(tmp_path / "program", f'file="{codes_left}"; code=$(head -n 1 "$file")\n'
                                               'tail -n +2 "$file" > "$file.2"; mv "$file.2" "$file"; exit $code')
        done = subprocess.run([tmp_path / "yibao-kiosk-session", tmp_path / "kiosk.yaml"], timeout=60, check=False,
                              env={**os.environ, "YIBAO_PROGRAM": str(program)}, capture_output=True)
        assert codes_left.read_text(encoding="utf-8") == "", "it was not started as often as it should"
        pauses = tmp_path / "pauses"
        return done.returncode, [int(line) for line in pauses.read_text().split()] if pauses.exists() else []

    return run


@on_linux
@pytest.mark.parametrize("code", [LEFT, WRONG_SETTINGS, RUNNING])
def test_the_session_ends_where_starting_again_would_not_help(session, code):
    assert session(code) == (code, [])


@on_linux
def test_the_session_starts_again_after_a_restart_or_a_crash(session):
    assert session(AGAIN, CRASHED, AGAIN, LEFT)[0] == LEFT


@on_linux
def test_a_program_that_fails_at_once_is_tried_at_longer_and_longer_pauses(session):
    _, pauses = session(*[AGAIN] * 8, LEFT)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]


@on_linux
def test_without_a_window_manager_the_session_says_so(session, box, tmp_path):
    (box / "openbox").unlink()
    done = subprocess.run([tmp_path / "yibao-kiosk-session"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == WRONG_SETTINGS
    assert "openbox" in done.stderr


@on_linux
def test_the_session_ends_when_the_screen_is_gone(session, box, tmp_path):
    script(box / "xset", '[ "$1" != q ]')
    assert session(AGAIN) == (1, [])


# --- Linux: what calls them


def test_the_user_unit_restarts_what_can_be_helped_and_nothing_else():
    unit = ini(LINUX / "yibao-kiosk.service")
    service = unit["Service"]
    # systemd: "on-failure" is every code but 0, and every crash.
    assert service["Restart"] == "on-failure"
    assert {int(code) for code in service["RestartPreventExitStatus"].split()} == {WRONG_SETTINGS, RUNNING}
    assert "SuccessExitStatus" not in service
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"


@on_linux
def test_every_file_that_is_named_is_there_to_be_copied():
    unit = ini(LINUX / "yibao-kiosk.service")["Service"]["ExecStart"].split()[0]
    session = ini(LINUX / "yibao-kiosk.desktop")["Desktop Entry"]
    for called in (unit, session["Exec"], session["TryExec"]):
        assert called.startswith(INSTALLED)
        assert os.access(LINUX / called.removeprefix(INSTALLED), os.X_OK), called
    autostart = ini(LINUX / "yibao-kiosk-autostart.desktop")["Desktop Entry"]["Exec"]
    assert "start yibao-kiosk.service" in autostart
    seat = ini(LINUX / "lightdm-yibao-kiosk.conf")["Seat:*"]
    assert (LINUX / f"{seat['autologin-session']}.desktop").is_file()


@on_linux
def test_the_shell_can_read_the_scripts():
    for path in (LINUX / "yibao-kiosk", LINUX / "yibao-kiosk-session"):
        subprocess.run(["/bin/sh", "-n", path], check=True)


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_desktop_files_keep_to_the_standard():
    done = subprocess.run(["desktop-file-validate", *LINUX.glob("*.desktop")], capture_output=True, encoding="utf-8",
                          check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_the_unit(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    text = (LINUX / "yibao-kiosk.service").read_text(encoding="utf-8")
    unit = tmp_path / "yibao-kiosk.service"
    unit.write_text(text.replace(INSTALLED, f"{LINUX}/"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--user", "--man=no", unit], capture_output=True,
                          encoding="utf-8", check=False)
    # It looks at the machine's own units, too, and may find fault with them.
    assert done.returncode == 0, done.stderr
    assert "yibao-kiosk" not in done.stderr


def test_the_window_manager_has_no_keys_and_no_menus():
    space = "{http://openbox.org/3.4/rc}"
    root = Xml.parse(LINUX / "openbox.xml").getroot()
    assert root.tag == f"{space}openbox_config"
    for name in ("keyboard", "mouse"):
        assert len(root.find(f"{space}{name}")) == 0


# --- Windows


SPACE = "{http://schemas.microsoft.com/ShellLauncher/2018/Configuration}"


@pytest.fixture
def launcher() -> Xml.Element:
    return Xml.parse(WINDOWS / "shell-launcher.xml").getroot()


def test_shell_launcher_restarts_what_can_be_helped_and_nothing_else(launcher):
    shell = launcher.find(f"{SPACE}Profiles/{SPACE}Profile/{SPACE}Shell")
    actions = {int(entry.get("ReturnCode")): entry.get("Action") for entry in shell.iter(f"{SPACE}ReturnCodeAction")}
    assert actions == {LEFT: "DoNothing", AGAIN: "RestartShell", WRONG_SETTINGS: "DoNothing", RUNNING: "DoNothing"}
    # A crash has a code of its own.
    assert shell.find(f"{SPACE}DefaultAction").get("Action") == "RestartShell"
    assert "--station" in shell.get("Shell")
    # Windows takes the command apart at spaces.
    assert len(shell.get("Shell").split()) == 3


def test_shell_launcher_leaves_other_accounts_their_desktop(launcher):
    assert launcher.find(f"{SPACE}Profiles/{SPACE}DefaultProfile/{SPACE}Shell").get("Shell").endswith("explorer.exe")
    config = launcher.find(f"{SPACE}Configs/{SPACE}Config")
    assert config.find(f"{SPACE}Account").get("Name")
    assert config.find(f"{SPACE}Profile").get("Id") == launcher.find(f"{SPACE}Profiles/{SPACE}Profile").get("Id")


def test_windows_powershell_reads_the_script_as_utf_8(launcher):
    script = (WINDOWS / "set-shell-launcher.ps1").read_bytes()
    # Without the mark PowerShell 5.1 takes it for the system's own encoding.
    assert script.startswith(b"\xef\xbb\xbf")
    text = script.decode("utf-8-sig")
    assert "shell-launcher.xml" in text
    for action in {entry.get("Action") for entry in launcher.iter() if entry.get("Action")}:
        assert f"{action} = " in text
    for pair in ("()", "{}"):
        assert text.count(pair[0]) == text.count(pair[1])
