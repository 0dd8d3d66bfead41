"""Coverage-guided fuzzing of what Studio does with an XSD from outside: `python -m tests.fuzz.xsd_import`.

Whatever the bytes or the markup, the answer is a JSON Schema or a refusal in words, and soon. A crash, an
endless run or a schema that refers to nothing ends the run, and what caused it is kept as `crash-…`. The
arguments are those of libFuzzer (-max_total_time=600, -timeout=20 and so on).
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import atheris
from hypothesis import HealthCheck, given, settings

with atheris.instrument_imports(include=["studio.definition"]):
    from studio.definition.data_model.conversion import problems_of, schema_text, to_json_schema
    from studio.definition.errors import DomainError
from tests.xsd_markup import ANY_MARKUP, NEARLY_RIGHT, document, several


def try_one(data: bytes) -> None:
    """One input: by its first byte, a document as it is, or what Hypothesis makes of the bytes."""
    if data[:1] < b"\x40":
        _convert(data[1:])
    else:
        _markup.hypothesis.fuzz_one_input(data[1:])


@settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(NEARLY_RIGHT | several(ANY_MARKUP, 6))
def _markup(inside: str) -> None:
    _convert(document(inside))


def _convert(xsd: bytes) -> None:
    others = {"a.xsd": xsd, "b/b.xsd": document('<xs:include schemaLocation="../a.xsd"/>')}
    refused = any(problem.severity == "error" for problem in problems_of(xsd, others, name="fuzzed.xsd"))
    try:
        schema = to_json_schema(xsd, others=others)
    except DomainError as error:
        if not refused:
            raise AssertionError("refused only when it was converted") from error
        return
    assert json.loads(schema_text(schema)) == schema
    names = schema.get("$defs", {})
    for reference in _references(schema):
        assert reference == "#" or reference.removeprefix("#/$defs/") in names, reference


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
