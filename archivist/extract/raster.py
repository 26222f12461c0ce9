"""Questions about pixel arrays (child processes only): is there ink, is there colour, where is red. numpy
throughout.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from archivist.extract.picture import Picture

Pixels = npt.NDArray[np.uint8]
"""Height × width (grey) or height × width × 3 (RGB)."""

_BLOCK = 4
_BLANK_INK = 0.0002
_COLOUR_SHARE = 0.0008


def save_picture(pixels: Pixels, number: int, folder: Path, bilevel: bool = False) -> Picture:
    """Judge the pixels and leave them in ``folder`` for recognition, grey unless there is colour."""
    small = _reduced(pixels)
    colour = _colour_class(small, bilevel)
    if ink_share(small) < _BLANK_INK:
        return Picture(number, blank=True, colour=colour)
    if colour != "colour" and pixels.ndim == 3:
        pixels = pixels[..., 1]
    path = folder / f"{number:06d}.npy"
    np.save(path, np.ascontiguousarray(pixels), allow_pickle=False)
    return Picture(number, str(path), colour=colour)


def _reduced(pixels: Pixels) -> npt.NDArray[np.int16]:
    """Mean of blocks: a dust speck fades, a stroke stays."""
    from PIL import Image

    factor = max(min(_BLOCK, *pixels.shape[:2]), 1)
    return np.asarray(Image.fromarray(pixels).reduce(factor)).astype(np.int16)


def ink_share(small: npt.NDArray[np.int16]) -> float:
    """Return the share of a (reduced) page that is clearly darker or more coloured than its paper, margins
    left out.
    """
    height, width = small.shape[:2]
    inner = small[height // 40 : height - height // 40, width // 40 : width - width // 40]
    dark = inner if inner.ndim == 2 else inner.min(axis=2)
    if dark.size == 0:
        return 0.0
    paper = np.percentile(dark, 80)
    return float((dark < paper - 40).mean())


def _colour_class(small: npt.NDArray[np.int16], bilevel: bool) -> str:
    if bilevel:
        return "bw"
    if small.ndim == 3:
        chroma = small.max(axis=2) - small.min(axis=2)
        # A tint of the whole sheet is paper or lamp, not colour: measure against the sheet's own tint.
        if float((chroma > float(np.median(chroma)) + 40).mean()) > _COLOUR_SHARE:
            return "colour"
        if float(np.median(chroma)) > 40:
            return "colour"
    return "grey"


def red_mask(pixels: Pixels) -> npt.NDArray[np.bool_]:
    """Tell where there is red ink: the red of headings and seals, not brown paper or skin."""
    red, green, blue = (pixels[..., i].astype(np.int16) for i in range(3))
    mask: npt.NDArray[np.bool_] = (red - np.maximum(green, blue) > 50) & (red > 100)
    return mask
