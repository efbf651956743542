"""The JSON Schema that editors complete ``book.toml`` with."""

import json
from pathlib import Path

import builder
from builder.config import schema

SHIPPED = Path(builder.__file__).parent / "schema.json"


def test_the_shipped_schema_is_up_to_date(update: bool) -> None:
    """It is made from the types; ``pytest tests/test_schema.py --update`` writes it anew."""
    made = json.dumps(schema(), indent=2) + "\n"
    if update:
        SHIPPED.write_text(made, encoding="utf-8")

    assert SHIPPED.read_text(encoding="utf-8") == made


def test_the_schema_refuses_unknown_keys() -> None:
    """As the builder does."""
    definitions = schema()["$defs"]
    assert isinstance(definitions, dict)

    assert {definition["additionalProperties"] for definition in definitions.values()} == {False}
