"""The only reader of ``archivist.toml`` and of the environment variables ``ARCHIVIST_*`` (设置).

The section classes below are the one table of settings: their fields give the keys, the defaults, the
limits and the Chinese explanation, and drive parsing, the error messages and the text that ``init`` writes.
Every setting has a default; what is unknown or out of range is refused, all of it at once, with the file, the
key and what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from archivist.errors import SettingsError

SETTINGS_FILE = "archivist.toml"
WORKSPACE_VARIABLE = "ARCHIVIST_WORKSPACE"

_MAX_SETTINGS_BYTES = 1_000_000
_FORBIDDEN_IN_NAMES = '\\/:*?"<>|'
_DEVICE_NAMES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


@dataclass(frozen=True, slots=True)
class Limit:
    """What a setting may be: ``low``/``high`` inclusive; ``form`` is text, name (of a folder) or path."""

    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    form: str = "text"


def _setting(default: Any, meaning: str, **limit: Any) -> Any:
    """Return a dataclass field that carries its own limit and explanation."""
    return field(default=default, metadata={"limit": Limit(meaning, **limit)})


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """[store]: where the archive stands and what its folders are called."""

    root: str = _setting(
        "archive_store",
        "档案库所在文件夹。相对路径从本文件所在文件夹算起，也可写共享盘的完整路径。",
        form="path",
    )
    inbox: str = _setting("收件箱", "收件文件夹的名称：待归档的文件放进这里。", form="name")
    review: str = _setting("待确认", "拿不准的文件放在这个文件夹，等人确认。", form="name")
    projects: str = _setting("项目档案", "归好的档案放在这个文件夹，一个项目一个文件夹。", form="name")
    rejected: str = _setting("退回", "不能用的文件（损坏、加密等）退到这个文件夹，旁边附说明。", form="name")


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """[intake]: when a file counts as completely copied, and how large it may be."""

    settle_seconds: float = _setting(
        2.0, "文件大小和时间多少秒不再变化，才算复制完成。网络慢时可调大。", low=0.1, high=600
    )
    max_file_mb: int = _setting(200, "单个文件的上限（兆字节）。更大的文件退回，请先拆分。", low=1, high=4096)
    max_pages: int = _setting(500, "单个文件的页数上限。", low=1, high=10_000)
    max_members: int = _setting(1000, "压缩包内文件个数的上限。", low=1, high=100_000)
    max_unpacked_mb: int = _setting(500, "压缩包解开后总大小的上限（兆字节）。", low=1, high=16_384)
    max_ratio: int = _setting(100, "压缩包的压缩比上限，超过的按恶意文件退回。", low=2, high=10_000)
    max_depth: int = _setting(3, "压缩包套压缩包的层数上限。", low=1, high=10)


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """[extraction]: the worker processes that read files, and their limits."""

    workers: int = _setting(0, "同时识别的进程数。0 表示与处理器核数相同。", low=0, high=64)
    wall_seconds: int = _setting(120, "读取一个文件的一步最多用多少秒，超过即停止。", low=5, high=3600)
    cpu_seconds: int = _setting(90, "读取一个文件的一步最多用多少秒处理器时间。", low=5, high=3600)
    memory_mb: int = _setting(1500, "每个进程最多用多少内存（兆字节）。", low=512, high=65_536)
    ocr_engine: str = _setting(
        "auto", "文字识别的运行方式。auto 表示自动选择。", choices=("auto", "onnxruntime", "openvino")
    )
    ocr_page_seconds: int = _setting(120, "识别一页扫描件最多用多少秒。", low=5, high=3600)


@dataclass(frozen=True, slots=True)
class IdentificationSettings:
    """[identification]: how sure the software must be to file a document by itself."""

    file_threshold: float = _setting(
        0.80,
        "把握不低于这个数（0.5 到 1）才自动归档，否则放进“待确认”。调高更稳妥，要人确认的更多。",
        low=0.5,
        high=1,
    )
    margin: float = _setting(
        0.15, "第一候选至少要比第二候选高出多少才自动归档（0 到 0.5）。", low=0, high=0.5
    )


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """[watch]: how ``watch`` notices new files."""

    rescan_seconds: float = _setting(5.0, "每隔多少秒把收件箱整个查看一遍，以免漏件。", low=0.5, high=3600)
    polling: str = _setting(
        "auto",
        "是否只靠定时查看、不用系统通知。共享盘上收不到通知时填 yes；auto 表示自动判断。",
        choices=("auto", "yes", "no"),
    )


@dataclass(frozen=True, slots=True)
class GenerationSettings:
    """[generation]: what generated documents say about who issues them."""

    issuer: str = _setting("", "发文机关全称或规范化简称，用在生成的公文里。留空则按项目和文种填写。")
    sign: str = _setting("", "机关代字，用在发文字号里。留空则在公文中标为【待填】。")


@dataclass(frozen=True, slots=True)
class FixitySettings:
    """[fixity]: how often originals are checked against what they were when they came."""

    interval_days: int = _setting(
        30, "值守时每隔多少天把全部原件和归档文件核验一遍。0 表示不定期核验。", low=0, high=3650
    )
    mb_per_second: float = _setting(
        20.0, "定期核验每秒最多读多少兆字节，以免影响别的工作。", low=0.1, high=10_000
    )
    sm3: str = _setting(
        "yes", "除 SHA-256 外，是否再用国密 SM3 记一个校验值（系统支持时）。", choices=("yes", "no")
    )
    timestamp_url: str = _setting(
        "", "可信时间戳服务（RFC 3161）的网址，archivist anchor 用。留空则不用；软件的其他部分都不联网。"
    )
    timestamp_ca: str = _setting(
        "", "时间戳服务的根证书文件（PEM）。相对路径从本文件所在文件夹算起。留空则不核对时间戳的签名。"
    )


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one workspace. Paths are absolute."""

    workspace: Path
    store: StoreSettings = StoreSettings()
    intake: IntakeSettings = IntakeSettings()
    extraction: ExtractionSettings = ExtractionSettings()
    identification: IdentificationSettings = IdentificationSettings()
    watch: WatchSettings = WatchSettings()
    generation: GenerationSettings = GenerationSettings()
    fixity: FixitySettings = FixitySettings()

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
    def rejected(self) -> Path:
        """退回."""
        return self.store_root / self.store.rejected

    @property
    def timestamp_ca(self) -> Path | None:
        """Certificates of the time stamp service's authority."""
        return self.workspace / self.fixity.timestamp_ca if self.fixity.timestamp_ca else None


_SECTIONS: dict[str, tuple[str, type[Any]]] = {
    "store": ("档案库", StoreSettings),
    "intake": ("收件", IntakeSettings),
    "extraction": ("读取和识别文字", ExtractionSettings),
    "identification": ("自动归档", IdentificationSettings),
    "watch": ("值守", WatchSettings),
    "generation": ("生成公文", GenerationSettings),
    "fixity": ("核验", FixitySettings),
}


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
    return Config(path.parent, **sections)


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
    import tomllib

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
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SettingsError(f"设置文件 {path} 不是 UTF-8 编码。请用记事本另存为，编码选 UTF-8。") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(
            f"设置文件 {path} 的写法有误，无法读取：{_where(error)}。"
            "文字要放在英文双引号里，路径里的反斜杠要写成两个或改用斜杠。"
        ) from None


def _where(error: Exception) -> str:
    import re

    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"第 {found[1]} 行第 {found[2]} 列附近" if found else "文件末尾附近，可能没有写完"


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
        return f"应为 {'、'.join(limit.choices)} 之一"
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
    for key in ("inbox", "review", "projects", "rejected"):
        name = getattr(store, key).casefold()
        if name in seen:
            yield f"[store] {key}：与 {seen[name]} 用了同一个名称，四个文件夹的名称不能相同"
        seen.setdefault(name, key)


def _allowed(item: Field[Any]) -> str:
    limit = _limit(item)
    noun = "整数" if isinstance(item.default, int) else "数"
    return f"应为 {limit.low:g} 到 {limit.high:g} 的{noun}"


def _allowed_in_comment(limit: Limit) -> str:
    if limit.choices:
        return f"可填：{'、'.join(limit.choices)}。"
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
