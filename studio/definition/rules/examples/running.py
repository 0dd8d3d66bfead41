"""Running the examples of an app: what each rule gives, and whether that is what was expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.rules.examples.bench import Bench
from studio.definition.rules.examples.example import Example, all_examples
from studio.definition.rules.examples.outcome import Outcome, agrees
from studio.definition.rules.examples.rule_names import RuleName, named_rules
from studio.definition.rules.examples.telling import names_for, title, told_outcome, told_reason
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.sentences import Term
from studio.definition.sentences import N_, Sentence

_RAN: Final[ContentCache[tuple["Ran", ...]]] = ContentCache(64)
# Properties that mean something also where no rule decides about them, and what they are then.
_CONSTANT: Final = {"hidden": "hidden", "required": "required", "readOnly": "read-only"}


@dataclass(frozen=True, slots=True)
class Ran:
    """An example and what came of it. `place` and `outcome` are None where the rule is gone."""

    data_type: str
    example: Example
    place: ExpressionPlace | None
    outcome: Outcome | None

    @property
    def holds(self) -> bool:
        """Whether the rule gives what is expected."""
        found = self.outcome
        return found is not None and found.error is None and agrees(self.example.expect, found.value)


def run_examples(app: AppDefinition) -> tuple[Ran, ...]:
    """Every example of the app, run. The same content is run once."""
    return _RAN.get(app.files.tree_id, lambda: tuple(_run(app)))


def _run(app: AppDefinition) -> Iterator[Ran]:
    for data_type, found in all_examples(app):
        for example in found.examples:
            yield run(app, data_type, example)


def run(app: AppDefinition, data_type: str, example: Example) -> Ran:
    """One example, run."""
    place = place_of(app, example.rule)
    if place is None:
        return Ran(data_type, example, None, None)
    return Ran(
        data_type, example, place, Bench(app, data_type, example.situation).outcome(example.rule, place)
    )


def place_of(app: AppDefinition, name: RuleName) -> ExpressionPlace | None:
    """Where a rule stands; None where it is gone.

    Whether something is hidden, required or locked is decided also where no rule does it any more.
    """
    found = named_rules(app).get(name)
    if found is not None or not name.form:
        return found
    layout_set = app.layout_set(name.form)
    if layout_set is None:
        return None
    if name.page:
        page = layout_set.page(name.page)
        if page is None:
            return None
        return _constant(page.path, page.hidden, "hidden", "page hidden", layout_set=layout_set, page=page)
    place = layout_set.find(name.component)
    if place is None or name.property not in _CONSTANT:
        return None
    on, component = place
    value, kind = component.raw.get(name.property, False), _CONSTANT[name.property]
    return _constant(on.path, value, name.property, kind, layout_set=layout_set, page=on, component=component)


def _constant(path: str, value: Any, name: str, kind: Any, **more: Any) -> ExpressionPlace | None:
    if isinstance(value, list | dict):
        return None
    layout_set = more["layout_set"]
    return ExpressionPlace(
        path, "", value, kind, name, "boolean", layout_set.data_type, forms=(layout_set,), **more
    )


def complaint(app: AppDefinition, ran: Ran, language: str | None = None) -> Sentence | None:
    """What is wrong with an example that does not hold; None where it does."""
    example, place, outcome = ran.example, ran.place, ran.outcome
    name = Term(example.name, "text", example.id)
    if place is None or outcome is None:
        return Sentence(N_("Example %(name)s: the rule that it is for is gone."), {"name": name})
    if ran.holds:
        return None
    names = names_for(app, place, language)
    values: dict[str, Any] = {
        "name": name,
        "rule": title(example.rule, place, names),
        "expected": told_outcome(example.expect, example.rule, place, names),
    }
    if outcome.error is not None:
        values["reason"] = outcome.error.words
        text = N_("Example %(name)s (%(rule)s): expected %(expected)s, but the rule failed: %(reason)s")
        return Sentence(text, values)
    values["actual"] = told_outcome(outcome.value, example.rule, place, names)
    why = told_reason(outcome, example.rule, place, names)
    if why is None:
        return Sentence(N_("Example %(name)s (%(rule)s): expected %(expected)s, was %(actual)s."), values)
    text = N_("Example %(name)s (%(rule)s): expected %(expected)s, was %(actual)s because %(why)s.")
    return Sentence(text, values | {"why": why})
