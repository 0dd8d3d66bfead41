"""Looking around: data, components, texts, the instance, settings, options, links."""

from html import escape
from typing import Any

from studio.definition.expressions.compiling import Compiled, Computed, function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value, number_text, to_boolean, to_number, to_text
from studio.definition.sentences import N_


def _check_data_type(arguments: list[Any]) -> None:
    if len(arguments) == 2 and not isinstance(arguments[1], str | None):
        raise ExpressionError(N_("The data type must be a string (expressions cannot be used here)"))


def _at_path(_arguments: list[Compiled], literals: list[Any]) -> Compiled | None:
    path = None if isinstance(literals[0], Computed) else to_text(literals[0])
    if path is None:
        return None
    data_type = literals[1] if len(literals) == 2 else None
    return lambda context: context.data(path, data_type)


def _of_component(_arguments: list[Compiled], literals: list[Any]) -> Compiled | None:
    component_id = None if isinstance(literals[0], Computed) else to_text(literals[0])
    return None if component_id is None else lambda context: context.component(component_id)


@function("dataModel", 1, 2, check=_check_data_type, shortcut=_at_path)
def _data_model(context: Context, arguments: list[Value]) -> Value:
    path = to_text(arguments[0])
    if path is None:
        raise ExpressionError(N_("Cannot lookup dataModel null"))
    return context.data(path, arguments[1] if len(arguments) == 2 else None)


@function("component", 1, 1, shortcut=_of_component)
def _component(context: Context, arguments: list[Value]) -> Value:
    return context.component(_component_id(arguments[0]))


@function("displayValue", 1, 1)
def _display_value(context: Context, arguments: list[Value]) -> str | None:
    return context.display_value(_component_id(arguments[0]))


def _component_id(value: Value) -> str:
    component_id = to_text(value)
    if component_id is None:
        raise ExpressionError(N_("Cannot lookup component null"))
    return component_id


def _check_options_id(arguments: list[Any]) -> None:
    if not isinstance(arguments[0], str):
        raise ExpressionError(
            N_("Expected the first argument to be a string (expressions cannot be used here)")
        )


@function("optionLabel", 2, 2, check=_check_options_id)
def _option_label(context: Context, arguments: list[Value]) -> str | None:
    options = context.options(arguments[0])
    if options is None:
        raise ExpressionError(N_('Could not find options with id "%(id)s"'), {"id": str(arguments[0])})
    wanted = to_text(arguments[1])
    label = next((option.get("label") for option in options if to_text(option.get("value")) == wanted), None)
    return None if label is None else context.text(str(label))


@function("text", 1, 1)
def _text(context: Context, arguments: list[Value]) -> str | None:
    key = to_text(arguments[0])
    return None if key is None else context.text(key)


@function("instanceContext", 1, 1)
def _instance_context(context: Context, arguments: list[Value]) -> Value:
    return context.instance(to_text(arguments[0]) or "")


@function("frontendSettings", 1, 1)
def _frontend_settings(context: Context, arguments: list[Value]) -> Value:
    key = to_text(arguments[0])
    if key is None:
        raise ExpressionError(N_("Value cannot be null. (Parameter 'key')"))
    return context.setting(key)


@function("authContext", 1, 1)
def _auth_context(context: Context, arguments: list[Value]) -> bool:
    return context.may(to_text(arguments[0]) or "")


@function("countDataElements", 1, 1)
def _count_data_elements(context: Context, arguments: list[Value]) -> int:
    data_type = to_text(arguments[0])
    if data_type is None:
        raise ExpressionError(N_("Expected dataType argument to be a string"))
    return context.count_elements(data_type)


@function("externalApi", 2, 2)
def _external_api(context: Context, arguments: list[Value]) -> str | None:
    api, path = to_text(arguments[0]), to_text(arguments[1])
    if not api or not path:
        return None
    found = context.external(api)
    for part in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return None if isinstance(found, dict | list) else to_text(found)


@function("gatewayAction", 0, 0)
def _gateway_action(context: Context, _arguments: list[Value]) -> str | None:
    return context.gateway_action


@function("language", 0, 0)
def _language(context: Context, _arguments: list[Value]) -> str:
    return context.language


def _nth(_arguments: list[Compiled], literals: list[Any]) -> Compiled | None:
    index = literals[0]
    if type(index) is not int or index < 0:
        return None

    def run(context: Context) -> Value:
        given = context.positional
        return given[index] if given and index < len(given) else _argv(context, [index])

    return run


@function("argv", 1, 1, shortcut=_nth)
def _argv(context: Context, arguments: list[Value]) -> Value:
    if not context.positional:
        raise ExpressionError(N_("No positional arguments available"))
    index = to_number(arguments[0])
    if index is None or not 0 <= index < len(context.positional):
        shown = "null" if index is None else number_text(index)
        raise ExpressionError(N_("Index %(index)s out of range"), {"index": shown})
    return context.positional[int(index)]


@function("value", 0, 1)
def _value(context: Context, arguments: list[Value]) -> Value:
    if context.named is None:
        raise ExpressionError(N_("No value arguments available"))
    key = arguments[0] if arguments else context.default_name
    if not isinstance(key, str):
        given = "null" if key is None else str(key)
        raise ExpressionError(N_("Invalid key (expected string, got %(key)s)"), {"key": given})
    if key not in context.named:
        values = {"key": key, "keys": ", ".join(context.named)}
        raise ExpressionError(N_("Unknown key %(key)s, Valid keys are: %(keys)s"), values)
    return context.named[key]


@function("linkToPage", 2, 3)
def _link_to_page(context: Context, arguments: list[Value]) -> str | None:
    text, page = to_text(arguments[0]), to_text(arguments[1])
    if text is None or page is None:
        return None
    back = len(arguments) == 3 and to_boolean(arguments[2])
    return _link(context.page_link(page, None, back), "LinkToPotentialPage", text)


@function("linkToComponent", 2, 3)
def _link_to_component(context: Context, arguments: list[Value]) -> str | None:
    text, component_id = to_text(arguments[0]), to_text(arguments[1])
    if text is None or component_id is None:
        return None
    page, indexed_id = context.page_of(component_id)
    back = len(arguments) == 3 and to_boolean(arguments[2])
    return _link(context.page_link(page, indexed_id, back), "LinkToPotentialNode", text)


def _link(address: str, kind: str, text: str) -> str:
    # The text may hold Markdown or HTML of the app and is cleaned where it is shown; the address may not.
    quoted = escape(address).replace("&amp;", "&")
    return f'<a href="{quoted}" data-link-type="{kind}">{text}</a>'
