"""Whether the times in the chain of events can be true (时间只往前走): event by event, and a decision with its event."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from archivist.core.times import goes_back
from archivist.preservation.fixity.findings import ERROR, TIME, WARNING, Discrepancy

_ADVICE = "请查明当时是谁、为什么改过电脑的时间或改过记录；这段时间里办理的事要重新核对。"


class Clock:
    """Follows the chain; ``found`` says where time went backwards."""

    def __init__(self) -> None:
        self.found: list[Discrepancy] = []
        self._before = ""
        self._times: dict[int, str] = {}

    def pass_by(self, event: Mapping[str, Any], detail: Mapping[str, Any]) -> None:
        """Look at the next event; ``detail`` is the event's, read from JSON."""
        seq, at = event["seq"], event["at"]
        if self._before and goes_back(self._before, at):
            message = f"第 {seq} 条事件的时间（{at}）早于前一条（{self._before}）。"
            severity, more = ERROR, _ADVICE
            if "clock" in detail:  # it was told there and then, and is no secret
                severity, more = WARNING, "当时电脑的时间不对，已经提示过并记在这一条里。"
            self.found.append(Discrepancy(TIME, severity, f"index.db events {seq}", message, more))
        if event["act"] == "deregistered":
            self.found += self._decision(event, detail)
        self._before = self._times[seq] = at

    def _decision(self, event: Mapping[str, Any], detail: Mapping[str, Any]) -> Iterator[Discrepancy]:
        """A decision is made after the event it names as the chain's head, and not after its own."""
        for told in _decisions(detail):
            at = str(told.get("at", ""))
            head = told.get("head")
            first = self._times.get(head.get("seq", 0), "") if isinstance(head, dict) else ""
            if goes_back(first, at) or goes_back(at, event["at"]):
                message = (
                    f"项目 {event['subject']} 的销号决定写的时间（{at}）与记录它的第 {event['seq']} 条事件"
                    f"（{event['at']}）不符。"
                )
                yield Discrepancy(TIME, ERROR, f"index.db events {event['seq']}", message, _ADVICE)


def _decisions(detail: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The decisions that an event carries, as far as they can be read; what cannot is no decision for anybody."""
    with suppress(KeyError, TypeError, ValueError, AttributeError, RecursionError):
        for _, row in detail["rows"]["deregistrations"]:
            told = json.loads(row["decision"])
            if isinstance(told, dict):
                yield told
                yield {"at": row["at"], "head": told.get("head")}
