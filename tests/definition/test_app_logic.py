"""Hooks are found without running them, and what would go wrong when they are run is named with its line."""

from pathlib import Path

import pytest
from builders import app, as_json, field

from studio.definition.app_logic import AVAILABLE, HOOKS, OPTIONS, logic_of, read_logic_file, read_settings
from studio.definition.checks import check


def with_logic(**files: str | bytes) -> dict[str, bytes | None]:
    """Files of App/logic by name; "options__towns" lies in its folder options."""
    return {
        f"App/logic/{name.replace('__', '/')}.py": text.encode() if isinstance(text, str) else text
        for name, text in files.items()
    }


def found(source: str | bytes) -> list[tuple[str, str, int | None]]:
    """(code, severity, line) of what the app check says about a file of the logic."""
    checked = check(app(more=with_logic(rules=source)))
    return [
        (each.code, each.severity, each.place.line)
        for each in checked
        if each.place.path == "App/logic/rules.py"
    ]


def test_hooks_and_lists_are_found_by_name_and_folder() -> None:
    logic = logic_of(
        app(
            more=with_logic(
                one="def validate(data, context): ...\ndef calculate(data, context): ...\n",
                two="def validate(data, context): ...\n",
                options__towns="def options(data, parameters, context): ...\n",
                options__empty="x = 1\n",
            )
        )
    )
    assert logic.modules_with("validate") == ("logic.one", "logic.two")
    assert logic.modules_with("calculate") == ("logic.one",)
    assert logic.modules_with("prefill") == ()
    assert logic.option_lists == {"towns": "logic.options.towns"}


def test_an_app_without_logic_has_no_hooks_and_no_findings() -> None:
    assert logic_of(app()).files == {}


def test_other_code_gives_another_key_and_the_same_code_the_same() -> None:
    one, same, other = (
        logic_of(app(more=with_logic(rules=text))).key for text in ("x = 1", "x = 1", "x = 2")
    )
    assert one == same != other


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def validate(data, context):\n    return (\n", ("bad-logic", "error", 2)),
        ("x = 1\n\ndef validate(data):\n    pass\n", ("wrong-hook", "error", 3)),
        ("def validate(data, context, more):\n    pass\n", ("wrong-hook", "error", 1)),
        ("def validate(data, context, *, more):\n    pass\n", ("wrong-hook", "error", 1)),
        ("async def validate(data, context):\n    pass\n", ("wrong-hook", "error", 1)),
        ("def may_start(data, context):\n    pass\n", ("wrong-hook", "error", 1)),
        ("\ndef validat(data, context):\n    pass\n", ("unknown-hook", "warning", 2)),
        ("def on_save(data, context):\n    pass\n", ("unknown-hook", "warning", 1)),
        ("def options(data, parameters, context):\n    pass\n", ("unknown-hook", "warning", 1)),
        ("import decimal\nimport socket\n", ("unknown-import", "error", 2)),
        ("from os import path\n", ("unknown-import", "error", 1)),
        ("def f():\n    import requests\n", ("unknown-import", "error", 2)),
        (b"x = 1\n# \xff\n", ("bad-logic", "error", 2)),
        ("x = '\0'", ("bad-logic", "error", 1)),
        ("not " * 50_000 + "1", ("bad-logic", "error", 1)),
        ("a" + ".b" * 100_000, ("bad-logic", "error", 1)),
        ("#" * 600_000, ("bad-logic", "error", 1)),
    ],
)
def test_what_is_wrong_is_named_with_its_line(source: str | bytes, expected: tuple[str, str, int]) -> None:
    assert found(source) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "def validate(data, context):\n    yield from ()\n",
        "def validate(data, context, rate=3):\n    pass\n",
        "def validate(*given):\n    pass\n",
        "def helper(data, context): ...\ndef validate(data, context):\n    return helper(data, context)\n",
        "def _validat(data, context):\n    pass\n",
        "def rate(income):\n    return income\n",
        "from urllib import parse\nfrom collections.abc import Mapping\n",
        "from logic.tax import rate\nimport studio_app\nfrom . import tax\n",
        "\ufeffdef validate(data, context):\n    pass\n",
    ],
)
def test_what_works_is_not_found_fault_with(source: str) -> None:
    assert found(source) == []


def test_a_slip_in_a_name_is_answered_with_the_name_that_was_meant() -> None:
    (problem,) = read_logic_file(b"def calculte(data, context): ...\n").problems
    assert "calculate" in str(problem.remedy)


def test_a_list_that_is_a_file_and_a_hook_and_one_without_its_hook_are_told() -> None:
    more = with_logic(
        options__towns="\ndef options(data, parameters, context): ...\n", options__rest="def optins(): ...\n"
    )
    codes = {
        (each.code, each.place.path, each.place.line)
        for each in check(app(more={**more, "App/options/towns.json": b"[]"}))
    }
    assert ("double-options", "App/logic/options/towns.py", 2) in codes
    assert any(code == "unknown-hook" and path.endswith("rest.py") for code, path, _ in codes)


def test_a_component_may_take_its_choices_from_a_hook() -> None:
    page = {"Contact": (field("name", kind="Dropdown", optionsId="towns"),)}
    hook = with_logic(options__towns="def options(data, parameters, context): ...\n")
    assert "missing-options" in {each.code for each in check(app(pages=page))}
    assert "missing-options" not in {each.code for each in check(app(pages=page, more=hook))}


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ([], ""),
        ({"seconds": 0}, "/seconds"),
        ({"seconds": 60}, "/seconds"),
        ({"seconds": "2"}, "/seconds"),
        ({"seconds": True}, "/seconds"),
        ({"hosts": "data.example.org"}, "/hosts"),
        ({"hosts": ["data.example.org", "https://data.example.org/"]}, "/hosts/1"),
        ({"hosts": ["localhost"]}, "/hosts/0"),
        ({"hosts": ["Data.example.org"]}, "/hosts/0"),
        ({"hosts": [1]}, "/hosts/0"),
        ({"second": 2}, "/second"),
    ],
)
def test_settings_that_cannot_be_used_are_told_and_passed_over(content: object, pointer: str) -> None:
    settings = read_settings(content)
    assert [each.pointer for each in settings.problems] == [pointer]
    assert settings.seconds == 2
    assert settings.hosts in {(), ("data.example.org",)}
    more = {"App/logic/settings.json": as_json(content)}
    assert "bad-logic-settings" in {each.code for each in check(app(more=more))}


def test_settings_that_are_no_json_are_told() -> None:
    found = check(app(more={"App/logic/settings.json": b'{"seconds": '}))
    assert [each.code for each in found if each.place.path == "App/logic/settings.json"] == ["broken-json"]


def test_settings_say_how_long_a_call_may_take_and_which_servers_it_may_ask() -> None:
    settings = read_settings({"seconds": 4.5, "hosts": ["data.example.org"]})
    assert (settings.seconds, settings.hosts, settings.problems) == (4.5, ("data.example.org",), ())


def test_the_interface_is_what_hooks_import() -> None:
    assert "studio_app" in AVAILABLE
    assert all(names[-1] == "context" for names in HOOKS.values())


def test_the_reference_names_every_hook_with_its_arguments_and_every_module() -> None:
    text = (Path(__file__).parents[2] / "docs/reference/app-logic.md").read_text("utf-8")
    for name, arguments in {**HOOKS, **OPTIONS}.items():
        assert f"`{name}({', '.join(arguments)})`" in text
    for module in AVAILABLE[1:]:
        assert f"`{module}`" in text, module


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("def validate(data, context):\n    return data['nme']\n", ["nme"]),
        ("def validate(data, context):\n    return data.get('nme', 1)\n", ["nme"]),
        ("def validate(data, context):\n    return data['name']['first']\n", ["name.first"]),
        ("def validate(data, context):\n    yield Issue('nme', 'x')\n", ["nme"]),
        ("def validate(data, context):\n    yield Issue(field='age[0].nme', message='x')\n", ["age[0].nme"]),
        ("def calculate(data, context):\n    return {'nme': 1, 'age': 2}\n", ["nme"]),
        ("def validate(data, context):\n    data = {}\n    return data['nme']\n", []),
        ("def validate(data, context):\n    return data['name'], context.models['x']['nme']\n", []),
        ("def validate(data, context):\n    yield Issue('', 'x')\n    yield Issue(f'{1}', 'x')\n", []),
    ],
)
def test_fields_that_no_data_model_has_are_named(source: str, named: list[str]) -> None:
    findings = check(app(more=with_logic(rules=source)))
    told = [each for each in findings if each.place.path == "App/logic/rules.py"]
    assert [each.sentence.values["field"] for each in told] == named
    assert {(each.code, each.severity) for each in told} <= {("missing-field", "warning")}
