"""The chain's head kept outside shows what was cut off or written anew; time stamps come from a real (local) service."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from archivist.errors import BadInputError, MissingProgramError
from archivist.preservation.fixity.anchor import anchor, heads_of
from archivist.preservation.fixity.findings import Report
from archivist.preservation.fixity.verify import verify
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.programs import needs_openssl
from support.tampering import cut, log_of, tampered


def anchored(opened: Workspace, path: Path) -> str:
    with opened.writing("anchor") as index:
        data, problem, _ = anchor(index, opened.config)
        path.write_bytes(data)
        with index.change():
            index.event("anchored", path.name)
    return problem


def checked(opened: Workspace, path: Path) -> Report:
    heads, wrong = heads_of([path], opened.config)
    return verify(opened, False, heads, wrong)


def last(opened: Workspace) -> int:
    return int(w.rows(opened, "SELECT MAX(seq) FROM events")[0][0])


def test_an_anchor_agrees_however_much_comes_after_it(opened: Workspace, tmp_path: Path) -> None:
    assert anchored(opened, tmp_path / "a.json") == ""
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.LEMON, 9))
    w.ingest(opened)

    assert checked(opened, tmp_path / "a.json").findings == []


def test_a_tail_cut_off_everywhere_is_found_by_the_anchor(opened: Workspace, tmp_path: Path) -> None:
    """Database, log and the heads in the project folders say the same: only what is outside tells."""
    verify(opened)
    verify(opened)
    anchored(opened, tmp_path / "a.json")
    cut(opened, last(opened) - 2)
    report = checked(opened, tmp_path / "a.json")

    assert [(f.code, f.path) for f in report.findings if f.severity == "error"] == [
        ("anchor", str(tmp_path / "a.json"))
    ]
    assert "被截短" in report.findings[0].message


def test_a_chain_written_anew_is_found_by_the_anchor(opened: Workspace, tmp_path: Path) -> None:
    anchored(opened, tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    tampered(opened, f"UPDATE events SET hash = '{'0' * 64}' WHERE seq = {told['seq']}")
    lines = log_of(opened).read_bytes().splitlines(keepends=True)
    log_of(opened).write_bytes(b"".join(line.replace(told["hash"].encode(), b"0" * 64) for line in lines))
    report = checked(opened, tmp_path / "a.json")

    assert "anchor" in {f.code for f in report.findings}
    assert any("被重写" in f.message for f in report.findings)


def test_an_anchor_that_was_altered_or_is_none_is_told(opened: Workspace, tmp_path: Path) -> None:
    anchored(opened, tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    (tmp_path / "b.json").write_text(json.dumps({**told, "seq": 1}), "utf-8")
    (tmp_path / "c.json").write_text("{}", "utf-8")

    assert "被改过" in checked(opened, tmp_path / "b.json").findings[0].message
    with pytest.raises(BadInputError):
        heads_of([tmp_path / "c.json"], opened.config)


# -- time stamps ---------------------------------------------------------------------------------------------------

_CONFIG = """
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys and certificates of a time stamp service."""
    folder = tmp_path_factory.mktemp("tsa")

    def run(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes", "-days", "3650")
    (folder / "req.cnf").write_text("[req]\ndistinguished_name=dn\n[dn]\n")
    base = ("-config", "req.cnf")
    run(
        "req",
        "-x509",
        *new,
        *base,
        "-subj",
        "/CN=Test CA",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-addext",
        "basicConstraints=critical,CA:TRUE",
        "-addext",
        "keyUsage=critical,keyCertSign",
    )
    run("req", *new[:3], *base, "-subj", "/CN=Test TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
    (folder / "ext.cnf").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
    )
    run(
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "3650",
        "-extfile",
        "ext.cnf",
        "-out",
        "tsa.pem",
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    return folder


@contextmanager
def service(folder: Path, garble: bool = False) -> Iterator[str]:
    """A time stamp service on this computer."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            command = [
                "openssl",
                "ts",
                "-reply",
                "-queryfile",
                "query",
                "-config",
                "tsa.cnf",
                "-out",
                "reply",
            ]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            data = b"no stamp" if garble else (folder / "reply").read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def with_service(opened: Workspace, url: str, ca: Path | str) -> Workspace:
    fixity = replace(opened.config.fixity, timestamp_url=url, timestamp_ca=str(ca))
    return Workspace(replace(opened.config, fixity=fixity), opened.actor)


@needs_openssl
def test_a_stamp_of_the_service_is_kept_and_checked_offline(
    opened: Workspace, authority: Path, tmp_path: Path
) -> None:
    with service(authority) as url:
        stamped = with_service(opened, url, authority / "ca.pem")
        assert anchored(stamped, tmp_path / "a.json") == ""
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))

    assert told["timestamp"]["time"]
    assert checked(stamped, tmp_path / "a.json").findings == []
    import base64

    (tmp_path / "words").write_text(told["stamped"], "utf-8")
    (tmp_path / "answer").write_bytes(base64.b64decode(told["timestamp"]["answer"]))
    command = [
        "openssl",
        "ts",
        "-verify",
        "-data",
        "words",
        "-in",
        "answer",
        "-CAfile",
        str(authority / "ca.pem"),
    ]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0


@needs_openssl
def test_a_head_forged_under_an_old_stamp_is_found(
    opened: Workspace, authority: Path, tmp_path: Path
) -> None:
    with service(authority) as url:
        stamped = with_service(opened, url, authority / "ca.pem")
        anchored(stamped, tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    head = {**json.loads(told["stamped"]), "seq": told["seq"] - 1}
    forged = {**head, "stamped": json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":"))}
    (tmp_path / "b.json").write_text(json.dumps({**forged, "timestamp": told["timestamp"]}), "utf-8")

    assert any("时间戳盖的不是这份记录" in f.message for f in checked(stamped, tmp_path / "b.json").findings)


@needs_openssl
def test_a_stamp_of_somebody_else_is_found(
    opened: Workspace, authority: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path / "other.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=Other",
        "-keyout",
        "k",
        "-out",
    ]
    subprocess.run([*command, str(other)], cwd=tmp_path, check=True, capture_output=True)
    with service(authority) as url:
        assert "签名核对不上" in anchored(with_service(opened, url, other), tmp_path / "a.json")
        assert anchored(with_service(opened, url, ""), tmp_path / "b.json") == ""
    found = checked(with_service(opened, "", other), tmp_path / "b.json").findings

    assert any("签名核对不上" in f.message for f in found)


@needs_openssl
def test_a_service_that_is_not_there_or_talks_nonsense_leaves_an_anchor_without_stamp(
    opened: Workspace, authority: Path, tmp_path: Path
) -> None:
    assert "没有应答" in anchored(with_service(opened, "http://127.0.0.1:9/", ""), tmp_path / "a.json")
    with service(authority, garble=True) as url:
        assert "读不懂" in anchored(with_service(opened, url, ""), tmp_path / "b.json")
    for name in ("a.json", "b.json"):
        assert json.loads((tmp_path / name).read_text("utf-8"))["timestamp"] is None
        assert checked(opened, tmp_path / name).findings == []


def test_without_the_library_it_is_said_what_to_install(
    opened: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from archivist.preservation.fixity.timestamp import stamp

    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(MissingProgramError, match="timestamp"):
        stamp(b"x", "http://127.0.0.1:9/", None)
