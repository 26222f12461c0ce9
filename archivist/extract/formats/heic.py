"""HEIC photos of phones, decoded by libheif (pi-heif: decoding only, LGPL) in a disposable process."""

from __future__ import annotations

from pathlib import Path

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.image import Frames, load_frames
from archivist.extract.limits import Limits

HEIF = "HEIF"
"""What Pillow calls the format."""


_MOST_BOXES = 1000


def register_heic() -> None:
    """Teach Pillow to open HEIC, its primary image only."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def load_heic(path: Path, folder: Path, limits: Limits) -> Frames:
    """Decode the primary image of ``path`` into ``folder``; bursts, depth maps and thumbnails are left.

    libheif turns the picture as the container says, and pi-heif takes the orientation out of the EXIF data, which
    only repeats it. The size is judged before anything is decoded.

    Raises:
        Refused: damaged, cut off, too many pixels.
    """
    register_heic()
    try:
        return load_frames(path, 0, 1, folder, limits, (HEIF,))
    except Refused as refusal:
        if refusal.reason == failures.PICTURE_UNREADABLE and is_cut_off(path):
            raise Refused(failures.TRUNCATED) from None
        raise


def is_cut_off(path: Path) -> bool:
    """Whether one of the boxes that a file of ISO 14496-12 is made of reaches beyond its end."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        at = 0
        for _ in range(_MOST_BOXES):
            stream.seek(at)
            head = stream.read(16)
            if len(head) < 8:
                return bool(head) and at < size
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length == 0:  # to the end
                return False
            at += max(length, 8)
            if at >= size:
                return at > size
    return False
