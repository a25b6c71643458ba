"""The PIN of the staff: kept as a slow salted hash, and guessed at only so often."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import math
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from yibao_desktop.errors import YibaoError
from yibao_desktop.whole_file import clear_unfinished, write_whole

_PIN = re.compile(r"[0-9]{4,12}")
_STORED = re.compile(r"scrypt\$n=([0-9]{1,6}),r=([0-9]{1,2}),p=([0-9])\$([A-Za-z0-9+/=]{24})\$([A-Za-z0-9+/=]{44})")
_N, _R, _P = 2**15, 8, 1
_MOST_MEMORY = 128 * 1024 * 1024
"""In bytes; a file that asks for more must not bring the station down."""
_COUNTING_UP = "0123456789"


class PinError(YibaoError):
    """A PIN that cannot be used."""


def hash_pin(pin: str) -> str:
    """Return what the settings file keeps instead of the PIN.

    Raises:
        PinError: not 4 to 12 digits, or one of those that are tried first.
    """
    if not _PIN.fullmatch(pin):
        raise PinError("PIN 要写 4 到 12 位数字。")
    if len(set(pin)) == 1 or pin in _COUNTING_UP or pin[::-1] in _COUNTING_UP:
        raise PinError("这个 PIN 太容易猜，请换一个：不要全用一个数字，也不要 1234、4321 这样连着数。")
    salt = secrets.token_bytes(16)
    digest = _digest(pin, salt, _N, _R, _P)
    return f"scrypt$n={_N},r={_R},p={_P}${_text(salt)}${_text(digest)}"


def is_pin_hash(text: str) -> bool:
    """Tell whether ``text`` is what :func:`hash_pin` makes, with a cost this program bears."""
    return _parts(text) is not None


def fits(pin: str, stored: str) -> bool:
    """Tell in constant time whether ``pin`` is the one that ``stored`` was made from; takes some tenths of a second."""
    parts = _parts(stored)
    if parts is None:
        return False
    n, r, p, salt, digest = parts
    return hmac.compare_digest(_digest(pin, salt, n, r, p), digest)


def _parts(stored: str) -> tuple[int, int, int, bytes, bytes] | None:
    match = _STORED.fullmatch(stored)
    if match is None:
        return None
    n, r, p = int(match[1]), int(match[2]), int(match[3])
    if n < 2**14 or n & (n - 1) or r < 8 or not 1 <= p <= 4 or 128 * n * r >= _MOST_MEMORY:
        return None
    try:
        salt, digest = base64.b64decode(match[4], validate=True), base64.b64decode(match[5], validate=True)
    except ValueError:
        return None
    return n, r, p, salt, digest


def _digest(pin: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY + 2**20, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


# --- guessing ---------------------------------------------------------------------------------------

FREE_TRIES = 5
_FIRST_WAIT = 60
_LONGEST_WAIT = 3600

Tried = Literal["right", "wrong", "wait"]


class _Kept(msgspec.Struct, frozen=True):
    wrong: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0


class Attempts:
    """Counts wrong tries, and makes one wait after the fifth: 1 minute, then 2, 4, … at most an hour.

    Only the number of wrong tries is kept on disk. After a restart the wait begins anew, so that neither a
    restart nor another date of the system shortens it.
    """

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives seconds that never go back."""
        self._file, self._clock = file, clock
        clear_unfinished(file)
        self._wrong = _read(file)
        self._free_at = clock() + self._wait()

    @property
    def seconds_left(self) -> int:
        """How long the next try has to wait, in seconds; 0 is not at all."""
        return max(0, math.ceil(self._free_at - self._clock()))

    def attempt(self, pin: str, stored: str) -> Tried:
        """Compare a PIN, unless one has to wait; a right one forgets the wrong ones before."""
        if self.seconds_left:
            return "wait"
        # Written down before it is compared: who pulls the plug in between has used up a try.
        self._set(self._wrong + 1)
        if fits(pin, stored):
            self._set(0)
            return "right"
        return "wrong"

    def _set(self, wrong: int) -> None:
        self._wrong = min(wrong, 10_000)
        self._free_at = self._clock() + self._wait()
        with contextlib.suppress(OSError):
            write_whole(self._file, msgspec.json.encode(_Kept(self._wrong)))

    def _wait(self) -> int:
        over = self._wrong - FREE_TRIES
        return 0 if over < 0 else min(_FIRST_WAIT * 2 ** min(over, 10), _LONGEST_WAIT)


def _read(file: Path) -> int:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Kept).wrong
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        # Whoever spoils the file must gain nothing by it.
        return FREE_TRIES
