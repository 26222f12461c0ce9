"""Rings in a map of ink: propose centres by voting, settle an ellipse on each, measure how much of it is there.

Pure geometry on float arrays (0 = paper, 1 = full ink); what ink is meant, the caller knows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.float32]
"""Height × width, 0..1."""

_ANGLES = 180
_REACH = np.arange(0.30, 1.34, 0.02, dtype=np.float32)
_MOST_VOTERS = 8_000
_NARROWING = (0.16, 0.10, 0.07, 0.06)


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Centre, half axes and turn (radians) in pixels."""

    x: float
    y: float
    a: float
    b: float
    turn: float = 0.0

    @property
    def radius(self) -> float:
        """The mean radius."""
        return float(np.sqrt(self.a * self.b))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        wide = float(np.hypot(self.a * cos, self.b * sin))
        high = float(np.hypot(self.a * sin, self.b * cos))
        return self.x - wide, self.y - high, self.x + wide, self.y + high

    def scaled(self, factor: float) -> Ellipse:
        """The same ellipse on an image ``factor`` times as large."""
        return replace(self, x=self.x * factor, y=self.y * factor, a=self.a * factor, b=self.b * factor)

    def points(self, angles: npt.NDArray[Any], reach: npt.NDArray[Any]) -> tuple[Any, Any]:
        """Page coordinates at page angles (radians, clockwise from the right) and multiples of the radius.

        Returns x and y arrays of shape angles × reach.
        """
        cos, sin = np.cos(angles - self.turn), np.sin(angles - self.turn)
        radius = self.a * self.b / np.hypot(self.b * cos, self.a * sin)
        far = radius[:, None] * reach[None, :]
        return self.x + far * np.cos(angles)[:, None], self.y + far * np.sin(angles)[:, None]


@dataclass(frozen=True, slots=True)
class Ring:
    """A measured ellipse.

    Attributes:
        covered: share of the directions (inside the image) in which a thin line of ink lies on the ellipse.
        visible: share of the ellipse inside the image.
        quarters: how many quarters have a fair share of the line.
        inside: mean share of ink between the centre and the line. outside: the same just beyond it.
    """

    ellipse: Ellipse
    covered: float
    visible: float
    quarters: int
    inside: float
    outside: float


def propose(ink: Ink, low: float, radii: tuple[int, int], most: int) -> list[Ellipse]:
    """Return up to ``most`` circles whose edge many pixels of ``ink`` above ``low`` point at."""
    import cv2

    height, width = ink.shape
    soft = cv2.GaussianBlur(ink, (0, 0), 1.0)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    steep = np.hypot(dx, dy)
    ys, xs = np.nonzero((steep > low) & (cv2.dilate(ink, np.ones((3, 3))) > low))
    if len(xs) < 20:
        return []
    step = -(-len(xs) // _MOST_VOTERS)
    ys, xs = ys[::step], xs[::step]
    ux, uy = dx[ys, xs] / steep[ys, xs], dy[ys, xs] / steep[ys, xs]
    votes = _vote(xs, ys, ux, uy, radii, (height, width))
    return _peaks(votes, xs, ys, radii, most)


def _vote(
    xs: Any, ys: Any, ux: Any, uy: Any, radii: tuple[int, int], shape: tuple[int, int]
) -> npt.NDArray[np.float32]:
    """Every edge pixel votes for the points it looks at and turns its back on; a ring's centre collects all.

    The field is wider than the image by a quarter of the largest radius: a cut seal's centre may lie outside.
    """
    import cv2

    margin = radii[1] // 4
    height, width = shape[0] + 2 * margin, shape[1] + 2 * margin
    far = np.arange(radii[0], radii[1] + 1, dtype=np.float32)
    reach: npt.NDArray[Any] = np.concatenate([far, -far])[:, None]
    vx = (xs + reach * ux + margin).astype(np.int32)
    vy = (ys + reach * uy + margin).astype(np.int32)
    good = (vx >= 0) & (vx < width) & (vy >= 0) & (vy < height)
    weight = np.broadcast_to(1 / np.abs(reach), vx.shape)
    total = np.bincount(vy[good] * width + vx[good], weight[good], minlength=height * width)
    field = total.reshape(height, width).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(field, (0, 0), 1.5), np.float32)


def _peaks(
    votes: npt.NDArray[np.float32], xs: Any, ys: Any, radii: tuple[int, int], most: int
) -> list[Ellipse]:
    margin = radii[1] // 4
    votes = votes.copy()
    top = float(votes.max())
    found: list[Ellipse] = []
    for _ in range(most):
        at = int(votes.argmax())
        y, x = divmod(at, votes.shape[1])
        if votes[y, x] < 0.2 * top:
            break
        reach = max(3, radii[0] // 3)
        votes[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1] = 0
        far = np.hypot(xs - (x - margin), ys - (y - margin))
        counts = np.bincount(far.astype(np.int32), minlength=radii[1] + 4)[: radii[1] + 4].astype(np.float32)
        share = np.convolve(counts, np.ones(3, np.float32), "same") / np.maximum(np.arange(len(counts)), 1)
        share[: radii[0]] = 0
        for _ in range(2):
            radius = int(share.argmax())
            if share[radius] <= 0:
                break
            found.append(Ellipse(float(x - margin), float(y - margin), float(radius), float(radius)))
            share[max(radius - 4, 0) : radius + 5] = 0
    return found


def settle(ink: Ink, start: Ellipse, low: float) -> Ellipse:
    """Pull an ellipse onto the line of ink about it, looking ever closer."""
    import cv2

    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False, dtype=np.float32)
    ellipse = start
    for window in _NARROWING:
        reach = np.arange(1 - window, 1 + window + 0.001, 0.01, dtype=np.float32)
        x, y = ellipse.points(angles, reach)
        seen = _sample(ink, x, y)
        best = seen.argmax(axis=1)
        rows = np.flatnonzero(seen.max(axis=1) > low)
        if len(rows) < _ANGLES // 4:
            return ellipse
        points = np.stack([x[rows, best[rows]], y[rows, best[rows]]], axis=1).astype(np.float32)
        (cx, cy), (one, other), degrees = cv2.fitEllipseDirect(points)
        fitted = Ellipse(cx, cy, one / 2, other / 2, float(np.radians(degrees)))
        if not _sane(fitted, start):
            return ellipse
        ellipse = fitted
    return ellipse


def _sane(fitted: Ellipse, start: Ellipse) -> bool:
    if (
        not all(np.isfinite(v) for v in (fitted.x, fitted.y, fitted.a, fitted.b))
        or min(fitted.a, fitted.b) < 4
    ):
        return False
    moved = float(np.hypot(fitted.x - start.x, fitted.y - start.y))
    return moved < 0.5 * start.radius and 0.6 < fitted.radius / start.radius < 1.6


def measure(ink: Ink, ellipse: Ellipse, low: float) -> Ring:
    """Measure the line of ink on ``ellipse``: a direction counts when the line there stands out on both sides."""
    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False, dtype=np.float32)
    x, y = ellipse.points(angles, _REACH)
    seen = _sample(ink, x, y)
    height, width = ink.shape
    edge_x, edge_y = x[:, _column(1.0)], y[:, _column(1.0)]
    visible = (edge_x >= 1) & (edge_x < width - 2) & (edge_y >= 1) & (edge_y < height - 2)
    line = seen[:, _column(0.94) : _column(1.06) + 1].max(axis=1)
    beyond = seen[:, _column(1.12) : _column(1.22) + 1].mean(axis=1)
    within = seen[:, _column(0.82) : _column(0.94) + 1].min(axis=1)
    there = visible & (line > low) & (line > 1.6 * beyond) & (line > 1.25 * within)
    strength = float(np.median(line[there])) if there.any() else 0.0
    shown = max(int(visible.sum()), 1)
    quarters = sum(
        int(there[i : i + _ANGLES // 4].sum() > 0.3 * _ANGLES // 4) for i in range(0, _ANGLES, _ANGLES // 4)
    )
    filled = seen > max(low, 0.4 * strength)
    return Ring(
        ellipse,
        covered=float(there.sum()) / shown,
        visible=shown / _ANGLES,
        quarters=quarters,
        inside=float(filled[:, : _column(0.90)].mean()),
        outside=float(filled[:, _column(1.10) : _column(1.30)].mean()),
    )


def _column(reach: float) -> int:
    return round((reach - float(_REACH[0])) / 0.02)


def _sample(ink: Ink, x: Any, y: Any) -> npt.NDArray[np.float32]:
    import cv2

    return np.asarray(
        cv2.remap(
            ink,
            np.asarray(x, np.float32),
            np.asarray(y, np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=0.0,
        ),
        np.float32,
    )


def unrolled(ink: Ink, ellipse: Ellipse, inner: float, outer: float) -> npt.NDArray[np.float32]:
    """Lay the band between two multiples of the radius out flat, from the foot clockwise, outside up."""
    height = max(int(ellipse.radius * (outer - inner)), 8)
    length = max(int(ellipse.radius * np.pi * (outer + inner)), 16)
    angles = np.linspace(np.pi / 2, np.pi * 5 / 2, length, endpoint=False, dtype=np.float32)
    x, y = ellipse.points(angles, np.linspace(outer, inner, height, dtype=np.float32))
    return _sample(ink, x.T, y.T)
