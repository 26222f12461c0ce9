"""The project register's files (项目登记表): .xlsx and .csv → projects, by rules that are data."""

from archivist.ledger.reading import RegisterError, RegisterReading, read_register
from archivist.ledger.rules import load_register_rules

__all__ = ["RegisterError", "RegisterReading", "load_register_rules", "read_register"]
