"""A paper while its facts are read: its pages, and what is worked out of them once, when the first asks."""

from __future__ import annotations

from functools import cached_property

from archivist.core.page import Page
from archivist.core.paper.scopes import FOREIGN, Named, Scopes, named
from archivist.core.paper.statements import Statement, statements
from archivist.core.paper.sums import Sum, sums
from archivist.core.paper.tables import Table, tables, without
from archivist.core.paper.votes import Count, votes
from archivist.core.saying import Sayings


class Reading:
    """One paper. ``named`` is empty unless it names several projects: then nothing has to be told apart."""

    def __init__(
        self,
        kind: str | None,
        pages: tuple[Page, ...],
        sayings: Sayings,
        title: str = "",
        projects: tuple[tuple[str, str], ...] = (),
        issuer: str | None = None,
    ) -> None:
        self.kind, self.pages, self.sayings = kind, pages, sayings
        self.title, self.issuer = title, issuer
        self.all_named: tuple[Named, ...] = named(projects)

    @property
    def named(self) -> tuple[Named, ...]:
        """The projects that have to be told apart."""
        return self.all_named if len(self.all_named) > 1 or self.tables or self._others else ()

    @cached_property
    def _others(self) -> bool:
        """Whether a heading is about a project that is none of those known."""
        scopes = Scopes(self.all_named)
        return bool(self.all_named) and any(scopes.of(one) == FOREIGN for one in self.told)

    @cached_property
    def said(self) -> tuple[Statement, ...]:
        """All its sentences."""
        return statements(self.pages)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Its tables of projects."""
        return tables(self.pages)

    @cached_property
    def told(self) -> tuple[Statement, ...]:
        """Its sentences outside such tables."""
        return statements(without(self.pages, self.tables)) if self.tables else self.said

    @cached_property
    def votes(self) -> tuple[Count, ...]:
        """The numbers of its meeting."""
        return votes(self.pages, self.said)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Its debts, claims and properties."""
        return sums(self.said, self.sayings.sums)

    @cached_property
    def scopes(self) -> dict[tuple[str, str], str]:
        """By quote and heading of a sentence: the project it is about."""
        scopes = Scopes(self.named)
        return {(one.quote, one.topic): scopes.of(one) for one in self.said}

    def scope_of(self, quote: str, topic: str) -> str:
        """The project a sentence is about, "" for the whole paper."""
        return self.scopes.get((quote, topic), "")
