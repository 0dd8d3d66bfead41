"""Whether the fields that rules name are there, and are of a kind that the rule can be about."""

from collections.abc import Iterator
from typing import Final

from studio.definition.data_model import DataModel, Field
from studio.definition.rules.calculations import Calculations
from studio.definition.rules.prefill import Prefill, Prefilled
from studio.definition.rules.problems import Problem, pointer
from studio.definition.rules.validations import Validations
from studio.definition.sentences import N_, Sentence

# Kinds that no register has a value for.
_UNLIKELY: Final = frozenset({"boolean", "date", "date-time", "time"})
_YES_OR_NO: Final = frozenset(
    {"Party.IsDeleted", "IsReserved", "ProfileSettingPreference.DoNotPromptForParty"}
)


def validation_fields(validations: Validations, model: DataModel) -> Iterator[Problem]:
    """Rules about fields that the data model does not have."""
    for path in validations.rules:
        if model.field(path) is None:
            text = N_("There is a rule for %(field)s, which the data model does not have.")
            where = pointer("validations", path)
            yield Problem("missing-rule-field", "warning", where, Sentence(text, {"field": path}))


def calculation_fields(calculations: Calculations, model: DataModel) -> Iterator[Problem]:
    """Calculations of fields that the data model does not have, or that hold no single value."""
    for each in calculations.calculations:
        field = model.field(each.path)
        if field is None:
            text = N_("%(field)s is calculated, but the data model does not have it.")
        elif field.is_group:
            text = N_("%(field)s holds other fields and cannot be calculated as one.")
        else:
            continue
        yield Problem("missing-rule-field", "warning", each.pointer, Sentence(text, {"field": each.path}))


def prefill_fields(prefill: Prefill, model: DataModel) -> Iterator[Problem]:
    """Targets of a prefill that are not there, lie in a list, hold other fields, or are of another kind."""
    for one in prefill.fields:
        found = target_of(model, one.target)
        text = _wrong_target(one, found)
        if text is not None:
            values = {"field": one.target, "source": one.source, "key": one.key}
            code = "missing-rule-field" if found is None else "wrong-prefill-field"
            yield Problem(code, "warning", one.pointer, Sentence(text, values))


def _wrong_target(one: Prefilled, found: Field | None) -> str | None:
    if found is None:
        return N_("%(source)s.%(key)s fills in %(field)s, which the data model does not have.")
    if any(each.repeating for each in found.lineage):
        return N_("%(field)s lies in a list and cannot be filled in from %(source)s.")
    if found.is_group:
        return N_("%(field)s holds other fields and cannot be filled in from %(source)s.")
    if one.source != "QueryParameters" and found.kind in _UNLIKELY and one.key not in _YES_OR_NO:
        return N_("%(source)s.%(key)s does not fit into %(field)s: it is text.")
    return None


def target_of(model: DataModel, target: str) -> Field | None:
    """The field that a prefill names: case does not count, hyphens are left out."""
    return model.field(target) or _by_folded_path(model).get(_folded(target))


def _by_folded_path(model: DataModel) -> dict[str, Field]:
    return {_folded(field.path): field for field in model.walk()}


def _folded(path: str) -> str:
    return path.replace("-", "").lower()
