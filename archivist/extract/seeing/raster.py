"""Questions about pixel arrays (child processes only): is there ink, is there colour. numpy throughout."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.picture import Picture

Pixels = npt.NDArray[np.uint8]
"""Height × width (grey) or height × width × 3 (RGB)."""

_BLOCK = 4
_PAGE_SIDE = 1000
"""Pixels: on smaller pictures than pages are, strokes are as thin as specks."""
_BLANK_INK = 0.0002
_BLANK_LIGHT = 0.002
_HOLES = 18
"""Punch holes (装订孔) stand within this part of the width."""
_COLOUR_SHARE = 0.0008
_FAINT_RED_SHARE = 0.0004
"""Half of the outline of a small, faint seal on A4."""
_TINTED_SHARE = 0.002


def save_picture(
    pixels: Pixels, number: int, folder: Path, bilevel: bool = False, captured: int = 0
) -> Picture:
    """Judge the pixels and leave them in ``folder`` for recognition, grey unless something on them is coloured.

    ``captured``: longest side of the picture before anybody scaled it, 0 where that is not known.
    """
    small = _reduced(pixels)
    colour = _colour_class(small, bilevel)
    if ink_share(small) < _BLANK_INK and light_share(small) < _BLANK_LIGHT:
        return Picture(number, blank=True, colour=colour)
    if colour != "colour" and pixels.ndim == 3:
        pixels = pixels[..., 1]
    path = folder / f"{number:06d}.npy"
    _save(path, np.ascontiguousarray(pixels))
    return Picture(number, str(path), colour=colour, pixels=captured, paper=_paper(small))


def _paper(small: npt.NDArray[np.int16]) -> float:
    """How light the paper is (0..1): what most of the sheet is lighter than is ink and shadow."""
    light = _inner(small)
    light = light if light.ndim == 2 else light.max(axis=2)
    return round(float(np.percentile(light, 80)) / 255, 3) if light.size else 1.0


def _save(path: Path, pixels: Pixels) -> None:
    """Write the array; numpy tells of a short write without its cause, so that a full disk would pass for a bad file."""
    try:
        np.save(path, pixels, allow_pickle=False)
    except OSError as error:
        if error.errno is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _reduced(pixels: Pixels) -> npt.NDArray[np.int16]:
    """Mean of blocks: a dust speck fades, a stroke stays."""
    from PIL import Image

    longest = max(pixels.shape[:2])
    block = _BLOCK if longest >= _PAGE_SIDE else _BLOCK // 2 if longest >= _PAGE_SIDE // 2 else 1
    factor = max(min(block, *pixels.shape[:2]), 1)
    return np.asarray(Image.fromarray(pixels).reduce(factor)).astype(np.int16)


def ink_share(small: npt.NDArray[np.int16]) -> float:
    """Return the share of a (reduced) page that is clearly darker or more coloured than its paper, margins
    left out: a scanner's black edge and the holes of a binder are no writing.
    """
    inner = _inner(small)
    dark = inner if inner.ndim == 2 else inner.min(axis=2)
    if dark.size == 0:
        return 0.0
    paper = np.percentile(dark, 80)
    return float((dark < paper - 40).mean())


def light_share(small: npt.NDArray[np.int16]) -> float:
    """Return the share that is clearly lighter than most: white on black, things in a dark photo."""
    inner = _inner(small)
    light = inner if inner.ndim == 2 else inner.max(axis=2)
    if light.size == 0:
        return 0.0
    return float((light > np.percentile(light, 50) + 40).mean())


def _inner(small: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    height, width = small.shape[:2]
    edge, side = height // 40, width // _HOLES
    return small[edge : height - edge, side : width - side]


def _colour_class(small: npt.NDArray[np.int16], bilevel: bool) -> str:
    """Return bw, grey (captured without colour), plain (captured in colour, nothing coloured on it) or colour."""
    if bilevel:
        return "bw"
    if small.ndim == 2:
        return "grey"
    chroma = small.max(axis=2) - small.min(axis=2)
    # Only what was captured in grey has no chroma at all: paper, lamps and JPEG leave some everywhere.
    if float((chroma > 1).mean()) < _TINTED_SHARE:
        return "grey"
    # A tint of the whole sheet is paper or lamp, not colour: measure against the sheet's own tint.
    tint = float(np.median(chroma))
    if tint > 40 or float((chroma > tint + 40).mean()) > _COLOUR_SHARE:
        return "colour"
    red = small[..., 0] - np.maximum(small[..., 1], small[..., 2])
    faint = float((red > float(np.median(red)) + 14).mean())
    return "colour" if faint > _FAINT_RED_SHARE else "plain"
