"""Tries the Debian packages in a throw-away system: install, open, go through a wizard, purge, look for leftovers.

    sudo python3 packaging/linux/try_deb.py [--suite bookworm] [--out FOLDER] dist/release/*.deb

The system is a plain one with only what the packages depend on. The window is used with the keyboard by someone who
is not root; each step leaves a picture in the folder. Fails when anything is said on stderr or a file is left over.
Needs root, debootstrap, Xvfb and xdotool.
"""

import argparse
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from linux.hand import TOOLS, hand_at_screen
from linux.roots import Root, copied, fresh_base, stop_unless_possible

NAME = "yibao-desktop"
PERSON = "tester"
# What changes whenever anything is installed, and what is the person's own.
PASSED_OVER = ("proc", "sys", "dev", "run", "tmp", "root", f"home/{PERSON}", "var/cache", "var/log", "var/lib/apt",
               "var/lib/dpkg")
# Family sharing in Beijing for a parent, from the place to the answer; after each line a picture.
WALK = {
    "place": ["F2"],
    "first-question": ["b", "j", "Return"],
    "last-question": [key for number in (1, 1, 1, 1, 2, 1, 1, 1, 1, 1) for key in (f"alt+{number}", "Return")],
    "answer": ["alt+1", "Return"],
}
START_SECONDS = 120
LOOK_SECONDS = 60

Files = dict[str, str]


def depends(deb: Path) -> "list[str]":
    """Return the packages that a package depends on, of alternatives the first."""
    done = subprocess.run(["dpkg-deb", "--field", str(deb), "Depends"], check=True, stdout=subprocess.PIPE,
                          encoding="utf-8")
    return [match[1] for part in done.stdout.split(",") if (match := re.match(r"\s*([a-z0-9][a-z0-9+.-]*)", part))]


def own_name(deb: Path) -> str:
    """Return the name of a package."""
    return deb.name.split("_")[0]


def files(folder: Path) -> Files:
    """Return every file, link and folder of a system and what is in it, but for what changes by itself."""
    found: Files = {}
    # dpkg takes /opt itself away with the last package in it, and makes it again for the next.
    for place, folders, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        folders[:] = [name for name in folders if (inside / name).as_posix() not in PASSED_OVER]
        for name in (*folders, *names):
            path = Path(place, name)
            if path == folder / "opt":
                continue
            if path.is_symlink():
                found[(inside / name).as_posix()] = f"-> {path.readlink()}"
            elif path.is_dir():
                found[(inside / name).as_posix()] = "folder"
            elif path.is_file():
                found[(inside / name).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def differences(before: Files, after: Files) -> "list[str]":
    """Return what is new, gone or changed."""
    new = [f"left over: {path}" for path in sorted(after.keys() - before.keys())]
    gone = [f"gone: {path}" for path in sorted(before.keys() - after.keys())]
    changed = [f"changed: {path}" for path in sorted(before.keys() & after.keys()) if before[path] != after[path]]
    return new + gone + changed


def install(root: Root, debs: "list[Path]") -> None:
    """Install the packages, whose dependencies are there already."""
    for deb in debs:
        shutil.copyfile(deb, root.folder / "tmp" / deb.name)
    root.run("dpkg", "--install", *[f"/tmp/{deb.name}" for deb in debs])
    root.run("dpkg", "--verify", *[own_name(deb) for deb in debs])


def end(program: "subprocess.Popen[bytes]") -> None:
    """End a program in a root, before its screen goes.

    Killing unshare is not enough: the kernel forgets to take the child along once that has become another user.
    """
    inside = Path("/proc", str(program.pid), "task", str(program.pid), "children")
    for child in inside.read_text(encoding="ascii").split() if inside.exists() else ():
        os.kill(int(child), signal.SIGKILL)
    program.kill()
    program.wait()


def use(root: Root, out: Path) -> "list[str]":
    """Open the window, go through the wizard, and return what was wrong."""
    told = out / "stderr.txt"
    with hand_at_screen() as hand, told.open("wb") as errors:
        here = {"HOME": f"/home/{PERSON}", "DISPLAY": hand.display, "USER": PERSON}
        words = root.command([NAME, "--size", "1366x768"], PERSON)
        began = time.monotonic()
        program = subprocess.Popen(words, env=root.environment(here), stderr=errors, cwd="/")
        try:
            if not hand.wait_for_window(NAME, START_SECONDS):
                return ["no window"]
            print(f"window after {time.monotonic() - began:.1f} s", flush=True)
            seen = [hand.look(LOOK_SECONDS)]
            (out / "1-home.png").write_bytes(seen[0])
            for number, (name, keys) in enumerate(WALK.items(), 2):
                for key in keys:
                    hand.press(key)
                seen.append(hand.look(LOOK_SECONDS))
                (out / f"{number}-{name}.png").write_bytes(seen[-1])
            wrong = [] if len(set(seen)) == len(seen) else ["a key did nothing: two pictures are the same"]
            if program.poll() is not None:
                wrong.append(f"the window is gone, exit code {program.returncode}")
        finally:
            end(program)
    lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
    return wrong + [f"stderr: {line}" for line in lines]


def main() -> int:
    """Do it all; 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("debs", nargs="+", type=Path)
    parser.add_argument("--suite", default="bookworm", help="the Debian to try them in")
    parser.add_argument("--mirror", default="", help="where it is to be had, if not where debootstrap looks")
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/yibao-release"))
    parser.add_argument("--out", type=Path, default=Path("dist/trial"))
    chosen = parser.parse_args()
    stop_unless_possible()
    if missing := [package for tool, package in TOOLS.items() if shutil.which(tool) is None]:
        sys.exit("缺少 (missing): " + " ".join(missing))
    chosen.out.mkdir(parents=True, exist_ok=True)
    base = fresh_base(chosen.work / f"{chosen.suite}-plain", chosen.suite, chosen.mirror)
    root = copied(base, chosen.work / f"{chosen.suite}-trial")
    names = [own_name(deb) for deb in chosen.debs]
    root.run("apt-get", "-q", "update")
    root.install(*sorted({name for deb in chosen.debs for name in depends(deb)} - set(names)))
    root.run("useradd", "--create-home", PERSON)
    before = files(root.folder)
    install(root, chosen.debs)
    root.run("yibao-pack", "self-test")
    wrong = use(root, chosen.out)
    root.run("dpkg", "--purge", *names)
    wrong += differences(before, files(root.folder))
    wrong += [f"left over: {file}" for file in (root.folder / "var/lib/dpkg/info").glob(f"{NAME}*")]
    kept = sorted(path.relative_to(root.folder) for path in (root.folder / "home" / PERSON).rglob("*")
                  if path.is_file() and not path.name.startswith((".bash", ".profile")))
    print("the person's own files stay:", *kept, sep="\n  ")
    print(*wrong, sep="\n") if wrong else print(f"{chosen.suite}: installed, used and purged; nothing is left over")
    shutil.rmtree(root.folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
