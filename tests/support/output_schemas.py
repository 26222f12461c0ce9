"""The published JSON Schemas of what commands print."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from support.places import SCHEMAS


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
