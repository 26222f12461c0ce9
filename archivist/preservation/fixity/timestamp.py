"""Time stamps by a trusted service (可信时间戳, RFC 3161): asked for only where a service is set, checked offline."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from archivist.errors import ArchivistError, MissingProgramError, SettingsError

_SECONDS = 30.0
_MOST_BYTES = 1 << 20


class NoStamp(ArchivistError):
    """The service did not answer with a time stamp that holds."""


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError:
        raise MissingProgramError(
            "可信时间戳要用到 rfc3161-client，还没有安装。请运行 pip install 'archivist[timestamp]'。"
        ) from None
    return rfc3161_client


def stamp(words: bytes, url: str, roots: Path | None) -> dict[str, str]:
    """Ask the service at ``url`` for a stamp on ``words``; return what an anchor keeps of it.

    Args:
        roots: certificates (PEM) of authorities that are trusted; None leaves the signature unchecked.

    Raises:
        NoStamp: no answer, or one that does not hold. MissingProgramError: the library is not installed.
    """
    library = _library()
    request = (
        library.TimestampRequestBuilder()
        .data(words)
        .hash_algorithm(library.HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )
    answer = _asked(url, request.as_bytes())
    time = _checked(library, answer, words, roots, request.nonce)
    return {"url": url, "time": time, "answer": base64.b64encode(answer).decode("ascii")}


def stamped_time(kept: dict[str, str], words: bytes, roots: Path | None) -> str:
    """Check a kept stamp on ``words``; return its time. Raises as `stamp` does."""
    try:
        answer = base64.b64decode(kept["answer"], validate=True)
    except (KeyError, TypeError, ValueError):
        raise NoStamp("锚文件里的时间戳读不出来") from None
    return _checked(_library(), answer, words, roots, None)


def _asked(url: str, request: bytes) -> bytes:
    from urllib.error import URLError
    from urllib.parse import urlsplit
    from urllib.request import Request, urlopen

    if urlsplit(url).scheme not in {"http", "https"}:
        raise SettingsError(f"[fixity] timestamp_url 应是 http:// 或 https:// 开头的网址，现为“{url}”。")
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with urlopen(Request(url, request, headers), timeout=_SECONDS) as reply:  # noqa: S310  (scheme checked)
            answer: bytes = reply.read(_MOST_BYTES)
    except (URLError, OSError, ValueError) as error:
        raise NoStamp(f"时间戳服务 {url} 没有应答（{getattr(error, 'reason', error)}）") from None
    return answer


def _checked(library: Any, answer: bytes, words: bytes, roots: Path | None, nonce: int | None) -> str:
    """Whether the answer is a granted stamp on these words, signed by whom we trust; return its time."""
    import hashlib

    try:
        response = library.decode_timestamp_response(answer)
        if library.PKIStatus(response.status) != library.PKIStatus.GRANTED:
            raise NoStamp("时间戳服务拒绝了请求")
        info = response.tst_info
        if info.message_imprint.message != hashlib.sha256(words).digest():
            raise NoStamp("时间戳盖的不是这份记录")
        if nonce is not None and info.nonce != nonce:
            raise NoStamp("时间戳不是对这次请求的应答")
    except ValueError as error:
        raise NoStamp(f"时间戳服务的应答读不懂（{error}）") from None
    if roots is not None:
        _signature(library, response, words, roots)
    time: str = info.gen_time.isoformat()
    return time


def _signature(library: Any, response: Any, words: bytes, roots: Path) -> None:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        trusted = load_pem_x509_certificates(roots.read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError(f"[fixity] timestamp_ca 指的证书文件“{roots}”读不出来（{error}）。") from None
    builder = library.VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(response, words)
    except (library.VerificationError, ValueError) as error:
        raise NoStamp(f"时间戳的签名核对不上（{error}）") from None
