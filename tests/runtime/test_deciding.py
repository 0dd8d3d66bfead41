"""Which fields decide what else is shown: the ones whose answers are asked for by expressions."""

import json

from studio.definition.app import AppDefinition
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.runtime.forms.deciding import deciding_fields


def deciding(*components: dict, page_hidden: object = None, others: tuple = ()) -> frozenset[str]:
    blank = AppDefinition(new_app("form", "ttd", {"nb": "Form"}, "blank"))
    page = blank.layout_sets[0].pages[0]
    layout = {"data": {"layout": list(components), "hidden": page_hidden}}
    app = AppDefinition(MemoryFiles({**blank.files, page.path: json.dumps(layout).encode()}))
    return deciding_fields(app.layout_sets[0], f"{app.files.tree_id}{others}", others)


def field(name: str, **more: object) -> dict:
    return {"id": name, "type": "Input", "dataModelBindings": {"simpleBinding": name}, **more}


def test_a_field_that_no_expression_reads_decides_nothing() -> None:
    assert deciding(field("a"), field("b", hidden=True)) == frozenset()


def test_a_field_decides_by_its_path_deep_inside_an_expression() -> None:
    hidden = ["and", ["equals", ["dataModel", "person.name"], "x"], True]
    assert deciding(field("a", hidden=hidden)) == {"person.name"}


def test_a_field_decides_through_the_component_that_is_bound_to_it() -> None:
    asked = {"id": "who", "type": "Input", "dataModelBindings": {"simpleBinding": {"field": "a.b"}}}
    assert deciding(asked, field("c", required=["equals", ["component", "who"], "x"])) == {"a.b"}


def test_a_row_of_a_group_decides_without_its_index() -> None:
    assert deciding(field("a", hidden=["equals", ["dataModel", "rows[0].kind"], "x"])) == {"rows.kind"}


def test_what_hides_a_whole_page_counts() -> None:
    assert deciding(field("a"), page_hidden=["equals", ["dataModel", "a"], "no"]) == {"a"}


def test_odd_expressions_are_passed_by() -> None:
    assert deciding(field("a", hidden=["dataModel"], required=["component", 7])) == frozenset()


def test_what_a_calculation_reads_decides_what_is_shown() -> None:
    assert deciding(field("a"), others=(["plus", ["dataModel", "rows.price"], 1],)) == {"rows.price"}
