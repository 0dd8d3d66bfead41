"""New apps are complete, well-formed and consistent with themselves."""

import json
import re

import pytest
from lxml import etree
from xmlschema import XMLSchema

from studio.definition.app import AppDefinition
from studio.definition.checks import check
from studio.definition.process import parse
from studio.definition.templates import TEMPLATES, new_app

TITLES = {"nb": 'Søknad "om" <script>alert(1)</script> 🐶', "en": "Application"}


@pytest.fixture(params=sorted(TEMPLATES))
def app(request):
    return new_app("soknad", "ttd", TITLES, request.param)


@pytest.fixture(params=["blank", "contact"])
def plain_app(request):
    """An app with texts and bindings at the top of its components only; the gallery has its own tests."""
    return new_app("soknad", "ttd", TITLES, request.param)


def texts(app, language):
    return {
        each["id"]: each["value"]
        for each in json.loads(app[f"App/config/texts/resource.{language}.json"])["resources"]
    }


def test_the_metadata_names_the_app_and_keeps_its_titles_as_they_were_written(app):
    metadata = json.loads(app["App/config/applicationmetadata.json"])
    assert metadata["id"] == "ttd/soknad"
    assert metadata["title"] == TITLES


def test_every_text_key_that_is_used_has_a_text_in_every_language(plain_app):
    used = set()
    for path in plain_app.under("App/ui/Task_1/layouts"):
        for component in json.loads(plain_app[path])["data"]["layout"]:
            used |= set(component.get("textResourceBindings", {}).values())
        used.add(path.rsplit("/", 1)[1].removesuffix(".json"))
    for path in plain_app.under("App/options"):
        used |= {option["label"] for option in json.loads(plain_app[path])}
    for language in ("nb", "nn", "en"):
        assert used == set(texts(plain_app, language))
        assert all(texts(plain_app, language).values())


def test_every_binding_names_a_field_of_the_model(plain_app):
    fields = json.loads(plain_app["App/models/model.schema.json"])["properties"]
    for path in plain_app.under("App/ui/Task_1/layouts"):
        for component in json.loads(plain_app[path])["data"]["layout"]:
            assert set(component.get("dataModelBindings", {}).values()) <= set(fields)


def test_the_pages_in_order_are_the_pages_that_exist(app):
    order = json.loads(app["App/ui/Task_1/Settings.json"])["pages"]["order"]
    assert sorted(f"App/ui/Task_1/layouts/{page}.json" for page in order) == app.under(
        "App/ui/Task_1/layouts"
    )


def test_the_xsd_and_the_json_schema_describe_the_same_fields(app):
    schema = XMLSchema(app["App/models/model.xsd"].decode())
    names = [child.name for child in schema.elements["model"].type.content]
    assert names == list(json.loads(app["App/models/model.schema.json"])["properties"])


def test_the_process_can_be_read_and_begins_with_filling_in(app):
    process = parse(app["App/config/process/process.bpmn"])
    assert process.tasks[0].id == "Task_1"


def test_the_policy_is_xml_about_this_app_only(app):
    root = etree.fromstring(app["App/config/authorization/policy.xml"])
    values = {value.text for value in root.iter("{*}AttributeValue")}
    assert {"ttd", "soknad", "instantiate", "complete"} <= values
    assert not re.search(r"\[(ORG|APP|org)\]", etree.tostring(root, encoding="unicode"))


def test_the_contact_form_lets_people_confirm():
    policy = new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact")["App/config/authorization/policy.xml"]
    assert b">confirm<" in policy


def test_an_unknown_template_is_refused():
    with pytest.raises(KeyError):
        new_app("soknad", "ttd", {"nb": "Søknad"}, "no-such-template")


def test_the_app_check_has_nothing_to_say(app):
    assert check(AppDefinition(app)) == ()
