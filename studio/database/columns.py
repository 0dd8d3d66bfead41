"""Sentences and findings as columns: kept as msgid and values, put into words in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from studio.definition.findings import Finding, Place
from studio.definition.sentences import Sentence


def sentence_to_json(sentence: Sentence) -> dict[str, Any]:
    """{"message": msgid, "values": {...}}; a sentence among the values becomes the same, nested."""
    values = {
        key: sentence_to_json(value) if isinstance(value, Sentence) else value
        for key, value in sentence.values.items()
    }
    return {"message": sentence.message, "values": values}


def sentence_from_json(kept: Mapping[str, Any]) -> Sentence:
    """The inverse of `sentence_to_json`."""
    values = {
        key: sentence_from_json(value) if isinstance(value, Mapping) else value
        for key, value in kept["values"].items()
    }
    return Sentence(kept["message"], values)


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "place": asdict(finding.place),
        "sentence": sentence_to_json(finding.sentence),
        "remedy": sentence_to_json(finding.remedy) if finding.remedy else None,
    }


def finding_from_json(kept: Mapping[str, Any]) -> Finding:
    """The inverse of `finding_to_json`."""
    return Finding(
        kept["code"],
        kept["severity"],
        Place(**kept["place"]),
        sentence_from_json(kept["sentence"]),
        sentence_from_json(kept["remedy"]) if kept["remedy"] else None,
    )


class JsonOf(TypeDecorator[Any]):
    """A column of JSON that is something else in Python; nothing stays nothing."""

    impl = JSON
    cache_ok = True

    def __init__(self, to_json: Callable[[Any], Any], from_json: Callable[[Any], Any]) -> None:
        super().__init__(none_as_null=True)
        self.to_json = to_json
        self.from_json = from_json

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        return None if value is None else self.to_json(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        return None if value is None else self.from_json(value)


def _all(one: Callable[[Any], Any], gather: Callable[[Iterable[Any]], Any]) -> Callable[[Any], Any]:
    return lambda values: gather(one(each) for each in values)


ONE_SENTENCE: Final = JsonOf(sentence_to_json, sentence_from_json)
SENTENCES: Final = JsonOf(_all(sentence_to_json, list), _all(sentence_from_json, tuple))
FINDINGS: Final = JsonOf(_all(finding_to_json, list), _all(finding_from_json, tuple))
