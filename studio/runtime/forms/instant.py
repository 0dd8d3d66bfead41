"""What a page gives the browser so that it can follow the page's rules while somebody writes.

`rules_script` follows from the app and the language alone and stands in the page once; `data_script` comes
anew with every answer.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import force_locale
from markupsafe import Markup

from studio.definition.content_cache import ContentCache
from studio.definition.expressions import ExpressionError, Node
from studio.definition.expressions.rows import split
from studio.runtime.forms.kinds import kind_of, type_of
from studio.runtime.forms.language import interface_of
from studio.runtime.forms.page_rules import NO_RULES, PageRules, as_script
from studio.runtime.forms.state import FormState
from studio.runtime.forms.wording import gettext

_SCRIPTS: Final[ContentCache[Markup]] = ContentCache(2000)
_FACTS: Final[Mapping[str, str]] = {
    "instanceContext": "facts",
    "frontendSettings": "settings",
    "authContext": "actions",
    "countDataElements": "counts",
}


def rules_script(state: FormState, page: str) -> Markup:
    """The rules of a page as JSON for a script element; "" where it has none.

    {pages: the small layout of PageRules, controls: {name in posts, without indexes: how it is read},
    checks, worked: what an app says about fields (page_fields.py), texts: {key: {value, variables}},
    words: what severities are called, ways: the pages that come and go}.
    """
    rules = state.rules(page)
    if rules is NO_RULES:
        return Markup()
    key = f"{state.content_id}:{page}:{state.language}"
    return _SCRIPTS.get(key, lambda: as_script(_rules(state, page, rules)))


def _rules(state: FormState, page: str, rules: PageRules) -> dict[str, Any]:
    resource = state.form.around.resource
    more = {
        "checks": rules.checks,
        "worked": rules.worked,
        "texts": {key: resource(key) for key in sorted(rules.texts)},
        "words": _words(state.language) if rules.checks else {},
        "ways": sorted(rules.ways),
    }
    found = {"pages": rules.pages, "controls": _controls(state, page, rules)}
    return found | {name: value for name, value in more.items() if value}


def _words(language: str) -> Mapping[str, str]:
    with force_locale(interface_of(language)):
        return {
            "warning": gettext("Warning"),
            "info": gettext("Information"),
            "success": gettext("Correct"),
        }


def data_script(state: FormState, page: str) -> Markup:
    """What the rules of a page read, as JSON for a script element; "" where it has none.

    {language, type: the default data type, models: {data type: data}, and what they ask around the form}.
    """
    rules = state.rules(page)
    if rules is NO_RULES:
        return Markup()
    found: dict[str, Any] = {
        "language": state.language,
        "type": state.default_type,
        "models": {state.default_type: {}} | rules.read(state.data),
    }
    place = state.form.page(page)
    for function, argument in sorted(rules.facts):
        answers = found.setdefault(_FACTS[function], {})
        try:
            answers[argument] = place.evaluate([function, argument])
        except ExpressionError:
            continue  # it fails in the browser as well, for want of an answer
    return as_script(found)


def _controls(state: FormState, page: str, rules: PageRules) -> dict[str, Any]:
    """How the browser reads what is written into the fields that rules read; others wait for the server."""
    found: dict[str, Any] = {}
    worked = {each["path"] for each in rules.worked}
    for node in state.form.tree.nodes.values():
        control = kind_of(type_of(node)).control
        bound = node.binding("simpleBinding")
        if node.page != page or control is None or bound is None:
            continue
        path, data_type = bound
        plain = ".".join(name for name, _ in split(path) if name)
        own = data_type or state.default_type
        read = control(node.raw, state.language)
        if read is None or (own, plain) not in rules.fields:
            continue
        name = state.name(own, plain)
        field = state.field_of(name)
        found[name] = dict(read) | {"kind": field.kind if field else "string"}
        if own == state.default_type and plain in worked:
            found[name] |= _writing(node, state.language)
    return found


def _writing(node: Node, language: str) -> dict[str, Any]:
    """How the input of a field that is worked out is written."""
    formatting, kind = node.raw.get("formatting"), kind_of(type_of(node))
    if not isinstance(formatting, Mapping):
        return {}
    around = kind.texts(node.raw, language) if kind.texts else {}
    found = {"before": around.get("prefix"), "after": around.get("suffix")}
    return {"formatting": formatting} | {name: text for name, text in found.items() if text}
