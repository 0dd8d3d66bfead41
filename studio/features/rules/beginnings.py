"""The ordinary rules that one can begin with: what is asked for, and what is made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.changes import Change, SetCalculation, SetText, SetValidation, composite
from studio.definition.components import component_type
from studio.definition.data_model import Field
from studio.definition.errors import DomainError
from studio.definition.naming import component_name, page_name
from studio.definition.process.naming import step_name
from studio.definition.rules import validations_of
from studio.definition.rules.influences import Thing
from studio.definition.rules.sentences import Names, starting
from studio.definition.sentences import N_, Sentence
from studio.features.rules.address import RuleAddress, read_address
from studio.features.rules.messages import new_key
from studio.features.rules.naming import Option
from studio.features.rules.numbers import read_number
from studio.features.rules.things import Things
from studio.web import translate

# What is chosen: a component, a page, a field of a data model, or a way out of a fork of the process.
Target = Literal["component", "page", "field", "way"]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A kind of rule to begin with. `property`: of a component, that the rule is written into."""

    name: str
    label: Sentence
    help: Sentence
    icon: str
    target: Target
    property: str = ""


BEGINNINGS: Final = (
    Beginning(
        "show",
        Sentence(N_("Show or hide a question")),
        Sentence(N_("It is there only when another answer says so.")),
        "Eye",
        "component",
        "hidden",
    ),
    Beginning(
        "show_page",
        Sentence(N_("Show or hide a page")),
        Sentence(N_("People come to the page only when an answer says so.")),
        "Files",
        "page",
    ),
    Beginning(
        "require",
        Sentence(N_("Require an answer")),
        Sentence(N_("A question must be answered when another answer says so.")),
        "Exclamationmark",
        "component",
        "required",
    ),
    Beginning(
        "lock",
        Sentence(N_("Lock a question")),
        Sentence(N_("The answer can be seen and not be changed.")),
        "FileText",
        "component",
        "readOnly",
    ),
    Beginning(
        "sum",
        Sentence(N_("Add up rows")),
        Sentence(N_("A field holds the sum of one column of a repeating group.")),
        "Calculator",
        "field",
    ),
    Beginning(
        "calculate",
        Sentence(N_("Work out a value")),
        Sentence(N_("A field is worked out of other answers: plus, times, texts, dates and more.")),
        "Hashtag",
        "field",
    ),
    Beginning(
        "default",
        Sentence(N_("Fill in a value")),
        Sentence(N_("A field has a value until the person writes another one.")),
        "PencilLine",
        "field",
    ),
    Beginning(
        "check",
        Sentence(N_("Check an answer")),
        Sentence(N_("A message is given when an answer cannot be right.")),
        "ExclamationmarkTriangle",
        "field",
    ),
    Beginning(
        "dates",
        Sentence(N_("Keep a date within limits")),
        Sentence(N_("A message is given when a date is too early or too late.")),
        "Calendar",
        "field",
    ),
    Beginning(
        "way",
        Sentence(N_("Choose the way of the process")),
        Sentence(N_("At a fork, the process goes one way or another by what is answered.")),
        "Branching",
        "way",
    ),
)
BY_NAME: Final = {each.name: each for each in BEGINNINGS}


def targets(app: AppDefinition, beginning: Beginning, language: str) -> tuple[Option, ...]:
    """What a rule of this kind can be about: address of the rule or field, label, place."""
    if beginning.target == "page":
        pages = [(form, page) for form in app.layout_sets for page in form.pages]
        return tuple(
            Option(
                str(RuleAddress("page", (form.id, page.name))), page_name(app, page.name, language), form.id
            )
            for form, page in pages
        )
    if beginning.target == "way":
        return tuple(_ways(app, language))
    if beginning.target == "component":
        return tuple(_components(app, beginning.property, language))
    found = [
        (names.kind_of_field(field.path), Option(f"{data_type}#{field.path}", label, data_type))
        for data_type, field in _fields(app)
        if _takes(beginning, field)
        for names in [Names(app, None, data_type, language)]
        for label in [names.field(field.path).text]
    ]
    if beginning.name == "dates":
        # Any text may hold a date; those that are known to hold one come first.
        found.sort(key=lambda each: each[0] != "date")
    return tuple(option for _, option in found)


def columns(app: AppDefinition, language: str) -> tuple[Option, ...]:
    """Columns that can be added up: numbers in the rows of a list."""
    return tuple(
        Option(f"{data_type}#{field.path}", names.field(field.path).text, names.field(around).text)
        for data_type, field in _fields(app)
        if field.kind in {"number", "integer", "any"} and len(field.repeating_ancestors) == 1
        for names in [Names(app, None, data_type, language)]
        for around in [field.repeating_ancestors[0].path]
    )


def date_fields(app: AppDefinition, language: str) -> tuple[Option, ...]:
    """Fields that a date can be compared with."""
    return tuple(
        Option(f"{data_type}#{field.path}", names.field(field.path).text, data_type)
        for data_type, field in _fields(app)
        for names in [Names(app, None, data_type, language)]
        if names.kind_of_field(field.path) == "date" and not field.repeating_ancestors
    )


def made(
    app: AppDefinition, beginning: Beginning, form: Mapping[str, str]
) -> tuple[Change | None, RuleAddress]:
    """(the change that writes the rule, or None where it is built in the editor; its address).

    Raises DomainError where something is not chosen.
    """
    target = form.get("target", "")
    if not target:
        raise DomainError(Sentence(N_("Choose what the rule is about.")))
    if beginning.target != "field":
        return None, read_address(target)
    data_type, path = _field_named(app, target)
    calculation = RuleAddress("calculation", (data_type, path))
    match beginning.name:
        case "sum":
            return SetCalculation(data_type, path, _total(app, data_type, form)), calculation
        case "default":
            value = starting.default_value(_value(app, data_type, path, form))
            return SetCalculation(data_type, path, value), calculation
        case "calculate":
            return None, calculation
    count = len(validations_of(app, data_type).rules.get(path, ()))
    validation = RuleAddress("validation", (data_type, path, str(count)))
    if beginning.name == "check":
        return None, validation
    return _dates(app, data_type, path, form), validation


def _total(app: AppDefinition, data_type: str, form: Mapping[str, str]) -> Any:
    if not form.get("column"):
        raise DomainError(Sentence(N_("Choose the column to add up.")))
    other, path = _field_named(app, form["column"])
    model = app.model(other)
    field = model.field(path) if model else None
    if field is None or not field.repeating_ancestors:
        raise DomainError(Sentence(N_("Choose the column to add up.")))
    rows = field.repeating_ancestors[-1].path
    return starting.total(rows, path.removeprefix(f"{rows}."), other if other != data_type else None)


def _value(app: AppDefinition, data_type: str, path: str, form: Mapping[str, str]) -> Any:
    """What is filled in, as the field holds it."""
    written = form.get("value", "").strip()
    model = app.model(data_type)
    field = model.field(path) if model else None
    if not written:
        raise DomainError(Sentence(N_("Write the value to fill in.")))
    if field is not None and field.kind in {"number", "integer"}:
        number = read_number(written)
        if number is None:
            raise DomainError(Sentence(N_("%(written)s is not a number."), {"written": written[:40]}))
        return number
    if field is not None and field.kind == "boolean" and written in {"true", "false"}:
        return written == "true"
    return written


def _field_named(app: AppDefinition, text: str) -> tuple[str, str]:
    """(data type, path) of a field that a form names. Raises DomainError where there is none."""
    data_type, _, path = text.partition("#")
    model = app.model(data_type)
    if model is None or model.field(path) is None:
        raise DomainError(Sentence(N_("The field is not in the data model any more.")))
    return data_type, path


def _dates(app: AppDefinition, data_type: str, path: str, form: Mapping[str, str]) -> Change:
    limits = [_limit(app, data_type, form, name) for name in ("earliest", "latest")]
    condition = starting.outside_dates(*limits)
    key = new_key(app, data_type, path)
    texts = {code: form.get(f"message-{code}", "").strip() for code in app.languages or ("nb",)}
    written = [SetText(code, key, text) for code, text in texts.items() if text]
    if not written:
        raise DomainError(Sentence(N_("Write the message that people get, in one language at least.")))
    rule = {"message": key, "condition": condition}
    return composite([*written, SetValidation(data_type, path, rule)])


def _limit(app: AppDefinition, data_type: str, form: Mapping[str, str], name: str) -> Any:
    """A date, or the answer that is the limit; None where neither is chosen."""
    field, date = form.get(f"{name}-field", ""), form.get(name, "")
    if not field:
        return date or None
    if date:
        raise DomainError(Sentence(N_("Choose a date or a question as a limit, not both.")))
    other, path = _field_named(app, field)
    return ["dataModel", path] if other == data_type else ["dataModel", path, other]


def _takes(beginning: Beginning, field: Field) -> bool:
    if field.is_group or field.repeating:
        return False
    if beginning.name == "dates":
        return field.kind in {"date", "date-time", "string"}
    if beginning.name == "sum":
        return field.kind in {"number", "integer", "string", "any"}
    return True


def _fields(app: AppDefinition) -> list[tuple[str, Field]]:
    models = [(kind.id, app.model(kind.id)) for kind in app.metadata.data_types if kind.is_form]
    return [(name, field) for name, model in models if model for field in model.walk() if not field.is_group]


def _ways(app: AppDefinition, language: str) -> Iterator[Option]:
    """The ways out of forks: several, or there is nothing to choose."""
    things, process = Things(app, language), app.process
    for fork in process.gateways if process else ():
        flows = process.outgoing(fork.id) if process else ()
        for flow in flows if len(flows) > 1 else ():
            name = translate(step_name(process, fork.id))
            label = things.label(Thing("flow", "", flow.id))
            yield Option(str(RuleAddress("gateway", (flow.id,))), label, name[:1].upper() + name[1:])


def _components(app: AppDefinition, property_name: str, language: str) -> list[Option]:
    found = []
    for form in app.layout_sets:
        for page, component in form.components():
            kind = component_type(component.type)
            takes = kind.property(property_name) if kind else None
            if component.id and takes is not None and takes.expression_allowed:
                address = RuleAddress("component", (form.id, component.id, property_name))
                name, at = component_name(app, component, language), page_name(app, page.name, language)
                found.append(Option(str(address), name, at))
    return found
