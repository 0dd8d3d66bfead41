"""Forms made from data models: what is chosen is bound, once, by a component that fits."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.app import AppDefinition, LayoutSet
from studio.definition.changes import MakeForm, from_dict
from studio.definition.changes.making_forms import bound_paths
from studio.definition.changes.naming_ids import id_from, words_of
from studio.definition.checks import check
from studio.definition.data_model.form_fields import FormField, form_fields
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles
from studio.definition.layouts import Component
from studio.definition.sentences import Sentence
from tests.builders import app, field, group

BUTTONS = {"id": "onward", "type": "NavigationButtons"}


def made(before: AppDefinition, change: MakeForm) -> AppDefinition:
    """The app after a change that came by way of JSON, as from a browser."""
    sent = from_dict(json.loads(json.dumps(change.to_dict())))
    assert sent == change
    return AppDefinition(EditedFiles(before.files, sent.apply(before)))


def form(of: AppDefinition) -> LayoutSet:
    return of.layout_sets[0]


def fields_of(of: AppDefinition) -> tuple[FormField, ...]:
    model = of.model("model")
    assert model is not None
    return form_fields(model)


def answers(of: AppDefinition) -> tuple[str, ...]:
    return tuple(answer.path for top in fields_of(of) for answer in top.answers)


def bound_to(of: AppDefinition, path: str) -> Component:
    """The one component that is bound to a field."""
    found = [
        component
        for _, component in form(of).components()
        if any(bound.field == path for bound in component.bindings.values())
    ]
    assert len(found) == 1, path
    return found[0]


def one(schema: Mapping[str, Any], *, required: bool = False, **more: Any) -> Component:
    """The component that is made for a field with this schema."""
    before = app(pages={"Page": [BUTTONS]}, fields={"asked": dict(schema)}, **more)
    if required:
        model = json.loads(before.files["App/models/model.schema.json"])
        model["$defs"]["model"]["required"] = ["asked"]
        files = {"App/models/model.schema.json": json.dumps(model).encode()}
        before = AppDefinition(EditedFiles(before.files, files))
    return bound_to(made(before, MakeForm(form(before).id, "model", ("asked",), "Page")), "asked")


def said(of: AppDefinition, component: Component, slot: str, language: str) -> str:
    key = component.text_key(slot)
    found = of.texts(language).get(key) if key else None
    assert found is not None, (component.id, slot, language)
    return found.value


# ── which component ──


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "Input"),
        ({"type": "string", "maxLength": 1000}, "TextArea"),
        ({"type": "string", "format": "date"}, "Datepicker"),
        ({"type": "integer"}, "Input"),
        ({"type": "boolean"}, "RadioButtons"),
        ({"type": "string", "enum": ["a", "b"]}, "RadioButtons"),
        ({"type": "string", "enum": [str(number) for number in range(30)]}, "Dropdown"),
        ({"type": ["string", "null"], "maxLength": 12}, "Input"),
    ],
)
def test_a_field_gets_the_component_that_fits(schema: dict[str, Any], kind: str) -> None:
    assert one(schema).type == kind


def test_a_number_is_written_as_numbers_are_in_norwegian() -> None:
    assert one({"type": "integer", "minimum": 0}).raw["formatting"] == {
        "number": {"thousandSeparator": " ", "decimalScale": 0, "allowNegative": False}
    }
    assert one({"type": "number", "multipleOf": 0.01}).raw["formatting"] == {
        "number": {"thousandSeparator": " ", "decimalSeparator": ",", "decimalScale": 2}
    }


def test_a_year_has_no_space_between_its_digits() -> None:
    assert "thousandSeparator" not in one({"type": "integer", "maximum": 2100}).raw["formatting"]["number"]


def test_a_date_with_a_time_is_stored_with_it_and_one_without_is_not() -> None:
    assert one({"type": "string", "format": "date-time"}).raw["timeStamp"] is True
    assert one({"type": "string", "format": "date"}, generation="v8").raw["timeStamp"] is False
    assert "timeStamp" not in one({"type": "string", "format": "date"}).raw


def test_a_long_text_counts_down_from_what_the_model_allows() -> None:
    assert one({"type": "string", "maxLength": 600}).raw["maxLength"] == 600


def test_what_the_model_demands_must_be_answered() -> None:
    assert one({"type": "string"}, required=True).raw["required"] is True
    assert "required" not in one({"type": "string"}).raw


def test_an_answer_in_a_group_that_may_be_left_out_is_not_demanded() -> None:
    inner = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    before = app(pages={"Page": []}, fields={"person": inner, "rows": {"type": "array", "items": inner}})
    after = made(before, MakeForm("Task_1", "model", ("person.name", "rows.name"), "Page"))
    assert "required" not in bound_to(after, "person.name").raw
    # In a row that is there, it is.
    assert bound_to(after, "rows.name").raw["required"] is True


# ── choices ──


def test_a_few_choices_stand_in_the_component_with_the_value_as_label() -> None:
    assert one({"type": "string", "enum": ["Ja", "Nei"]}).raw["options"] == [
        {"label": "Ja", "value": "Ja"},
        {"label": "Nei", "value": "Nei"},
    ]


def test_the_titles_of_values_are_the_labels_in_each_language() -> None:
    titles = {"1": {"nb": "Enkeltmann", "en": "Sole trader"}, "2": {"nb": "Aksjeselskap"}}
    schema = {"type": "integer", "enum": [1, 2], "@enumTitles": titles}
    before = app(pages={"Page": []}, fields={"kind": schema})
    after = made(before, MakeForm("Task_1", "model", ("kind",), "Page"))
    first, second = bound_to(after, "kind").raw["options"]
    assert (first["value"], second["value"]) == (1, 2)
    assert [after.texts(language).get(first["label"]).value for language in ("nb", "en")] == [  # type: ignore[union-attr]  # fails where it is missing
        "Enkeltmann",
        "Sole trader",
    ]
    assert after.texts("en").get(second["label"]).value == "Aksjeselskap"  # type: ignore[union-attr]  # as above


def test_many_choices_become_an_option_list_that_equal_fields_share() -> None:
    countries = {"type": "string", "enum": [f"C{number}" for number in range(40)]}
    before = app(pages={"Page": []}, fields={"from": countries, "to": countries})
    after = made(before, MakeForm("Task_1", "model", ("from", "to"), "Page"))
    lists = {bound_to(after, path).raw["optionsId"] for path in ("from", "to")}
    assert lists == {"from"}
    options = after.options("from")
    assert options is not None
    assert len(options) == 40


def test_an_option_list_of_the_app_is_left_alone() -> None:
    own = {"App/options/land.json": b'[{"label": "x", "value": "y"}]\n'}
    schema = {"type": "string", "enum": [str(number) for number in range(20)]}
    before = app(pages={"Page": []}, fields={"land": schema}, more=own)
    after = made(before, MakeForm("Task_1", "model", ("land",), "Page"))
    assert after.files["App/options/land.json"] == own["App/options/land.json"]
    assert bound_to(after, "land").raw["optionsId"] == "land2"


def test_yes_and_no_are_the_same_two_texts_everywhere() -> None:
    before = app(pages={"Page": []}, fields={"a": "boolean", "b": "boolean"})
    after = made(before, MakeForm("Task_1", "model", ("a", "b"), "Page"))
    first, second = (bound_to(after, path).raw["options"] for path in ("a", "b"))
    assert first == second == [{"label": "answer.yes", "value": True}, {"label": "answer.no", "value": False}]
    assert after.texts("en").get("answer.yes").value == "Yes"  # type: ignore[union-attr]  # fails where it is missing


# ── texts ──


def test_titles_and_descriptions_become_texts_in_the_languages_of_the_app() -> None:
    schema = {
        "type": "string",
        "title": "Fornavn",
        "description": "Slik det står i passet",
        "@titles": {"en": "First name"},
    }
    before = app(pages={"Page": []}, fields={"given": schema})
    after = made(before, MakeForm("Task_1", "model", ("given",), "Page"))
    component = bound_to(after, "given")
    assert said(after, component, "title", "nb") == "Fornavn"
    assert said(after, component, "title", "en") == "First name"
    assert said(after, component, "help", "en") == "Slik det står i passet"


def test_a_field_without_a_title_is_called_by_its_name_in_words() -> None:
    before = app(pages={"Page": []}, fields={"fornavnOgEtternavn": "string"})
    after = made(before, MakeForm("Task_1", "model", ("fornavnOgEtternavn",), "Page"))
    assert said(after, bound_to(after, "fornavnOgEtternavn"), "title", "nb") == "Fornavn og etternavn"


def test_names_of_any_kind_become_ids_and_words() -> None:
    assert (id_from("Båt_navn-datadef-25"), words_of("Båt_navn-datadef-25")) == ("Baatnavn", "Båt navn")
    assert (id_from("2024"), id_from("日本"), id_from("a-2")) == ("2024-felt", "felt", "a-2-felt")
    assert (words_of("harBIC"), words_of("år2024"), words_of("日本")) == ("Har BIC", "År 2024", "日本")


def test_texts_of_the_app_keep_their_keys() -> None:
    texts = {"nb": {"Page.name.title": "Opptatt"}}
    before = app(pages={"Page": []}, fields={"name": "string"}, texts=texts)
    after = made(before, MakeForm("Task_1", "model", ("name",), "Page"))
    assert after.texts("nb").get("Page.name.title").value == "Opptatt"  # type: ignore[union-attr]  # fails where it is missing
    assert said(after, bound_to(after, "name"), "title", "nb") == "Name"


# ── groups, rows, Seres ──

PERSON = {
    "type": "object",
    "title": "Person",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
}


def test_a_group_of_fields_is_a_group_with_its_title() -> None:
    before = app(pages={"Page": [BUTTONS]}, fields={"person": PERSON})
    after = made(before, MakeForm("Task_1", "model", ("person.name", "person.age"), "Page"))
    page = form(after).page("Page")
    assert page is not None
    holder, onward = page.roots
    assert (holder.type, [child.id for child in holder.children]) == ("Group", ["name", "age"])
    assert said(after, holder, "title", "nb") == "Person"
    assert onward.id == "onward"


def test_rows_are_a_repeating_group_with_a_table_that_is_not_too_wide() -> None:
    row = {"type": "object", "properties": {f"part{number}": {"type": "string"} for number in range(6)}}
    rows = {"type": "array", "items": row, "maxItems": 10}
    before = app(pages={"Page": []}, fields={"rows": rows})
    after = made(before, MakeForm("Task_1", "model", answers(before), "Page"))
    holder = bound_to(after, "rows")
    assert (holder.type, holder.raw["maxCount"]) == ("RepeatingGroup", 10)
    assert len(holder.children) == 6
    assert holder.raw["tableHeaders"] == ["part0", "part1", "part2", "part3"]


def test_a_value_with_attributes_that_are_always_the_same_is_one_answer() -> None:
    name = {
        "type": "object",
        "title": "Navn",
        "properties": {
            "orid": {"type": "string", "const": "25795", "@xsdAttribute": True},
            "value": {"type": "string", "@xsdText": True},
        },
        "required": ["orid"],
    }
    before = app(pages={"Page": []}, fields={"navn-datadef-25795": name})
    assert answers(before) == ("navn-datadef-25795.value",)
    after = made(before, MakeForm("Task_1", "model", answers(before), "Page"))
    component = bound_to(after, "navn-datadef-25795.value")
    assert (component.id, component.type, component.parent_id) == ("navn", "Input", None)
    assert said(after, component, "title", "nb") == "Navn"


def test_rows_of_nothing_but_a_value_name_it_and_other_rows_do_not() -> None:
    value = {"type": "object", "properties": {"value": {"type": "string", "@xsdText": True}}}
    other = {
        "type": "object",
        "properties": {"fornavn": value, "value": {"type": "object", "properties": {}}},
    }
    fields = {"fag": {"type": "array", "items": value}, "barn": {"type": "array", "items": other}}
    before = app(pages={"Page": []}, fields=fields)
    assert answers(before) == ("fag.value", "barn.fornavn.value")
    after = made(before, MakeForm("Task_1", "model", answers(before), "Page"))
    assert said(after, bound_to(after, "fag.value"), "title", "nb") == "Fag"
    assert said(after, bound_to(after, "barn.fornavn.value"), "title", "nb") == "Fornavn"


def test_new_answers_of_rows_that_the_form_has_go_into_those_rows() -> None:
    fields = {"rows": {"type": "array", "items": PERSON}}
    rows = group("rows", "first", type="RepeatingGroup", dataModelBindings={"group": "rows"})
    page = [rows, field("first", "rows.name"), BUTTONS]
    before = app(pages={"Page": page}, fields=fields)
    after = made(before, MakeForm("Task_1", "model", answers(before)))
    assert [child.id for child in bound_to(after, "rows").children] == ["first", "age"]
    assert [page.name for page in form(after).pages] == ["Page"]


def test_lists_of_plain_values_cannot_be_chosen() -> None:
    before = app(pages={"Page": []}, fields={"tags": {"type": "array", "items": {"type": "string"}}})
    assert [one.shape for one in fields_of(before)] == ["unfit"]
    with pytest.raises(DomainError):
        MakeForm("Task_1", "model", ("tags",), "Page").apply(before)


def test_a_model_that_holds_itself_is_shown_once_round() -> None:
    person = PERSON | {"properties": {"name": {"type": "string"}, "partner": {"$ref": "#/$defs/person"}}}
    before = app(pages={"Page": []}, fields={"person": {"$ref": "#/$defs/person"}})
    schema = json.loads(before.files["App/models/model.schema.json"])
    schema["$defs"]["person"] = person
    files = {"App/models/model.schema.json": json.dumps(schema).encode()}
    assert answers(AppDefinition(EditedFiles(before.files, files))) == ("person.name",)


# ── pages ──

TWO_GROUPS = {
    "about": "string",
    "owner": PERSON,
    "boat": {"type": "object", "properties": {"length": {"type": "number"}}},
}


def test_each_group_gets_a_page_before_the_summary_with_its_title_and_buttons() -> None:
    summary = (
        {"id": "all", "type": "Summary2", "target": {"type": "layoutSet"}},
        {"id": "send", "type": "Button"},
    )
    before = app(pages={"First": [BUTTONS], "Last": summary}, fields=TWO_GROUPS)
    after = made(before, MakeForm("Task_1", "model", answers(before)))
    assert form(after).order == ("First", "model", "owner", "boat", "Last")
    owner = form(after).page("owner")
    assert owner is not None
    assert [part.type for part in owner.roots] == ["Input", "Input", "NavigationButtons"]
    assert after.texts("nb").get("owner").value == "Person"  # type: ignore[union-attr]  # fails where it is missing


def test_pages_of_a_form_that_had_one_page_get_buttons_to_one_another() -> None:
    before = app(pages={"Only": ({"id": "send", "type": "Button"},)}, fields=TWO_GROUPS)
    after = made(before, MakeForm("Task_1", "model", answers(before)))
    assert form(after).order == ("model", "owner", "boat", "Only")
    last = [page.components[-1].type for page in form(after).pages]
    assert last == ["NavigationButtons", "NavigationButtons", "NavigationButtons", "Button"]


def test_a_group_around_everything_is_no_page() -> None:
    whole = {"type": "object", "properties": {"owner": PERSON, "more": PERSON}}
    before = app(pages={"First": []}, fields={"whole": whole})
    after = made(before, MakeForm("Task_1", "model", answers(before)))
    assert form(after).order == ("First", "owner", "more")


def test_a_page_that_does_not_exist_is_made() -> None:
    before = app(fields=TWO_GROUPS)
    after = made(before, MakeForm("Task_1", "model", ("about",), "Båten"))
    page = form(after).page("Båten")
    assert page is not None
    assert page.components[0].binding("simpleBinding") is not None


def test_a_page_of_a_name_that_is_taken_gets_a_number() -> None:
    before = app(pages={"owner": []}, fields=TWO_GROUPS)
    after = made(before, MakeForm("Task_1", "model", ("owner.name", "boat.length")))
    assert form(after).order == ("owner", "owner2", "boat")


# ── what is refused, what is left alone ──


def test_what_the_form_has_is_not_made_again() -> None:
    before = app()
    after = made(before, MakeForm("Task_1", "model", ("name", "phone", "age"), "Contact"))
    assert bound_to(after, "name").id == "name"
    assert bound_to(after, "age").type == "Input"
    with pytest.raises(DomainError):
        MakeForm("Task_1", "model", ("name",), "Contact").apply(before)


def test_ids_that_are_taken_get_a_number() -> None:
    before = app(pages={"Page": [{"id": "name", "type": "Paragraph"}]}, fields={"name": "string"})
    after = made(before, MakeForm("Task_1", "model", ("name",), "Page"))
    assert bound_to(after, "name").id == "name2"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (MakeForm("Task_1", "model", (), "Contact"), DomainError),
        (MakeForm("Task_1", "model", ("nothing",), "Contact"), DomainError),
        (MakeForm("Task_1", "other", ("name",), "Contact"), NotThere),
        (MakeForm("Task_9", "model", ("age",), "Contact"), NotThere),
        (MakeForm("Task_1", "model", ("age",), "../x"), DomainError),
    ],
)
def test_what_cannot_be_made_is_refused(change: MakeForm, wrong: type[DomainError]) -> None:
    with pytest.raises(wrong):
        change.apply(app())


def test_a_model_of_another_data_type_is_named_in_the_bindings() -> None:
    more = {"App/models/extra.schema.json": json.dumps({"properties": {"x": {"type": "string"}}}).encode()}
    after = made(app(more=more), MakeForm("Task_1", "extra", ("x",), "Contact"))
    found = next(part for _, part in form(after).components() if part.id == "x-felt")
    assert found.raw["dataModelBindings"] == {"simpleBinding": {"dataType": "extra", "field": "x"}}
    assert bound_paths(form(after), "extra") == {"x"}


def test_other_lines_stay_as_they_are() -> None:
    before = app()
    edits = MakeForm("Task_1", "model", ("age",), "Contact").apply(before)
    assert set(edits) == {
        "App/ui/Task_1/layouts/Contact.json",
        "App/config/texts/resource.nb.json",
        "App/config/texts/resource.en.json",
    }
    for path, data in edits.items():
        assert data is not None
        old = [line.rstrip(b",") for line in before.files[path].splitlines()]
        new = [line.rstrip(b",") for line in data.splitlines()]
        kept = iter(new)
        assert all(line in kept for line in old)


def test_the_sentence_says_how_much_and_where() -> None:
    assert MakeForm("Task_1", "model", ("age",), "Contact").sentence(app()) == Sentence(
        "Components were made for %(count)s fields of %(name)s on page *%(page)s*",
        {"count": 1, "name": "model", "page": "Kontakt"},
    )


# ── laws ──

NAMES = st.sampled_from(
    ["navn", "Navn", "value", "fra", "båt-grp-12", "x", "a-2", "2024", "日本", "answer.yes", "e_post", "rad"]
).filter(lambda name: "." not in name) | st.text("abæø-_9", min_size=1, max_size=6)
PLAIN = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "maxLength": 4000, "description": "Lang **tekst** <b>\n\n- punkt"},
        {"type": "string", "format": "date"},
        {"type": "integer", "totalDigits": 4},
        {"type": "number"},
        {"type": "boolean", "title": "Ja?", "@titles": {"en": "Yes?"}},
        {"type": "string", "enum": ["a", "b", ""]},
        {"type": "string", "enum": [str(number) for number in range(12)]},
        {"type": "string", "const": "fast", "@xsdAttribute": True},
        {"type": "array", "items": {"type": "string"}},
        {},
    ]
)


def _object(members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": sorted(members)[:1]}


def _rows(members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(members)}


MEMBERS = st.recursive(
    st.dictionaries(NAMES, PLAIN, min_size=1, max_size=4),
    lambda inner: st.dictionaries(
        NAMES, PLAIN | inner.map(_object) | inner.map(_rows), min_size=1, max_size=4
    ),
    max_leaves=8,
)


@settings(max_examples=120, deadline=None)
@given(MEMBERS, st.sampled_from([None, "Contact", "Ny side"]), st.sampled_from(["v8", "v9"]), st.data())
def test_every_chosen_field_is_bound_once_and_the_app_check_has_nothing_new_to_say(
    fields: dict[str, Any], page: str | None, generation: str, draw: st.DataObject
) -> None:
    before = app(pages={"Contact": [BUTTONS]}, fields=fields, generation=generation)
    known = answers(before)
    if not known:
        return
    chosen = tuple(draw.draw(st.lists(st.sampled_from(known), min_size=1, unique=True)))

    after = made(before, MakeForm(form(before).id, "model", chosen, page))

    simple = [
        bound.field
        for _, component in form(after).components()
        for key, bound in component.bindings.items()
        if key == "simpleBinding"
    ]
    assert sorted(simple) == sorted(chosen)
    assert {one.code for one in check(after)} <= {one.code for one in check(before)}
    rest = tuple(path for path in known if path not in chosen)
    if rest:
        whole = made(after, MakeForm(form(before).id, "model", rest, page))
        assert sorted(bound_paths(form(whole), "model") & set(known)) == sorted(known)
        assert {one.code for one in check(whole)} <= {one.code for one in check(before)}
