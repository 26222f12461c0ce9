"""HTML from templates: where the software's own pages are made, and by what rules.

Templates say how a page looks, frozen view values what it says. Whatever a template prints is escaped and loses its
control and direction characters, without the template's asking; what it names and was not given is an error, and
there is nothing to call. A workspace's own 使用说明 runs in a sandbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from archivist.core.words.numbers import in_words
from archivist.render.text import plain

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"


class TemplateFault(Exception):
    """A template from outside cannot be used; ``line`` is 1-based, 0 where it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def fill(name: str, **values: Any) -> Markup:
    """Fill the template ``name`` of ``templates/``."""
    return _markup(_environment().get_template(name).render(values))


def fill_text(text: str, **values: Any) -> Markup:
    """Fill a template that is no file of ours.

    Raises:
        TemplateFault: it does not parse, names what it was not given, or fails in any other way.
    """
    from jinja2 import TemplateSyntaxError

    try:
        return _markup(_parsed(text).render(values))
    except TemplateSyntaxError as error:
        raise TemplateFault(str(error), error.lineno) from error
    except Exception as error:  # what an expression from outside may raise is anything
        raise TemplateFault(str(error)) from error


def listed(texts: Iterable[str]) -> Markup:
    """Texts as ``<li>`` elements, a line each."""
    return _markup("\n").join(_markup("<li>{}</li>").format(plain(text)) for text in texts)


def clipped(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters: the middle goes, a file's ending stays readable."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def reference(path: str) -> str:
    """A path from the page as a link: every sign that could mean something in one is encoded."""
    start = "" if path.startswith("../") else "./"
    return start + quote(path, errors="surrogateescape")


@cache
def _environment() -> Environment:
    """Where our own templates run."""
    from jinja2 import Environment

    return _configured(Environment)


@cache
def _sandbox() -> Environment:
    """Where a template runs that is not ours; it costs twice as much."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return _configured(ImmutableSandboxedEnvironment)


def _configured(kind: type[Environment]) -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined

    env = kind(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FileSystemLoader(_TEMPLATES),
        auto_reload=False,
    )
    env.globals.clear()
    env.filters |= {"clip": clipped, "reference": reference, "in_words": in_words}
    return env


@lru_cache(maxsize=4)
def _parsed(text: str) -> Template:
    return _sandbox().from_string(text)


def _printable(value: Any) -> Any:
    """What a template prints: markup and numbers as they are, words without control and direction characters.

    Raises:
        AttributeError, UndefinedError: it is neither, such as None, or was not given.
    """
    return value if isinstance(value, int) or hasattr(value, "__html__") else plain(value)


def _markup(text: str) -> Markup:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 (the environment escaped what is from outside)
