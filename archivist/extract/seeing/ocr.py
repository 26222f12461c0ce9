"""The only caller of the OCR engine. Engines answer three small questions about pixels; what a page is,
`reading` knows.

RapidOCR (models inside its wheel, nothing downloaded) on onnxruntime or, when it is installed, OpenVINO:
measured at 0.47 against 0.73 CPU seconds a page. One thread per process: several pages at once beat several
threads on one.
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

ENGINES = ("auto", "onnxruntime", "openvino", "none")
_DETECTOR_SIDE = 960
_WIDTH_STEP = 128
_LINE_HEIGHT = 48


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
        found: Any = self._call(_to_step(crop), use_det=False, use_cls=False, use_rec=True)
        if not found.txts:
            return "", 0.0
        return str(found.txts[0]), float(found.scores[0])


def _to_step(crop: Pixels) -> Pixels:
    """Pad a line to one of a few widths.

    The runtimes keep plans and buffers per input width: with few widths OpenVINO's memory stays at 0.6 GB
    instead of growing past 0.95 GB, and is a sixth faster.
    """
    import cv2

    height, width = crop.shape[:2]
    at_scale = max(_LINE_HEIGHT * width / height, 1.0)
    wanted = -(-at_scale // _WIDTH_STEP) * _WIDTH_STEP
    missing = int(wanted * height / _LINE_HEIGHT) - width
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
        "Det.limit_side_len": _DETECTOR_SIDE,
        "Det.limit_type": "max",
        "Rec.rec_batch_num": 1,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.openvino.inference_num_threads": 1,
        "EngineConfig.openvino.num_streams": 1,
    }


def _one_thread() -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TBB_NUM_THREADS"):
        os.environ[name] = "1"
    import cv2

    cv2.setNumThreads(1)


def load_engine(name: str) -> OcrEngine:
    """Return the engine called ``name``; "auto" takes OpenVINO when it is installed.

    Raises:
        ValueError: no such engine.
    """
    from importlib.util import find_spec

    if name not in ENGINES:
        raise ValueError(name)
    if name == "none":
        return NullOcr()
    if name == "auto":
        name = "openvino" if find_spec("openvino") else "onnxruntime"
    return RapidEngine(name)
