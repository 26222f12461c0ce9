"""The only caller of the OCR engine. Engines answer three small questions about pixels; what a page is,
`reading` knows.

RapidOCR (models inside its wheel, nothing downloaded) on onnxruntime or OpenVINO; which is faster depends on the
processor, so `processes.choosing` measures. One thread per process: several pages at once beat several threads on
one, and the system says on which core: OpenVINO left to itself pins every process to the first.
"""

from __future__ import annotations

import os
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""Height × width × 3."""
Quads = npt.NDArray[np.float32]
"""n × 4 corners × (x, y): top-left, top-right, bottom-right, bottom-left, in pixels."""

RUNTIMES = ("onnxruntime", "openvino")
DETECTOR_SIDE = 960
"""Pixels: the longest side of what the detector looks at."""
LINE_HEIGHT = 48
"""Pixels: the height of what the recogniser looks at."""
_NARROWEST = 160
"""Pixels: the recogniser is unsure of lines made narrower; RapidOCR's own 320 costs a table of figures twice as much."""
_WIDTH_STEPS = {"openvino": 64, "onnxruntime": 16}
"""OpenVINO keeps plans and buffers per input width: with few widths its memory stays within bounds."""


class OcrEngine(Protocol):
    """What recognition of a page needs from an engine."""

    def detect(self, image: Pixels) -> Quads:
        """Return the boxes of text lines."""

    def upside_down(self, crop: Pixels) -> bool:
        """Tell whether one line of text stands on its head."""

    def recognise(self, crop: Pixels) -> tuple[str, float]:
        """Return the text of one line and the engine's confidence in it (0..1)."""


class NullOcr:
    """No text on any page: for tests, and for archives that only want native text (engine = "none")."""

    def detect(self, image: Pixels) -> Quads:
        """Find nothing."""
        return np.zeros((0, 4, 2), np.float32)

    def upside_down(self, crop: Pixels) -> bool:
        """Deny."""
        return False

    def recognise(self, crop: Pixels) -> tuple[str, float]:
        """Read nothing."""
        return "", 0.0


class RapidEngine:
    """RapidOCR part by part, through its public call with one stage switched on at a time."""

    def __init__(self, runtime: str) -> None:
        _one_thread()
        from rapidocr import RapidOCR

        self._call = RapidOCR(params=_parameters(runtime))
        self._step = _WIDTH_STEPS[runtime]

    def detect(self, image: Pixels) -> Quads:
        """Return the boxes of text lines; the detector looks at a picture of at most 960 pixels."""
        found: Any = self._call(image, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        if boxes is None or len(boxes) == 0:
            return np.zeros((0, 4, 2), np.float32)
        return np.asarray(boxes, np.float32)

    def upside_down(self, crop: Pixels) -> bool:
        """Ask the angle classifier; only a confident answer counts."""
        found: Any = self._call(crop, use_det=False, use_cls=True, use_rec=False)
        label, score = found.cls_res[0]
        return bool(label == "180" and score > 0.8)

    def recognise(self, crop: Pixels) -> tuple[str, float]:
        """Read one line."""
        found: Any = self._call(_to_step(crop, self._step), use_det=False, use_cls=False, use_rec=True)
        if not found.txts:
            return "", 0.0
        return str(found.txts[0]), float(found.scores[0])


def _to_step(crop: Pixels, step: int) -> Pixels:
    """Pad a line to one of a few widths."""
    import cv2

    height, width = crop.shape[:2]
    at_scale = max(LINE_HEIGHT * width / height, 1.0)
    wanted = -(-at_scale // step) * step
    missing = int(wanted * height / LINE_HEIGHT) - width
    if missing <= 0:
        return crop
    padded = cv2.copyMakeBorder(crop, 0, 0, 0, missing, cv2.BORDER_CONSTANT, value=(127, 127, 127))
    return np.asarray(padded, np.uint8)


def _parameters(runtime: str) -> dict[str, Any]:
    from rapidocr.utils.typings import EngineType

    engine = EngineType(runtime)
    return {
        "Global.log_level": "error",
        "Global.use_preprocess_img": False,
        "Det.engine_type": engine,
        "Cls.engine_type": engine,
        "Rec.engine_type": engine,
        "Det.limit_side_len": DETECTOR_SIDE,
        "Det.limit_type": "max",
        "Rec.rec_batch_num": 1,
        "Rec.rec_img_shape": [3, LINE_HEIGHT, _NARROWEST],
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.openvino.inference_num_threads": 1,
        "EngineConfig.openvino.num_streams": 1,
        "EngineConfig.openvino.enable_cpu_pinning": False,
    }


def _one_thread() -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TBB_NUM_THREADS"):
        os.environ[name] = "1"
    import cv2

    cv2.setNumThreads(1)


def load_engine(name: str) -> OcrEngine:
    """Return the engine called ``name``; of "auto" the pool has made one of the others (`processes.choosing`).

    Raises:
        ValueError: no such engine.
    """
    if name == "none":
        return NullOcr()
    if name not in RUNTIMES:
        raise ValueError(name)
    return RapidEngine(name)


def specimen() -> tuple[Pixels, list[Pixels]]:
    """Return something to measure an engine by: a page of marks as dense as print, and lines of a few widths of it.

    As many lines as a page of minutes has for its detection; what they say does not matter for the time.
    """
    random = np.random.default_rng(9704)
    page = np.full((DETECTOR_SIDE, DETECTOR_SIDE * 2 // 3 // 32 * 32), 255, np.uint8)
    for top in range(60, DETECTOR_SIDE - 60, 32):
        marks = random.integers(0, 2, (6, 120), np.uint8) * 255
        page[top : top + 18, 80:560] = np.repeat(np.repeat(marks, 3, axis=0), 4, axis=1)
    whole = np.repeat(page[..., None], 3, axis=2)
    widths = (160, 240, 320, 640, 640, 960)
    line = np.repeat(np.repeat(whole[60:84, 80:560], 2, axis=0), 2, axis=1)
    return whole, [np.ascontiguousarray(line[:, :width]) for width in widths]
