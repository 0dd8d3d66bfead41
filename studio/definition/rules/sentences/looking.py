"""Functions that look something up: answers, texts, facts about the instance and the person."""

from typing import Any, Final

from studio.definition.rules.sentences.function import ANY, Function, Parameter, ValueType
from studio.definition.sentences import N_, Sentence


def _lookup(name: str, parameters: tuple[Parameter, ...], result: ValueType, **told: Any) -> Function:
    label, text = Sentence(told.pop("label")), Sentence(told.pop("text"))
    return Function(name, "lookup", parameters, result, label, text, **told)


LOOKUPS: Final = (
    _lookup(
        "dataModel",
        (Parameter("text", "field"), Parameter("text", "data type")),
        "any",
        words={1: N_("the field at %(a)s"), 2: N_("the field at %(a)s in %(b)s")},
        label=N_("Field"),
        text=N_("What is filled in in a field of the data model."),
        example=["dataModel", "person.name"],
        optional=1,
    ),
    _lookup(
        "component",
        (Parameter("text", "component"),),
        "any",
        words={1: N_("the answer in %(a)s")},
        label=N_("Answer of a component"),
        text=N_("What is answered in a component; nothing while it is hidden."),
        example=["component", "has-children"],
    ),
    _lookup(
        "displayValue",
        (Parameter("text", "component"),),
        "text",
        words={1: N_("%(a)s as it is shown")},
        label=N_("Answer as it is shown"),
        text=N_("The answer of a component as people read it, such as the label of an option."),
        example=["displayValue", "municipality"],
    ),
    _lookup(
        "optionLabel",
        (Parameter("text", "options"), ANY),
        "text",
        words={2: N_("the label of %(b)s")},
        label=N_("Label of an option"),
        text=N_("What an option is called in an option list."),
        example=["optionLabel", "municipalities", ["dataModel", "municipality"]],
    ),
    _lookup(
        "text",
        (Parameter("text", "text"),),
        "text",
        words={1: N_("the text with the key %(a)s")},
        label=N_("Text of the app"),
        text=N_("A text of the app in the person's language."),
        example=["text", "help.income"],
    ),
    _lookup(
        "instanceContext",
        (Parameter("text", "fact"),),
        "text",
        words={1: N_("the fact %(a)s about the instance")},
        label=N_("About the instance"),
        text=N_("A fact about the filled-in form itself, such as whose it is."),
        example=["instanceContext", "instanceOwnerPartyType"],
    ),
    _lookup(
        "frontendSettings",
        (Parameter("text", "setting"),),
        "any",
        words={1: N_("the setting %(a)s")},
        label=N_("Setting of the app"),
        text=N_("A setting of the app that can be another one in each environment."),
        example=["frontendSettings", "supportPhone"],
    ),
    _lookup(
        "authContext",
        (Parameter("text", "action"),),
        "boolean",
        words={1: N_("the person may %(a)s")},
        label=N_("What the person may do"),
        text=N_("Whether the person has the right to an action in this step."),
        example=["authContext", "sign"],
    ),
    _lookup(
        "countDataElements",
        (Parameter("text", "data type"),),
        "number",
        words={1: N_("the number of attachments in %(a)s")},
        label=N_("Number of attachments"),
        text=N_("How many files or forms of a data type there are."),
        example=["countDataElements", "attachments"],
    ),
    _lookup(
        "externalApi",
        (Parameter("text"), Parameter("text")),
        "text",
        words={2: N_("%(b)s from the source %(a)s")},
        label=N_("Value from another system"),
        text=N_("A value that is fetched from another system."),
        example=["externalApi", "register", "company.name"],
    ),
    _lookup(
        "gatewayAction",
        (),
        "text",
        words={0: N_("the chosen action")},
        label=N_("Chosen action"),
        text=N_("What the person chose to do in the step before a fork, such as confirm or reject."),
        example=["gatewayAction"],
    ),
    _lookup(
        "language",
        (),
        "text",
        words={0: N_("the person's language")},
        label=N_("The person's language"),
        text=N_("The language that the form is shown in: nb, nn or en."),
        example=["language"],
    ),
    _lookup(
        "argv",
        (Parameter("number", "argument"),),
        "any",
        words={1: N_("argument number %(a)s")},
        label=N_("The field of the rule"),
        text=N_("What the place of the rule hands over; number 0 is the path of the field that it is about."),
        example=["dataModel", ["argv", 0]],
    ),
    _lookup(
        "value",
        (Parameter("text", "named value"),),
        "any",
        words={0: N_("the value"), 1: N_("the value named %(a)s")},
        label=N_("The value at hand"),
        text=N_("What the rule is about: the option that is filtered, or the field that is checked."),
        example=["value"],
        optional=1,
    ),
)
