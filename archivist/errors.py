"""Exit codes and the error tree. Errors mean *we* could not work; what is wrong with an archive is a Finding.

Every message is shown to a person as it stands: what happened, to which file, what to do next, in Chinese.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The one table of exit codes (README and CONTRIBUTING repeat it; a test compares them)."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    SETTINGS = 3
    BAD_INPUT = 4
    MISSING_PROGRAM = 5
    FIXITY = 6
    STORE = 7
    PARTIAL = 8
    OTHER = 15
    INTERRUPTED = 130


class ArchivistError(Exception):
    """Root of all errors shown to a person.

    Args:
        message: one plain Chinese sentence; further lines may list details.
    """

    exit_code = ExitCode.OTHER

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(ArchivistError):
    """The command was asked for something that does not make sense (用法有误)."""

    exit_code = ExitCode.USAGE


class RefusedError(ArchivistError):
    """What was asked may not be done, or not by this person (不允许): a finding about the request; nothing changed."""

    exit_code = ExitCode.FINDINGS


class SettingsError(ArchivistError):
    """archivist.toml, schemas/ or doc_templates/ are wrong (设置、规则或模板有误)."""

    exit_code = ExitCode.SETTINGS


class BadInputError(ArchivistError):
    """A file from outside cannot be used (输入文件有误)."""

    exit_code = ExitCode.BAD_INPUT


class MissingProgramError(ArchivistError):
    """An optional system program is needed for what was asked (缺少程序)."""

    exit_code = ExitCode.MISSING_PROGRAM


class FixityError(ArchivistError):
    """What was asked for rests on a file or a record that is not what it was (文件或记录被改动)."""

    exit_code = ExitCode.FIXITY


class StoreError(ArchivistError):
    """The store is busy, full, read-only or not there (档案库忙或拒绝写入)."""

    exit_code = ExitCode.STORE
