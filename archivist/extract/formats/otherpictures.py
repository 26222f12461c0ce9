"""Pictures that Pillow does not open though nothing shows that they are damaged, read by OpenCV's decoders instead.

Rare kinds of TIFF (LogLuv, 64-bit samples), BMP and PNG with an odd chunk. Runs in disposable processes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.image import Frames, eight_bit, flattened, load_frames
from archivist.extract.limits import LONGEST_SIDE, Limits
from archivist.extract.seeing.picture import Picture


def load_pictures(path: Path, first: int, count: int, folder: Path, limits: Limits) -> Frames:
    """Decode frames by Pillow, as `image.load_frames` tells, or else by OpenCV.

    Raises:
        Refused: neither can read it, cut off, too many pixels, too many frames.
    """
    try:
        return load_frames(path, first, count, folder, limits)
    except Refused as refusal:
        if refusal.reason != failures.PICTURE_UNREADABLE:
            raise
    return _other_frames(path, first, count, folder, limits)


def _other_frames(path: Path, first: int, count: int, folder: Path, limits: Limits) -> Frames:
    import cv2

    from archivist.extract.seeing.raster import save_picture

    with path.open("rb") as stream:
        is_tiff = stream.read(2) in (b"II", b"MM")
    try:
        total = max(int(cv2.imcount(str(path))), 1)
        if total > limits.max_pages:
            raise Refused(failures.too_many_pages(total, limits.max_pages))
        made: list[Picture] = []
        for index in range(first, min(first + count, total)):
            read, found = cv2.imreadmulti(str(path), start=index, count=1, flags=cv2.IMREAD_UNCHANGED)
            if not read or not found:
                raise Refused(failures.PICTURE_UNREADABLE)
            if (
                is_tiff and found[0].min() == found[0].max()
            ):  # what was not decoded comes out as an empty sheet
                raise Refused(failures.PICTURE_UNDECODED)
            made.append(save_picture(_on_paper(found[0], limits), index + 1, folder))
    except cv2.error as error:
        if "memory" in str(error).lower() or "allocate" in str(error).lower():
            raise
        raise Refused(failures.PICTURE_UNREADABLE) from None
    return Frames(total, tuple(made))


def _on_paper(found: Any, limits: Limits) -> Any:
    """Bring what OpenCV gives (blue first, any depth, perhaps transparent) to grey or RGB on white paper."""
    import numpy as np
    from PIL import Image

    height, width = found.shape[:2]
    if width * height > limits.max_pixels:
        raise Refused(failures.too_many_pixels(width, height))
    if found.dtype != np.uint8:
        found = eight_bit(found)
    if found.ndim == 3:
        found = found[..., [2, 1, 0, 3]] if found.shape[2] == 4 else found[..., ::-1]
        found = found[..., 0] if found.shape[2] in (1, 2) else found
    image = Image.fromarray(np.ascontiguousarray(found))
    if image.mode not in ("RGB", "L"):
        image = flattened(image)
    if max(image.size) > LONGEST_SIDE:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return np.asarray(image)
