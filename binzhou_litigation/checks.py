"""What an installation needs and Django cannot know: `manage.py check` tells what is missing and how to get it."""

from ctypes.util import find_library
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from cases.law import current_law
from organisations.clock import today

CALENDAR_AHEAD = timedelta(days=60)
SHORTEST_KEY = 50


@register("documents")
def pdf_libraries(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """WeasyPrint's libraries: without Pango no PDF at all, without harfbuzz-subset a slow one."""
    found: list[CheckMessage] = []
    if not find_library("pango-1.0"):
        found.append(Error("缺少 Pango，不能生成 PDF。", hint="运行 make system", id="platform.E001"))
    if not find_library("harfbuzz-subset"):
        found.append(
            Warning("缺少 harfbuzz-subset，生成 PDF 要慢数倍。", hint="运行 make system", id="platform.W001")
        )
    return found


@register("documents")
def chinese_fonts(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Some Chinese face must be there, of the office's own, Fandol, or Noto CJK of the system."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), *settings.FONTS_DIRS]
    names = ("*CJK*", "Fandol*", "*仿宋*", "*FangSong*", "simfang*")
    if any(next(folder.rglob(name), None) for folder in folders if folder.is_dir() for name in names):
        return []
    return [Warning("没有找到中文字体，公文会缺字。", hint="运行 make system fonts", id="platform.W002")]


@register("calendar")
def calendar_reaches_far_enough(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Sixty days before the announced holidays end, somebody must load the next year's notice."""
    until = current_law().calendar.known_until
    if until - today() >= CALENDAR_AHEAD or settings.DEBUG:
        return []
    return [
        Warning(
            f"放假安排只到 {until}，其后的期限一律标为暂定。",
            hint="国务院办公厅公布下一年安排后在“放假安排”页录入",
            id="platform.W003",
        )
    ]


@register(Tags.security, deploy=True)
def secret_key_is_long(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) >= SHORTEST_KEY:
        return []
    return [Error("SECRET_KEY 不足 50 位。", hint="见 .env.example", id="platform.E002")]
