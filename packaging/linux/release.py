"""Builds what is released for Linux inside an old Debian, so that it starts on systems as old.

    sudo python3 packaging/linux/release.py [--suite bullseye] [--most 2.28] [--work FOLDER] [--out FOLDER]

Makes the old system with debootstrap, builds a newer Python in it from Debian's own source package, builds the
last commit of this checkout there, fails when any file asks for a newer glibc than `--most`, starts the window in a
second, plain system of the same suite, and puts packages, archive, checksums and a picture into dist/release.
What takes long (systems, Python) is kept in the work folder for the next time. Needs root; only the standard library.

Qt's own libraries ask for glibc 2.28 (UOS 20, Kylin V10 server), and nothing in the bundle for more. An older system
than Debian 11 does for building, too, with the address of an archive that still has it: `--suite buster --security
buster/updates --mirror URL`.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from build import source_date
from linux.roots import CERTIFICATES, Root, fresh_base, stop_unless_possible
from release_names import RELEASE, ROOT

# To build Python, and PyInstaller's work; the libraries of the screen dev.py installs by itself.
PACKAGES = (
    "binutils", "build-essential", "ca-certificates", "dpkg-dev", "pkg-config", "libbz2-dev", "libexpat1-dev",
    "libffi-dev", "liblzma-dev", "libssl-dev", "uuid-dev", "xauth", "xvfb", "zlib1g-dev",
    # PyInstaller takes Qt's plugins for printing and speech along only where their libraries are.
    "libcups2", "libgssapi-krb5-2", "libpulse0", "libspeechd2",
)
KEYRING = "usr/share/keyrings/debian-archive-keyring.gpg"
PYTHON = "/opt/python"
SOURCES = "/usr/src"
CHECKOUT = "/build/yibao-desktop"
# No -g: nobody debugs Python in the bundle, and its tables are twice its size.
CONFIGURE = (
    f"--prefix={PYTHON}", "--enable-shared", "--without-static-libpython", "--disable-test-modules",
    "--with-ensurepip=no", "--with-system-expat", "OPT=-DNDEBUG -O2 -fwrapv",
)
# A security patch of Debian's makes this module look into Python, which it must say, as others do. Debian itself
# builds it into the interpreter, where that is said anyway.
CORE = "#ifndef Py_BUILD_CORE_BUILTIN\\n#define Py_BUILD_CORE_MODULE 1\\n#endif"
SAY_CORE = f"grep -q Py_BUILD_CORE_MODULE Modules/pyexpat.c || sed -i '1i {CORE}' Modules/pyexpat.c"
# What glibc 2.29 and 2.30 brought is not used, so that Python itself starts from 2.28 on: the former versions of these
# functions are in every glibc, and instead of sem_clockwait Python waits as it did before.
WITHOUT = "ac_cv_func_sem_clockwait=no"
OLDER = """#ifdef __x86_64__
#define OLDER "GLIBC_2.2.5"
#else
#define OLDER "GLIBC_2.17"
#endif
""" + "".join(f'__asm__(".symver {name},{name}@" OLDER);\n' for name in ("exp", "exp2", "log", "log2", "pow"))
# setup.py passes over a module that it cannot build; these pip and the program do not start without.
NEEDED = "import bz2, ctypes, hashlib, lzma, pyexpat, ssl, zlib; hashlib.scrypt"


def sources_list(mirror: str, suite: str, security: str, newer: str) -> str:
    """Return apt's list: the old suite and its security updates, and of a newer suite only the sources.

    The keys of the newer one come from this computer: an old system does not have them.
    """
    lines = [f"deb {mirror} {suite} main"]
    if security:
        lines.append(f"deb {mirror.rstrip('/')}-security {security} main")
    lines.append(f"deb-src [signed-by=/{KEYRING}.here] {mirror} {newer} main")
    return "".join(line + "\n" for line in lines)


def ready_tools(root: Root, suite: str, security: str, newer: str) -> None:
    """Get the compilers into the system."""
    shutil.copyfile(f"/{KEYRING}", root.folder / f"{KEYRING}.here")
    listed = sources_list(root.mirror(), suite, security, newer)
    (root.folder / "etc/apt/sources.list").write_text(listed, encoding="utf-8")
    root.run("apt-get", "-q", "update")
    root.run("apt-get", "-q", "upgrade", "-y")
    root.install(*PACKAGES)
    # What an old system believes in may have run out.
    shutil.copyfile(f"/{CERTIFICATES}", root.folder / CERTIFICATES)


def ready_python(root: Root, version: str, thorough: bool) -> None:
    """Build Python from Debian's source package, with Debian's security patches, unless it is there."""
    if (root.folder / PYTHON.lstrip("/") / "bin" / f"python{version}").exists():
        return
    made = root.folder / SOURCES.lstrip("/") / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    fetch = f"cd {SOURCES} && rm -rf python{version}-* && apt-get -q source python{version}"
    fetch += f" && cd python{version}-*/ && {{ {SAY_CORE}; }}"
    root.run("sh", "-ec", fetch)
    (root.folder / SOURCES.lstrip("/") / "older-glibc.h").write_text(OLDER, encoding="utf-8")
    options = " ".join(f"'{option}'" for option in (*CONFIGURE, *(["--enable-optimizations"] if thorough else [])))
    # Told to the loader, not written into the files: a path of the building system has no business in a release.
    (root.folder / "etc/ld.so.conf.d/yibao-python.conf").write_text(f"{PYTHON}/lib\n", encoding="utf-8")
    work = os.cpu_count() or 1
    root.run("sh", "-ec", f"cd {SOURCES}/made && {WITHOUT} CFLAGS_NODIST='-include {SOURCES}/older-glibc.h'"
                          f" ../python{version}-*/configure -q {options} && make -s -j{work}"
                          f" && rm -rf {PYTHON} && make -s install && ldconfig")
    root.run(f"{PYTHON}/bin/python{version}", "-c", NEEDED)


def lay_checkout(root: Root) -> None:
    """Put the files of the last commit into the system, and nothing that is not committed."""
    folder = root.folder / CHECKOUT.lstrip("/")
    kept = folder / ".venv"
    away = folder.with_name("venv-kept")
    # dev.py itself sees whether it still fits the locks.
    if kept.is_dir():
        kept.rename(away)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if away.is_dir():
        away.rename(kept)
    with subprocess.Popen(["git", "-C", str(ROOT), "archive", "HEAD"], stdout=subprocess.PIPE) as archive:
        subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=True)
    if archive.returncode:
        sys.exit("git archive")


def run_script(root: Root, version: str, script: str, date: str) -> None:
    """Run a script of the files laid there, with the new Python."""
    command = f"cd {CHECKOUT} && {PYTHON}/bin/python{version} packaging/{script}"
    root.run("sh", "-ec", command, SOURCE_DATE_EPOCH=date)


def timed(what: str, do: "Callable[[], object]") -> None:
    """Do something and say how many seconds it took."""
    began = time.monotonic()
    print(f"== {what}", flush=True)
    do()
    print(f"== {what}: {time.monotonic() - began:.0f} s", flush=True)


def try_packages(made: Path, suite: str, mirror: str, work: Path) -> None:
    """Install, use and purge the packages of a folder in a plain system.

    Raises:
        subprocess.CalledProcessError: something was wrong with them.
    """
    script = Path(__file__).with_name("try_deb.py")
    words = [sys.executable, str(script), "--suite", suite, "--work", str(work), "--out", str(made.parent / "trial")]
    words += ["--mirror", mirror] if mirror else []
    subprocess.run([*words, *sorted(str(deb) for deb in made.glob("*.deb"))], check=True)


def parser() -> argparse.ArgumentParser:
    """Return what can be chosen."""
    choices = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choices.add_argument("--suite", default="bullseye", help="the old Debian to build in")
    choices.add_argument("--security", help="its security suite; empty for none")
    choices.add_argument("--mirror", default="", help="where it is to be had, if not where debootstrap looks")
    choices.add_argument("--most", default="2.28", help="the newest glibc that may be asked for")
    choices.add_argument("--python-suite", default="bookworm", help="the Debian whose source of Python is built")
    choices.add_argument("--python", default="3.11", help="its version")
    choices.add_argument("--thorough", action="store_true", help="measure while building Python: slower, then faster")
    choices.add_argument("--work", type=Path, default=Path("/var/tmp/yibao-release"))
    choices.add_argument("--out", type=Path, default=RELEASE)
    return choices


def main() -> int:
    """Do it all."""
    chosen = parser().parse_args()
    stop_unless_possible()
    security = f"{chosen.suite}-security" if chosen.security is None else chosen.security
    root = fresh_base(chosen.work / f"{chosen.suite}-build", chosen.suite, chosen.mirror)
    timed("tools", lambda: ready_tools(root, chosen.suite, security, chosen.python_suite))
    timed("Python", lambda: ready_python(root, chosen.python, chosen.thorough))
    lay_checkout(root)
    date = source_date()
    # It says how big the folder is and which glibc it asks for, and fails above the limit.
    timed("bundle", lambda: run_script(root, chosen.python, f"dev.py build --most {chosen.most}", date))
    for script in ("make_portable.py", "make_deb.py"):
        timed(script, partial(run_script, root, chosen.python, script, date))
    dist = root.folder / CHECKOUT.lstrip("/") / "dist"
    timed("trial", lambda: try_packages(dist / "release", chosen.suite, chosen.mirror, chosen.work))
    shutil.copytree(dist / "release", chosen.out, dirs_exist_ok=True)
    shutil.copytree(dist / "trial", chosen.out.with_name("trial"), dirs_exist_ok=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"没有做成 (failed): {error.cmd[-1]}")
