"""What ``yibao-pack station`` and ``yibao-pack pin`` say to whoever sets up a kiosk."""

from __future__ import annotations

import getpass
import warnings
from collections.abc import Iterator

from yibao_desktop.pack.store import Pack
from yibao_desktop.settings import TEXT_SIZES, Profile, Screen, TextSize, Wizard
from yibao_desktop.station.pin import PinError, hash_pin
from yibao_desktop.station.screen import (
    LARGEST_TARGET,
    LEAST_TARGET_MM,
    body_pixels,
    least_font,
    least_target,
    least_text_size,
    pixels_per_mm,
    scaling_needed,
)
from yibao_desktop.station.settings_file import Settings, profile_of

_PROFILES = {"kiosk": "自助机", "staff": "工作人员的电脑"}
_PAPERS = {"receipt": "80 毫米小票", "a4": "A4"}
_TEXT_SIZES: dict[TextSize, str] = {"standard": "标准", "large": "大", "xlarge": "特大"}
_COLORS = {"light": "浅色", "dark": "深色", "contrast": "高对比"}
_WIZARDS: dict[Wizard, str] = {"sharing": "家庭共济", "bill": "账单", "channels": "去哪里查"}


def summary(settings: Settings, pack: Pack, pixels: tuple[int, int] | None) -> Iterator[str]:
    """Yield what a settings file comes to, with everything it leaves to the program; ``pixels`` is width and height."""
    profile = profile_of(settings)
    yield f"这份设置能用：{_PROFILES[profile.id]}。"
    yield f"参保地：{pack.regions[profile.place].name if profile.place else '不预先选，问每个人'}"
    yield f"功能：{'、'.join(_WIZARDS[wizard] for wizard in profile.wizards)}"
    yield f"字号：{_TEXT_SIZES[profile.text_size]}；颜色：{_COLORS[profile.colors]}"
    yield _idle(profile)
    yield _printing(profile)
    yield f"朗读音量：{profile.volume}"
    helped = profile.staff_help
    yield f"找工作人员：{helped.say}（{helped.where}）" if helped else "找工作人员：没有写"
    yield f"工作人员的 PIN：{'有' if profile.pin_hash else '没有'}"
    yield ("夜里不重新启动" if profile.restart_hour is None
           else f"夜里 {profile.restart_hour} 点到 {(profile.restart_hour + 1) % 24} 点之间、没有人用时重新启动")
    if profile.screen is not None:
        yield f"屏幕：{profile.screen.inches} 英寸，眼睛离屏幕 {profile.screen.viewing_cm} 厘米"
        if pixels is not None:
            yield from _sizes(profile.screen, *pixels, profile.text_size)
        else:
            yield "想知道按钮和字要多大，加上 --screen 宽x高，例如 --screen 1080x1920。"


def _idle(profile: Profile) -> str:
    if profile.idle_seconds is None:
        return "没有人用时：不自动清除"
    return f"没有人用时：{profile.idle_seconds} 秒后问“您还在吗”，再过 {profile.countdown_seconds} 秒清除"


def _printing(profile: Profile) -> str:
    if not profile.papers:
        return "打印：没有打印机，不提供打印"
    return f"打印：{profile.printer or '系统的默认打印机'}（{'、'.join(_PAPERS[paper] for paper in profile.papers)}）"


def _sizes(screen: Screen, width: int, height: int, chosen: TextSize) -> Iterator[str]:
    yield f"{width}×{height} 像素：每毫米 {pixels_per_mm(screen, width, height):.2f} 像素"
    body, target = body_pixels(), least_target(screen, width, height)
    percent = scaling_needed(body, screen, width, height)
    yield f"按钮至少 {target} 像素（{LEAST_TARGET_MM} 毫米）" + (
        f"，程序最大画到 {LARGEST_TARGET} 像素" if target > LARGEST_TARGET else "")
    size = least_text_size(body, screen, width, height)
    if size is not None:
        enough = TEXT_SIZES.index(chosen) >= TEXT_SIZES.index(size)
        yield (f"字至少 {least_font(screen, width, height)} 像素：字号要选“{_TEXT_SIZES[size]}”"
               f"{'或更大' if size != TEXT_SIZES[-1] else ''}，{'现在的够大' if enough else '现在的不够大'}")
    else:
        yield f"字至少要 {least_font(screen, width, height)} 像素，“特大”也只有 {max(body)} 像素"
    if percent > 100:
        yield f"请把系统的显示缩放设成 {percent}%{'，字号选“特大”' if size is None else ''}"


def ask_for_pin() -> str:
    """Ask twice for a PIN without showing it; return the line for the settings file.

    Raises:
        PinError: the two differ, it cannot be used, or it would be shown while it is typed.
    """
    with warnings.catch_warnings():
        # Otherwise the PIN is shown on the screen, with a warning in English.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            pin = getpass.getpass("请输入 PIN（4 到 12 位数字，输入时不显示）：")
            line = f'pin: "{hash_pin(pin)}"'
            if getpass.getpass("请再输入一遍：") != pin:
                raise PinError("两遍不一样，没有生成。请重新运行一次。")
        except getpass.GetPassWarning:
            raise PinError("这个窗口不能隐藏输入的 PIN。请在系统自带的命令行窗口里运行。") from None
        except (EOFError, KeyboardInterrupt):
            raise PinError("没有输入完，没有生成。") from None
    return line
