"""HEIC photos of phones, decoded by libheif (pi-heif: decoding only, LGPL) in a disposable process."""

from __future__ import annotations

from pathlib import Path

from archivist.extract.image import Frames, load_frames
from archivist.extract.limits import Limits

HEIF = "HEIF"
"""What Pillow calls the format."""


def register_heic() -> None:
    """Teach Pillow to open HEIC, its primary image only."""
    import pi_heif  # type: ignore[import-untyped]

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def load_heic(path: Path, folder: Path, limits: Limits) -> Frames:
    """Decode the primary image of ``path`` into ``folder``; bursts, depth maps and thumbnails are left.

    libheif turns the picture as the container says, and pi-heif takes the orientation out of the EXIF data, which
    only repeats it. The size is judged before anything is decoded.

    Raises:
        Refused: damaged, cut off, too many pixels.
    """
    register_heic()
    return load_frames(path, 0, 1, folder, limits, (HEIF,))
