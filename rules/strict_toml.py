"""Reading the dated data files: every key is asked for by name and type; what nobody asked for is refused."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class DataFileError(ValueError):
    """A data file says something it must not; the message (Chinese) names the file and the entry."""


class Entry:
    """One TOML table. Values are taken out by key and type; `done` refuses whatever is left."""

    def __init__(self, where: str, values: dict[str, Any]) -> None:
        self.where = where
        self._left = dict(values)

    def take(self, key: str, kind: type[T]) -> T:
        """The value of `key`; DataFileError when it is missing or of another type."""
        if key not in self._left:
            raise DataFileError(f"{self.where}：缺少“{key}”。")
        value = self._left.pop(key)
        # Exact, because bool is an int and datetime is a date to isinstance.
        if type(value) is not kind:
            raise DataFileError(f"{self.where}：“{key}”的值 {value!r} 类型不符，应为 {kind.__name__}。")
        return value

    def take_or(self, key: str, kind: type[T], default: T) -> T:
        """The value of `key`, or `default` when the key is absent."""
        return self.take(key, kind) if key in self._left else default

    def has(self, key: str) -> bool:
        """Whether the key is there and not taken yet."""
        return key in self._left

    def take_optional(self, key: str, kind: type[T]) -> T | None:
        """The value of `key`, or None when the key is absent."""
        return self.take(key, kind) if key in self._left else None

    def take_text(self, key: str) -> str:
        """A text that is not blank."""
        text = self.take(key, str).strip()
        if not text:
            raise DataFileError(f"{self.where}：“{key}”不能为空。")
        return text

    def take_entries(self, key: str, title: str) -> list["Entry"]:
        """The tables under `[[key]]`, each named "第 n {title}" in messages; none when absent."""
        tables = self.take_or(key, list, [])
        if not all(isinstance(table, dict) for table in tables):
            raise DataFileError(f"{self.where}：“{key}”应写成 [[{key}]] 表。")
        return [Entry(f"{self.where} 第 {n} {title}", table) for n, table in enumerate(tables, start=1)]

    def done(self) -> None:
        """Refuse the keys that were not taken."""
        if self._left:
            raise DataFileError(f"{self.where}：不认识的键 {'、'.join(sorted(self._left))}。")


def read_toml(path: Path) -> Entry:
    """The whole file as one entry; DataFileError when it is no TOML."""
    try:
        return Entry(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(f"{path.name}：不是可读取的 TOML 文件（{error}）。") from error
