"""The shared vectors of what stands beside a data model, and of data that hidden components hold."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
from browser_engine import Browser, browser

from studio.definition import form_paths, json_text
from studio.definition.data_model import DataModel
from studio.definition.expressions import Form, PageLayout, Spot, Surroundings, form_tree
from studio.definition.rules import Validations, read_calculations, read_validations
from studio.definition.rules.broken_rules import broken_rules
from studio.definition.rules.calculating import calculate
from studio.runtime.forms.page_fields import checks_of, worked_out
from studio.runtime.hidden import hidden_places

pytestmark = pytest.mark.conformance

TYPE = "default"

# Cases that cannot come out as the file says, each with the reason; on the server, and in the browser.
LEFT_OUT: dict[str, str] = {}
LEFT_OUT_IN_BROWSER: dict[str, str] = {}


class Engine(Protocol):
    """Who works it out: the server, or the browser's code."""

    left_out: Mapping[str, str]

    def hidden(self, case: Mapping[str, Any], data: Any, *, for_removal: bool = True) -> set[str]:
        """The fields, lists and rows that only hidden components hold."""

    def broken(
        self, case: Mapping[str, Any], validations: Validations, hidden: set[str]
    ) -> list[tuple[str, str, str]]:
        """(text, severity, field) of every rule that an answer which is not hidden breaks."""

    def worked_out(self, case: Mapping[str, Any], model: DataModel) -> tuple[Any, str]:
        """The data with every result in it, and what is told of those that fail."""


class Server:
    left_out = LEFT_OUT

    def hidden(self, case: Mapping[str, Any], data: Any, *, for_removal: bool = True) -> set[str]:
        return {path for _, path in hidden_places(form_of(case, {TYPE: data}), for_removal=for_removal)}

    def broken(
        self, case: Mapping[str, Any], validations: Validations, hidden: set[str]
    ) -> list[tuple[str, str, str]]:
        data = case["formData"]
        found = broken_rules(
            form_of(case, {TYPE: data}), TYPE, data, validations, lambda place: not covered(place, hidden)
        )
        return [(each.text, each.rule.severity, each.place) for each in found]

    def worked_out(self, case: Mapping[str, Any], model: DataModel) -> tuple[Any, str]:
        calculations = read_calculations(case["calculationConfig"])
        done = calculate(
            {TYPE: case["formData"]},
            lambda data: form_of(case, data),
            {TYPE: calculations.calculations},
            lambda _type: model,
        )
        told = [str(each.sentence) for each in calculations.problems]
        told += [f"{each.place} {each.reason}" for each in done.failures]
        return done.data[TYPE], " ".join(told)


class InBrowser:
    """What the browser is given is what a page hands over: the server reads the files."""

    left_out = LEFT_OUT_IN_BROWSER

    def __init__(self, code: Browser) -> None:
        self._code = code

    def hidden(self, case: Mapping[str, Any], data: Any, *, for_removal: bool = True) -> set[str]:
        return set(self._code.ask("hidden", file=_file(case, data), forRemoval=for_removal))

    def broken(
        self, case: Mapping[str, Any], validations: Validations, hidden: set[str]
    ) -> list[tuple[str, str, str]]:
        data = case["formData"]
        places = [place for path in validations.rules for place in form_paths.resolve(data, path)]
        found = self._code.ask(
            "broken",
            file=_file(case, data),
            rules={path: checks_of(rules) for path, rules in validations.rules.items()},
            type=TYPE,
            passed=[place for place in places if covered(place, hidden)],
        )
        return [tuple(each) for each in found]

    def worked_out(self, case: Mapping[str, Any], model: DataModel) -> tuple[Any, str]:
        calculations = read_calculations(case["calculationConfig"])
        given = worked_out(calculations.calculations, TYPE, model.field)
        found = self._code.ask("worked", file=_file(case, case["formData"]), calculations=given)
        # The browser is silent about what fails: the server tells it.
        return found[TYPE], Server().worked_out(case, model)[1]


def _file(case: Mapping[str, Any], data: Any) -> dict[str, Any]:
    layouts = case.get("layouts") or {}
    return {"layouts": layouts, "dataModels": [{"dataElement": {"dataType": TYPE}, "data": data}]} | (
        {"textResources": case["textResources"]} if case.get("textResources") else {}
    )


@pytest.fixture(scope="module", params=["server", "browser"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "server":
        yield Server()
        return
    with browser() as code:
        yield InBrowser(code)


def read(path: Path) -> dict[str, Any]:
    return json_text.parse(path.read_bytes())


def form_of(case: Mapping[str, Any], data: Mapping[str, Any]) -> Form:
    pages = [
        PageLayout(name, layout["data"]["layout"], layout["data"].get("hidden", False))
        for name, layout in (case.get("layouts") or {}).items()
    ]
    resources = {entry["id"]: entry for entry in case.get("textResources") or []}
    return Form(form_tree(pages), Surroundings(data, TYPE, resource=resources.get))


def spots(form: Form) -> list[Spot]:
    found = [spot for page in form.tree.pages for spot in form.roots(page.name)]
    for spot in found:
        found.extend(form.children(spot))
    return found


def covered(place: str, hidden: set[str]) -> bool:
    """Whether a place, its row or a list around it is hidden."""
    ends = [match.end() for match in re.finditer(r"[^.\[\]]+|\[\d+\]", place)]
    return any(place[:end] in hidden for end in ends)


def found_issues(engine: Engine, case: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    validations = read_validations(case["validationConfig"])
    assert validations.problems == ()
    hidden = engine.hidden(case, case["formData"], for_removal=False)
    form = form_of(case, {TYPE: case["formData"]})
    bound = {spot.path("simpleBinding"): spot.id for spot in spots(form) if not spot.hidden}
    found = engine.broken(case, validations, hidden)
    return sorted((*each, bound.get((TYPE, each[2]))) for each in found)


def test_every_shared_validation_finds_what_its_file_says(vectors: Path, engine: Engine) -> None:
    paths = sorted((vectors / "expression-validation").rglob("*.json"))
    assert paths
    misses = {}
    for path in paths:
        case = read(path)
        wanted = sorted(
            (each["message"], each["severity"], each["field"], each.get("componentId"))
            for each in case["expects"]
        )
        found = [
            (*issue[:3], issue[3] if any(each[3] for each in wanted) else None)
            for issue in found_issues(engine, case)
        ]
        if (found != wanted) != (path.name in engine.left_out):
            misses[path.name] = (found, wanted)
    assert misses == {}


def schema_of(value: Any) -> dict[str, Any]:
    """The data model that some form data has."""
    if isinstance(value, dict):
        return {"type": "object", "properties": {key: schema_of(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return {"type": "array", "items": schema_of(value[0]) if value else {}}
    if isinstance(value, bool):
        return {"type": "boolean"}
    return {"type": "number" if isinstance(value, int | float) else "string"}


def at(data: Any, place: str) -> Any:
    for part in re.findall(r"[^.\[\]]+", place):
        data = data[int(part)] if isinstance(data, list) else data.get(part)
    return data


def test_every_shared_calculation_comes_out_as_its_file_says(vectors: Path, engine: Engine) -> None:
    paths = sorted((vectors / "calculation").rglob("*.json"))
    assert paths
    misses = {}
    for path in paths:
        case = read(path)
        data, told = engine.worked_out(case, DataModel(schema_of(case["formData"])))
        for expected in case["expects"]:
            if "logMessage" in expected:
                # Our words are others; what counts is that the field is named and stays as it was.
                named = re.search(r"field (\S+)", expected["logMessage"])
                right = named is not None and named[1] in told and data == case["formData"]
            else:
                result = at(data, expected["field"])
                right = result == expected["result"] and type(result) is type(expected["result"])
            if right == (path.name in engine.left_out):
                misses[path.name] = (expected, told, data)
    assert misses == {}


def verified(path: Path) -> set[str]:
    """The fields of a verified list of references to data."""
    return set(re.findall(r"Field: (\S+?),?\s*$", path.read_text("utf-8-sig"), re.MULTILINE))


def hidden_in(engine: Engine, folder: Path, names: list[str], data: Any) -> set[str]:
    case = {"layouts": {name: read(folder / f"{name}.json") for name in names}}
    return engine.hidden(case, data)


def test_the_hidden_data_of_a_curriculum_vitae_is_what_the_platform_finds(
    vectors: Path, engine: Engine
) -> None:
    folder = vectors / "hidden-data" / "RemoveHiddenData"
    data = read(folder / "inline" / "RemoveHiddenDataTests.TestRemoveHiddenData.1.json")
    found = hidden_in(engine, folder, ["CV", "Skjul felter"], data)
    assert found == verified(folder / "RemoveHiddenDataTests.TestRemoveHiddenData.verified.txt")


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("second", [False, True])
def test_a_list_on_two_pages_is_hidden_where_neither_shows_it(
    vectors: Path, engine: Engine, first: bool, second: bool
) -> None:
    # The data were objects of the platform's test; these are of the shape that its layouts ask about.
    folder = vectors / "hidden-data" / "RepeatingGroupsHidden"
    rows = [{"prodVareNr": "1", "prodType": "a"}, {"prodVareNr": None, "prodType": "b"}]
    data = {"some": {"hideGroup1": True, "hidePage1": first, "hidePage2": second, "data": rows}}
    name = (
        f"RepeatingGroupsHidden.Test_Hidden_Multiple_Groups_hidePage1={first}_hidePage2={second}.verified.txt"
    )
    assert hidden_in(engine, folder, ["Page1", "Page2"], data) == verified(folder / name)


def test_layouts_of_removals_without_given_data_are_read_without_a_complaint(
    vectors: Path, engine: Engine
) -> None:
    for path in sorted((vectors / "hidden-data").rglob("*.json")):
        content = json.loads(path.read_text("utf-8-sig"))
        if "layout" in content.get("data", {}):
            form = form_of({"layouts": {path.stem: content}}, {TYPE: {}})
            hidden_places(form)
            assert form.failures == [], path.name
            engine.hidden({"layouts": {path.stem: content}}, {})


def relaxed(path: Path) -> Any:
    """What a verified file says: JSON without quotation marks, a member a line."""
    lines = []
    for line in path.read_text("utf-8-sig").splitlines():
        match = re.fullmatch(r"\s*(?:(\w+): )?(.*?)(,?)", line)
        assert match is not None
        key, value, comma = match.groups()
        if not re.fullmatch(r"[{}\[\]]|{}|\[\]|true|false|null|-?\d+", value):
            value = json.dumps(value)
        lines.append((f"{json.dumps(key)}: " if key else "") + value + comma)
    return json.loads("\n".join(lines))


def form_data(value: Any) -> list[dict[str, Any]]:
    """Every state of form data in a verified file, in order, without the ids of rows."""
    if isinstance(value, list):
        return [each for inner in value for each in form_data(inner)]
    if not isinstance(value, dict):
        return []
    own = [value[key] for key in ("PreviousFormData", "CurrentFormData") if value.get(key)]
    return [without_ids(each) for each in own] + [
        each for inner in value.values() for each in form_data(inner)
    ]


def without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [without_ids(each) for each in value]
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items() if key != "AltinnRowId"}
    return value


def cleaned(data: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
    """Data without what is hidden, as validators of the platform see it: hidden rows are null."""

    def clean(value: Any, place: str) -> Any:
        if place in hidden:
            return None
        if isinstance(value, list):
            return [clean(each, f"{place}[{index}]") for index, each in enumerate(value)]
        if isinstance(value, dict):
            members = {key: clean(each, f"{place}.{key}".lstrip(".")) for key, each in value.items()}
            return {key: each for key, each in members.items() if each is not None}
        return value

    return clean(data, "")


def test_data_are_cleaned_of_what_is_hidden_as_the_platform_cleans_them(
    vectors: Path, engine: Engine
) -> None:
    folder = vectors / "hidden-data" / "CleanDataAccessor"
    dirty = form_data(relaxed(folder / "TestValidateCleanData.DirtyIncremental.verified.txt"))
    clean = form_data(relaxed(folder / "TestValidateCleanData.CleanIncremental.verified.txt"))
    assert len(dirty) == len(clean) > 0
    for before, after in zip(dirty, clean, strict=True):
        page = folder / ("mainLayout/page1" if "HidePage1" in before else "subLayout/subPage")
        assert cleaned(before, hidden_in(engine, page.parent, [page.name], before)) == after


def test_the_rules_of_a_form_and_its_subforms_find_what_the_platform_finds(
    vectors: Path, engine: Engine
) -> None:
    folder = vectors / "hidden-data" / "SubForm"
    issues = [
        each for each in relaxed(folder / "SubFormTests.Test1.verified.txt") if each["Source"] == "Expression"
    ]
    assert issues
    for issue in issues:
        name = "default" if issue["DataElementId"] == "MainDataElementGuid" else "subform"
        config = read(folder / "inline" / f"SubFormTests._{name}ValidationConfig.1.json")
        # The data were objects of the platform's test; the message says what they held.
        data = {issue["Field"]: issue["CustomTextKey"].partition('"')[2].partition('"')[0]}
        (found,) = found_issues(engine, {"validationConfig": config, "formData": data})
        assert found[:3] == (issue["CustomTextKey"], issue["Severity"].lower(), issue["Field"])
