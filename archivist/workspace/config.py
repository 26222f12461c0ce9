"""The only reader of ``archivist.toml`` and of the environment variables ``ARCHIVIST_*`` (设置).

The section classes of `settings` are the one table: their fields drive parsing and the error messages. Every
setting has a default; what is unknown or out of range is refused, all of it at once, with the file, the key and
what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from archivist.errors import SettingsError
from archivist.workspace.settings import (
    AboutSettings,
    ArchiveSettings,
    ExtractionSettings,
    FixitySettings,
    GenerationSettings,
    IdentificationSettings,
    IntakeSettings,
    Limit,
    LogSettings,
    StatusSettings,
    StoreSettings,
    WatchSettings,
)

SETTINGS_FILE = "archivist.toml"
WORKSPACE_VARIABLE = "ARCHIVIST_WORKSPACE"

FILLED = "填好的表"
"""What the folder in 公文 is called where filled forms are dropped."""

_MAX_SETTINGS_BYTES = 1_000_000
_FORBIDDEN_IN_NAMES = '\\/:*?"<>|'
_DEVICE_NAMES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one workspace. Paths are absolute."""

    workspace: Path
    about: AboutSettings = field(default_factory=AboutSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    intake: IntakeSettings = field(default_factory=IntakeSettings)
    extraction: ExtractionSettings = field(default_factory=ExtractionSettings)
    identification: IdentificationSettings = field(default_factory=IdentificationSettings)
    watch: WatchSettings = field(default_factory=WatchSettings)
    generation: GenerationSettings = field(default_factory=GenerationSettings)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    status: StatusSettings = field(default_factory=StatusSettings)
    log: LogSettings = field(default_factory=LogSettings)
    fixity: FixitySettings = field(default_factory=FixitySettings)

    @property
    def store_root(self) -> Path:
        """The store's root folder (档案库)."""
        return self.workspace / self.store.root

    @property
    def inbox(self) -> Path:
        """收件箱."""
        return self.store_root / self.store.inbox

    @property
    def review(self) -> Path:
        """待确认."""
        return self.store_root / self.store.review

    @property
    def projects(self) -> Path:
        """项目档案."""
        return self.store_root / self.store.projects

    @property
    def papers(self) -> Path:
        """公文."""
        return self.store_root / self.store.papers

    @property
    def filled(self) -> Path:
        """公文/填好的表: filled forms may be dropped here."""
        return self.papers / FILLED

    @property
    def copies(self) -> Path:
        """可检索副本."""
        return self.store_root / self.store.copies

    @property
    def rejected(self) -> Path:
        """退回."""
        return self.store_root / self.store.rejected

    @property
    def timestamp_ca(self) -> Path | None:
        """Certificates of the time stamp service's authority."""
        return self.workspace / self.fixity.timestamp_ca if self.fixity.timestamp_ca else None


_SECTIONS: dict[str, tuple[str, type[Any]]] = {
    "workspace": ("工作区", AboutSettings),
    "store": ("档案库", StoreSettings),
    "intake": ("收件", IntakeSettings),
    "extraction": ("读取和识别文字", ExtractionSettings),
    "identification": ("自动归档", IdentificationSettings),
    "watch": ("值守", WatchSettings),
    "generation": ("生成公文", GenerationSettings),
    "archive": ("档号和目录", ArchiveSettings),
    "status": ("运行状态", StatusSettings),
    "log": ("日志", LogSettings),
    "fixity": ("核验", FixitySettings),
}


_FIELDS = {"workspace": "about"}
"""The parts whose field of `Config` is called otherwise."""


def find_workspace(option: Path | None, env: Mapping[str, str], cwd: Path) -> Path:
    """Return the workspace folder (工作区).

    That is ``option``, else what the environment names, else the nearest parent that is one, else ``cwd``.
    The folder is not checked; ``load_config`` says so when it is not a workspace.
    """
    if option is not None:
        return cwd / option
    named = env.get(WORKSPACE_VARIABLE, "").strip()
    if named:
        return cwd / named
    for folder in (cwd, *cwd.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    return cwd


def load_config(workspace: Path) -> Config:
    """Read the workspace's settings.

    Raises:
        SettingsError: the folder is not a workspace, or settings are wrong (all of them named at once).
    """
    path = workspace.absolute() / SETTINGS_FILE
    table = _read_table(path)
    problems: list[str] = []
    sections = _parse_sections(table, problems)
    if problems:
        listed = "\n".join(f"  · {problem}" for problem in problems)
        raise SettingsError(f"设置文件 {path} 有 {len(problems)} 处错误，请改正后重试：\n{listed}")
    return Config(path.parent, **{_FIELDS.get(name, name): section for name, section in sections.items()})


def default_toml() -> str:
    """Return the text of a new ``archivist.toml``: every setting commented out, with default and meaning."""
    lines = [
        "# 本文件所在的文件夹就是工作区。",
        "# 下面列出全部设置和默认值。要改哪一项，去掉那一行开头的 # 再改等号后面的值，保存为 UTF-8 编码。",
    ]
    for name, (title, kind) in _SECTIONS.items():
        lines += ["", "", f"# ===== {title} =====", f"[{name}]"]
        for item in fields(kind):
            limit = _limit(item)
            lines += [
                "",
                f"# {limit.meaning}{_allowed_in_comment(limit)}",
                f"#{item.name} = {_toml(item.default)}",
            ]
    return "\n".join(lines) + "\n"


def _read_table(path: Path) -> dict[str, Any]:
    from archivist.workspace.toml import TomlError, parse_toml

    try:
        with path.open("rb") as stream:
            raw = stream.read(_MAX_SETTINGS_BYTES + 1)
    except FileNotFoundError:
        raise SettingsError(
            f"{path.parent} 不是工作区：里面没有 {SETTINGS_FILE}。"
            f"请先运行 archivist init 建立工作区，或用 -w 指明工作区文件夹。"
        ) from None
    except OSError as error:
        raise SettingsError(f"无法读取设置文件 {path}：{error.strerror}。请检查文件和权限。") from None
    if len(raw) > _MAX_SETTINGS_BYTES:
        raise SettingsError(f"设置文件 {path} 过大，不像设置文件。请检查是否放错了文件。")
    try:
        return parse_toml(raw)
    except UnicodeDecodeError:
        raise SettingsError(f"设置文件 {path} 不是 UTF-8 编码。请用记事本另存为，编码选 UTF-8。") from None
    except TomlError as error:
        raise SettingsError(
            f"设置文件 {path} 的写法有误，无法读取：{error}。"
            "文字要放在英文双引号里，路径里的反斜杠要写成两个或改用斜杠。"
        ) from None


def _parse_sections(table: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    for name, value in table.items():
        if name not in _SECTIONS:
            problems.append(f"{_shown_name(name, value)}：没有这一部分设置{_did_you_mean(name, _SECTIONS)}")
    sections: dict[str, Any] = {}
    for name, (_, kind) in _SECTIONS.items():
        values = table.get(name, {})
        if not isinstance(values, dict):
            problems.append(f"{name}：这是一部分设置的名称，应写成 [{name}]，下面逐行写设置")
            continue
        sections[name] = kind(**_parse_section(name, kind, values, problems))
    if "store" in sections:
        problems += _same_names(sections["store"])
    return sections


def _parse_section(
    section: str, kind: type[Any], values: Mapping[str, Any], problems: list[str]
) -> dict[str, Any]:
    known = {item.name: item for item in fields(kind)}
    good: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            guess = _did_you_mean(key, known)
            problems.append(f"[{section}] {_shown_name(key, value)}：没有这项设置{guess}")
        elif (wrong := _wrong(known[key], value)) is not None:
            problems.append(f"[{section}] {_shown_name(key, value)}：{wrong}")
        else:
            good[key] = float(value) if isinstance(known[key].default, float) else value
    return good


def _wrong(item: Field[Any], value: object) -> str | None:
    """Return what is allowed when ``value`` is not, else ``None``."""
    limit = _limit(item)
    if isinstance(item.default, str):
        return _wrong_text(limit, value)
    if isinstance(item.default, int):
        right = isinstance(value, int) and not isinstance(value, bool)
    else:
        right = isinstance(value, int | float) and not isinstance(value, bool)
    assert limit.low is not None and limit.high is not None
    if right and limit.low <= value <= limit.high:  # type: ignore[operator]
        return None
    return _allowed(item)


def _wrong_text(limit: Limit, value: object) -> str | None:
    if not isinstance(value, str):
        return "应为放在英文双引号里的文字"
    if limit.choices and value not in limit.choices:
        return f"应为 {'、'.join(filter(None, limit.choices))} 之一"
    if any(ord(character) < 32 for character in value):
        return "不能含换行等控制字符"
    if limit.form == "path" and not value.strip():
        return "不能为空，应为文件夹路径"
    if limit.form == "name" and not _is_safe_name(value):
        return f"应为一个文件夹名称，不能为空，不能含 {_FORBIDDEN_IN_NAMES}，不能以点开头或以点、空格结尾"
    return None


def _is_safe_name(value: str) -> bool:
    """Tell whether ``value`` is one folder name on Windows and Linux alike."""
    return (
        0 < len(value) <= 80
        and value == value.strip()
        and not value.startswith(".")
        and not value.endswith(".")
        and not any(character in _FORBIDDEN_IN_NAMES for character in value)
        and value.split(".", maxsplit=1)[0].upper() not in _DEVICE_NAMES
    )


def _same_names(store: StoreSettings) -> Iterator[str]:
    seen: dict[str, str] = {}
    for key in ("inbox", "review", "projects", "papers", "rejected", "copies"):
        name = getattr(store, key).casefold()
        if name in seen:
            yield f"[store] {key}：与 {seen[name]} 用了同一个名称，六个文件夹的名称不能相同"
        seen.setdefault(name, key)


def _allowed(item: Field[Any]) -> str:
    limit = _limit(item)
    noun = "整数" if isinstance(item.default, int) else "数"
    return f"应为 {limit.low:g} 到 {limit.high:g} 的{noun}"


def _allowed_in_comment(limit: Limit) -> str:
    if limit.choices:
        return f"可填：{'、'.join(filter(None, limit.choices))}。"
    return f"范围：{limit.low:g} 到 {limit.high:g}。" if limit.low is not None else ""


def _limit(item: Field[Any]) -> Limit:
    limit = item.metadata["limit"]
    assert isinstance(limit, Limit)
    return limit


def _shown_name(key: str, value: object) -> str:
    """``key = value`` as far as a person needs it, whatever the file says."""
    if isinstance(value, dict):
        return f"[{_short(key)}]"
    shown = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return f"{_short(key)} = {_short(shown)}"


def _short(text: str) -> str:
    visible = "".join(character if character.isprintable() else "�" for character in text)
    return visible if len(visible) <= 60 else visible[:60] + "…"


def _did_you_mean(word: str, known: Mapping[str, object]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word[:60].lower(), known, n=1)
    return f"，是不是 {close[0]}？" if close else f"。可用的有：{'、'.join(known)}"


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
