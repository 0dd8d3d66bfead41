"""Examples of rules: given these answers, this is expected. Run at every edit, and before a release."""

from studio.definition.rules.examples.bench import Bench
from studio.definition.rules.examples.example import (
    OWNERS,
    Example,
    Examples,
    Situation,
    all_examples,
    example_json,
    examples_of,
    read_example,
    read_situation,
)
from studio.definition.rules.examples.outcome import OFFERED, WORDS, Outcome, agrees
from studio.definition.rules.examples.rule_names import (
    RuleName,
    is_worked_out,
    model_of,
    named_rules,
    names_of,
    read_rule_name,
)
from studio.definition.rules.examples.running import Ran, complaint, place_of, run, run_examples
from studio.definition.rules.examples.telling import names_for, title, told_outcome, told_reason

__all__ = [
    "OFFERED",
    "OWNERS",
    "WORDS",
    "Bench",
    "Example",
    "Examples",
    "Outcome",
    "Ran",
    "RuleName",
    "Situation",
    "agrees",
    "all_examples",
    "complaint",
    "example_json",
    "examples_of",
    "is_worked_out",
    "model_of",
    "named_rules",
    "names_for",
    "names_of",
    "place_of",
    "read_example",
    "read_rule_name",
    "read_situation",
    "run",
    "run_examples",
    "title",
    "told_outcome",
    "told_reason",
]
