"""The editor of one rule, step by step as forms send it: without scripts, and as scripts do."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from studio.definition.app import app_definition
from studio.definition.changes import SetText
from studio.definition.rules import calculations_of, validations_of
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import app_files, field
from tests.features.conftest import KARI, NOW, Browser
from tests.features.rules_app import EARNS_MUCH, HAS_CHILDREN, rules_files

OF = "/ttd/benefit/rules/of"
REASON = f"{OF}/component/Task_1/reason/hidden"
REQUIRED = f"{OF}/component/Task_1/reason/required"
INCOME = f"{OF}/component/Task_1/income/hidden"
COSTS = f"{OF}/calculation/model/costs"
PERIOD = f"{OF}/validation/model/period.to/0"


@pytest.fixture
def benefit(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/benefit, which has rules of several kinds."""
    return repositories.create("ttd", "benefit", rules_files(), KARI, "Create Child benefit", NOW)


@pytest.mark.parametrize(
    "written",
    ["NaN", '["equals", -Infinity, 1]', "1e999", "9" * 6000, "[" * 900 + "]" * 900, "// why\n1"],
)
def test_code_that_no_file_can_keep_is_refused_in_words(
    benefit: Repository, kari: Browser, written: str
) -> None:
    editor = Editor(kari, benefit, REASON)
    before = benefit.draft("kari").revision
    for fields in ({"do": "code", "text": written}, {"do": "put", "path": "1", "value": written}):
        refused = editor.post(422, **fields)
        assert refused.select_one("[role=alert]") is not None
    assert kari.post(f"{REASON}/check", text=written).status_code == 200
    assert benefit.draft("kari").revision == before


def test_the_field_that_a_rule_is_about_is_one_answer_among_others(
    benefit: Repository, kari: Browser
) -> None:
    own = ["compare", ["dataModel", ["argv", 0]], "isAfter", "2026-12-31"]
    editor = Editor(kari, benefit, PERIOD)
    page = editor.post(do="code", text=json.dumps(own))
    (lookup,) = page.select("[data-look=lookup]")
    assert "To" in lookup.get_text()
    assert not page.select("[data-look=function]")


def test_a_rule_of_a_form_in_several_languages_is_named_in_that_of_its_sentence(
    benefit: Repository, kari: Browser
) -> None:
    draft = benefit.draft("kari")
    draft.apply(SetText("nb", "reason.title", "Grunn"), draft.revision, KARI, NOW)
    for language, name in (("nb", "Grunn"), ("en", "Reason")):
        page = BeautifulSoup(kari.get(f"{REASON}?lang={language}").get_data(), "html.parser")
        title, sentence = page.h1, page.select_one(".rule-sentence__words")
        assert title is not None
        assert name in title.get_text()
        assert sentence is not None
        assert name in sentence.get_text()


class Editor:
    """The editor of one rule in a browser without scripts."""

    def __init__(self, browser: Browser, repository: Repository, address: str) -> None:
        self.browser = browser
        self.repository = repository
        self.address = address
        self.page = self.open()

    def open(self, query: str = "") -> BeautifulSoup:
        answer = self.browser.get(f"{self.address}{query}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        self.page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        return self.page

    def send(self, do: str, nth: int = 0, status: int = 200, **written: str) -> BeautifulSoup:
        """Press the nth button that does this, with what is written in its form."""
        inputs = [each for each in self.page.select("input[name=do]") if each["value"] == do]
        form = inputs[nth].find_parent("form")
        assert form is not None
        return self.post(status=status, **{**fields_of(form), **written})

    def post(self, status: int = 200, **fields: Any) -> BeautifulSoup:
        fields.pop("csrf_token", None)
        answer = self.browser.post(f"{self.address}/edits", **fields)
        self.page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        assert answer.status_code == status, [each.get_text() for each in self.page.select("[role=alert]")]
        return self.page

    @property
    def sentence(self) -> str:
        words = self.page.select_one(".rule-sentence__words")
        assert words is not None
        return " ".join(words.get_text(" ", strip=True).split())

    @property
    def app(self) -> Any:
        return app_definition(self.repository.draft("kari").files)

    def component(self, name: str) -> Any:
        return self.app.layout_set("Task_1").find(name)[1].raw


def fields_of(form: Tag) -> dict[str, str]:
    """What a form sends as it stands."""
    found = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        found[str(select["name"])] = str(chosen["value"]) if chosen else ""
    return found


def option(page: BeautifulSoup, label: str) -> str:
    """The value of the first choice with this label."""
    return next(str(each["value"]) for each in page.select("option") if each.get_text() == label)


def test_a_rule_that_hides_is_shown_by_what_shows(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)

    assert editor.sentence == "Show Reason when Do you have children? is Yes and Income is more than 100 000"
    assert [each.get_text() for each in editor.page.select("#facing option[selected]")] == ["Show when"]
    assert len(editor.page.select(".box-row")) == 2


def test_a_value_is_changed_and_only_that(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)

    editor.send("literal", 1, value="250 000,50")

    assert editor.component("reason")["hidden"] == [
        "not",
        ["and", HAS_CHILDREN, ["greaterThan", ["dataModel", "income"], 250000.5]],
    ]
    assert "250 000.5" in editor.sentence


def test_what_is_no_number_is_said_at_the_value_and_kept(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)

    page = editor.send("literal", 1, 422, value="a lot")

    assert "a lot is not a number" in page.get_text()
    assert page.select_one("input[value='a lot']") is not None
    assert editor.component("reason")["hidden"] == ["not", ["and", HAS_CHILDREN, EARNS_MUCH]]


def test_a_text_of_several_lines_keeps_its_lines(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, f"{OF}/component/Task_1/reason/textResourceBindings/title")
    editor.send("begin_function", value="concat")
    editor.send("code", text='["concat", "First\\n\\nSecond", "!"]')

    area = editor.page.select_one("textarea[name=value]")
    assert area is not None
    editor.send("literal", value=area.get_text().removeprefix("\n"))

    assert editor.component("reason")["textResourceBindings"]["title"] == ["concat", "First\n\nSecond", "!"]


def test_hide_when_keeps_the_conditions_and_turns_what_they_do(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)

    editor.send("facing", value="hide")

    assert editor.component("reason")["hidden"] == ["and", HAS_CHILDREN, EARNS_MUCH]
    assert [each.get_text() for each in editor.page.select("#facing option[selected]")] == ["Hide when"]
    assert editor.sentence.startswith("Hide Reason when Do you have children? is Yes and")
    editor.send("facing", value="show")
    assert editor.component("reason")["hidden"] == ["not", ["and", HAS_CHILDREN, EARNS_MUCH]]


def test_a_condition_about_another_question_begins_with_a_value_that_fits(
    benefit: Repository, kari: Browser
) -> None:
    editor = Editor(kari, benefit, REASON)

    editor.send("add", value=option(editor.page, "All costs"))

    assert editor.component("reason")["hidden"][1][3] == ["greaterThan", ["dataModel", "costs"], 0]


def test_another_question_gets_a_value_of_its_own_kind(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REQUIRED)

    editor.send("put", value=option(editor.page, "Income"))

    assert editor.component("reason")["required"] == ["greaterThan", ["dataModel", "income"], 0]


def test_an_operator_keeps_what_is_compared(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)

    editor.send("operator", 1, value="lessThanEq")
    assert editor.component("reason")["hidden"][1][2] == ["lessThanEq", ["dataModel", "income"], 100000]
    editor.send("operator", 0, value="isEmpty")
    assert editor.component("reason")["hidden"][1][1] == ["equals", ["component", "has-children"], None]
    editor.send("operator", 0, value="equals")
    assert editor.component("reason")["hidden"][1][1] == HAS_CHILDREN


def test_a_group_says_how_its_conditions_work_together(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)
    both, one = ["and", HAS_CHILDREN, EARNS_MUCH], ["or", HAS_CHILDREN, EARNS_MUCH]

    for mode, stored in (("or", ["not", one]), ("nor", one), ("nand", both), ("and", ["not", both])):
        editor.send("connective", value=mode)
        assert editor.component("reason")["hidden"] == stored


def test_a_condition_is_removed_and_the_last_one_takes_the_rule_with_it(
    benefit: Repository, kari: Browser
) -> None:
    editor = Editor(kari, benefit, REASON)

    editor.send("remove", 1)
    assert editor.component("reason")["hidden"] == ["notEquals", ["component", "has-children"], True]
    editor.send("remove", 0)

    assert "hidden" not in editor.component("reason")
    assert editor.sentence == "There is no rule here yet."


def test_a_whole_rule_is_removed_and_undone(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)
    before = benefit.draft("kari").files["App/ui/Task_1/layouts/Family.json"]

    editor.send("remove_rule")
    assert "hidden" not in editor.component("reason")

    benefit.draft("kari").undo(KARI, NOW)
    assert benefit.draft("kari").files["App/ui/Task_1/layouts/Family.json"] == before


def test_a_rule_begins_with_a_question(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, INCOME)
    assert editor.sentence == "There is no rule here yet."

    editor.send("begin", value=option(editor.page, "Do you have children?"))

    assert editor.component("income")["hidden"] == ["notEquals", ["dataModel", "hasChildren"], True]
    assert editor.sentence == "Show Income when Do you have children? is Yes"


def test_a_chosen_condition_is_moved_wrapped_and_turned(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)

    editor.open("?selected=1")
    editor.send("move", 1)
    assert editor.component("reason")["hidden"][1] == ["and", EARNS_MUCH, HAS_CHILDREN]

    editor.open("?selected=2")
    editor.send("wrap", 1)
    assert editor.component("reason")["hidden"][1] == ["and", EARNS_MUCH, ["or", HAS_CHILDREN]]

    editor.open("?selected=1")
    editor.send("negate")
    assert editor.component("reason")["hidden"][1][1] == ["not", EARNS_MUCH]


def test_a_value_is_worked_on_with_functions(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, COSTS)
    assert editor.sentence == "Set All costs to the sum of Costs in all rows of Children"

    editor.open("?selected=whole")
    editor.send("wrap", value="multiply")
    stored = calculations_of(editor.app, "model").calculations[0].expression
    assert stored[0] == "multiply"
    assert stored[1][0] == "sum"

    editor.send("literal", 0, value="12")
    assert calculations_of(editor.app, "model").calculations[0].expression[2] == 12


def test_any_field_can_be_calculated_from_nothing(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, f"{OF}/calculation/model/income")

    editor.send("begin_function", value="plus")

    assert {each.path for each in calculations_of(editor.app, "model").calculations} == {"costs", "income"}


def test_code_and_boxes_say_the_same_and_lose_nothing(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)
    strange = ["if", ["somethingNew", 1, ["dataModel", "income"]], True, "else", ["not", ["list"]]]

    editor.send("code", text=json.dumps(strange))
    assert editor.component("reason")["hidden"] == strange

    code = editor.page.select_one("textarea[name=text]")
    assert code is not None
    assert json.loads(code.get_text()) == strange


@pytest.mark.parametrize(
    "conditions",
    [
        ["or", *(["equals", ["dataModel", "income"], number] for number in range(1500))],
        ["equals", ["concat", *("x" for _ in range(5000))], "x"],
    ],
)
def test_a_rule_of_thousands_of_parts_is_left_to_the_code(
    benefit: Repository, kari: Browser, conditions: list[Any]
) -> None:
    editor = Editor(kari, benefit, REASON)

    editor.send("code", text=json.dumps(conditions))

    tree, code = editor.page.select_one("#rule-tree"), editor.page.select_one("textarea[name=text]")
    assert tree is not None
    assert code is not None
    assert "too many parts" in tree.get_text()
    assert not tree.select("fieldset")
    assert json.loads(code.get_text()) == conditions


def test_a_rule_without_a_message_gets_none(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, f"{OF}/calculation/model/costs")
    for do in ("message", "severity", "at_once"):
        page = editor.post(422, do=do, value="error", language="nb")
        assert "does not know how to do this" in page.get_text()


def test_code_that_cannot_be_read_is_kept_for_correction(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)

    page = editor.send("code", 0, 422, text='["and", ')

    assert "not valid JSON" in page.get_text()
    code = page.select_one("textarea[name=text]")
    assert code is not None
    assert code.get_text().strip() == '["and",'


def test_findings_stand_at_the_rule_and_its_part_and_can_be_mended(
    benefit: Repository, kari: Browser
) -> None:
    editor = Editor(kari, benefit, REQUIRED)

    editor.send("code", text='["equals", ["component", "has-childen"], true]')

    assert "has-childen" in " ".join(each.get_text() for each in editor.page.select(".rule-findings li"))
    assert editor.page.select(".box-problem")
    editor.send("mend")
    assert editor.component("reason")["required"] == HAS_CHILDREN


def test_a_step_on_a_part_that_has_changed_meanwhile_does_nothing(benefit: Repository, kari: Browser) -> None:
    old, new = Editor(kari, benefit, REASON), Editor(kari, benefit, REASON)
    new.send("remove", 0)

    page = old.send("literal", 1, 422, value="5")

    assert "changed meanwhile" in page.get_text() or "does not exist any more" in page.get_text()
    assert editor_has(old, ["lessThanEq", 5]) is False


def editor_has(editor: Editor, part: Any) -> bool:
    return json.dumps(part)[1:-1] in json.dumps(editor.component("reason"))


def test_what_is_no_place_for_a_rule_is_not_found(benefit: Repository, kari: Browser) -> None:
    for address in (
        "component/Task_1/nobody/hidden",
        "component/Task_1/reason/id",
        "nonsense/a",
        "validation/model/x",
        "validation/model/x/y",
        "page/Task_1/None",
    ):
        assert kari.get(f"{OF}/{address}").status_code in {404, 422}, address


def test_a_step_that_no_page_sends_is_refused_in_words(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)
    before = benefit.draft("kari").revision
    steps: list[dict[str, Any]] = [
        {"do": "nothing"},
        {"do": "literal", "path": "9.9.9", "value": "1"},
        {"do": "literal", "path": "x", "value": "1"},
        {"do": "put", "path": "1", "value": "{"},
        {"do": "put", "path": "1", "value": "[" * 100_000},
        {"do": "wrap", "path": "1", "value": "nonsense"},
        {"do": "move", "path": "1", "to": "1.1"},
        {"do": "operator", "path": "1", "value": "nonsense"},
        {"do": "add", "path": "", "value": ""},
        {"do": "mend", "number": "x"},
        {"do": "severity", "value": "error"},
    ]

    for step in steps:
        assert editor.post(422, **step).select("[role=alert]"), step
    assert benefit.draft("kari").revision == before


def test_scripts_get_the_parts_that_look_different(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, REASON)
    revision = benefit.draft("kari").revision

    answer = kari.post(f"{REASON}/edits", htmx=True, do="remove", path="1", base=revision, facing="show")

    html = answer.get_data(as_text=True)
    assert answer.headers["X-Fragments"] == "1"
    for part in ("editor-state", "rule-sentence", "rule-tree", "panel", "rule-code"):
        assert f'id="{part}"' in html
    assert 'data-say="Show Reason when Income is more than 100\xa0000"' in html
    assert editor.component("reason")["hidden"] == ["not", EARNS_MUCH]


def test_many_questions_are_sent_once_and_can_still_be_picked_without_scripts(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    fields = {f"field{number}": "string" for number in range(200)}
    condition = ["equals", ["dataModel", "field7"], "x"]
    rows = [["equals", ["dataModel", f"field{number}"], "x"] for number in range(30)]
    page = (field("field0", required=["and", *rows]), field("field1"), field("field2", required=condition))
    files = app_files(pages={"One": page}, fields=fields)
    benefit = repositories.create("ttd", "benefit", files, KARI, "Create", NOW)

    heavy = kari.get(f"{OF}/component/Task_1/field0/required").get_data(as_text=True)
    editor = Editor(kari, benefit, f"{OF}/component/Task_1/field1/required")
    editor.send("begin", value=option(editor.page, "field150"))

    assert heavy.count("field199") < 10
    assert editor.component("field1")["required"] == ["notEquals", ["dataModel", "field150"], None]


def test_a_value_out_of_a_closed_list_is_picked(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, f"{OF}/component/Task_1/reason/pageBreak/breakBefore")

    editor.send("code", text='["if", ["equals", ["dataModel", "income"], 1], "always", "else", "auto"]')

    picked = editor.page.select(".box-value[data-look=pick] select")
    assert [[each["value"] for each in select.select("option")] for select in picked] == [
        ['"auto"', '"always"', '"avoid"'],
        ['"auto"', '"always"', '"avoid"'],
    ]


def test_the_code_editor_knows_functions_and_names(benefit: Repository, kari: Browser) -> None:
    Editor(kari, benefit, REASON)

    known = kari.get(f"{REASON}/dialect").get_json()

    assert known["functions"]["dataModel"]["roles"][0] == "field"
    assert {"value": "income", "words": "Income"} in known["names"]["field"]
    assert any(each["value"] == "has-children" for each in known["names"]["component"])
    said = kari.post(f"{REASON}/check", text='["equals", ["dataModel", "incme"], 1]').get_json()
    assert said["findings"][0]["pointer"].startswith("/1")
    assert "JSON" in kari.post(f"{REASON}/check", text="[").get_json()["findings"][0]["message"]


def test_a_validation_is_edited_as_conditions(benefit: Repository, kari: Browser) -> None:
    editor = Editor(kari, benefit, PERIOD)

    editor.send("operator", value="isBeforeEq")

    (rule,) = validations_of(editor.app, "model").rules["period.to"]
    assert rule.condition == [
        "compare",
        ["dataModel", "period.to"],
        "isBeforeEq",
        ["dataModel", "period.from"],
    ]
    assert rule.message == "too-late"


def test_a_reviewer_cannot_edit(benefit: Repository, runa: Browser) -> None:
    assert runa.get(REASON).status_code == 403
    assert runa.post(f"{REASON}/edits", do="remove_rule").status_code == 403


def test_a_setting_of_a_form_follows_a_rule_that_can_be_changed_and_taken_away(
    repositories: Repositories, studio: object, kari: Browser
) -> None:
    path = "App/ui/Task_1/Settings.json"
    files = dict(rules_files())
    settings = json.loads(files[path])
    settings["pages"]["hideAppNameInPdf"] = ["equals", ["component", "has-children"], True]
    files[path] = json.dumps(settings).encode()
    repository = repositories.create("ttd", "benefit", files, KARI, "Create", NOW)
    address = "setting/" + path.replace("/", "~1") + "/pages/hideAppNameInPdf"
    editor = Editor(kari, repository, f"{OF}/{address}")

    other = ["equals", ["component", "has-children"], False]
    editor.post(do="code", text=json.dumps(other))
    assert editor.app.json(path)["pages"]["hideAppNameInPdf"] == other
    editor.post(do="remove_rule")
    assert "hideAppNameInPdf" not in editor.app.json(path)["pages"]


def test_each_condition_and_its_buttons_have_a_name_of_their_own(benefit: Repository, kari: Browser) -> None:
    shown = BeautifulSoup(kari.get(f"{REASON}?facing=show").get_data(as_text=True), "html.parser")
    rows = [str(each["aria-label"]) for each in shown.select("#rule-tree .box-row[role=group]")]

    assert rows == [
        "Condition 1 of 2: Do you have children? is Yes",
        "Condition 2 of 2: Income is more than 100\xa0000",
    ]
    buttons = [str(each["aria-label"]) for each in shown.select("#rule-tree .box-actions [aria-label]")]
    assert len(buttons) == len(set(buttons))
    assert "Remove the condition: Do you have children? is Yes" in buttons
