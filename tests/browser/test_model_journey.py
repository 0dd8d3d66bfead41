"""From a real XSD to a document that it finds valid, by way of a form that is made of it and used."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import SetProperty
from studio.definition.data_model import DataModel
from studio.definition.data_model.form_fields import FormField, form_fields
from studio.definition.templates import new_app
from studio.features.data_models.outline import Item, outline_of
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.browser.conftest import Axe, NewContext, SignIn, Stack
from tests.conformance.form_filler import text_for

OLA = Author("Ola Haugen", "ola@example.org")
# The largest models take their time on a busy machine. Milliseconds.
PATIENCE = 60_000
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Journey:
    """A model, the groups at its top that are asked for (none: all), and a field that gets a new name."""

    name: str
    xsd: str
    groups: tuple[str, ...]
    renamed: str
    to: str


JOURNEYS = (
    Journey(
        "seres",
        "datamodel/Seres/schema_4956_1_forms_5692_42617.xsd",
        (),
        "InternInformasjon.raNummer",
        "raNr",
    ),
    Journey(
        "skatt",
        "real-models/skattemeldingen/xsd/skattemelding_v14_ekstern.xsd",
        ("partsreferanse", "inntektsaar", "gjelderKunGrensegjenger"),
        "inntektsaar",
        "aaret",
    ),
)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_a_real_model_becomes_a_form_whose_answers_it_finds_valid(
    journey: Journey,
    stack: Stack,
    new_context: NewContext,
    sign_in: SignIn,
    axe: Axe,
    vectors: Path,
    tmp_path: Path,
) -> None:
    repository = make_app(stack, journey.name)
    studio = new_context().new_page()
    studio.set_default_timeout(PATIENCE)
    sign_in(studio, "ola")
    address = f"{stack.studio}/ttd/{journey.name}"

    import_model(studio, address, vectors / journey.xsd, axe)
    asked = [field.path for field in to_ask(model_of(repository), journey.groups)]
    make_form(studio, address, asked, axe)
    depend_on(repository, journey.renamed)
    rename(studio, address, model_of(repository), journey)
    follows(repository, journey)

    deploy(studio)
    fill_in(stack, new_context(java_script_enabled=False).new_page(), journey.name, app_of(repository))
    document = fetch(studio)
    assert document.find(f".//{{*}}{journey.to}") is not None
    validate(document, app_of(repository), tmp_path)


def make_app(stack: Stack, name: str) -> Repository:
    """An app of one step with an empty model and one page."""
    repositories = Repositories(stack.data / "repos")
    return repositories.create("ttd", name, new_app(name, "ttd", {"nb": name}, "blank"), OLA, "Begin", NOW)


def app_of(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("ola").files)


def model_of(repository: Repository) -> DataModel:
    model = app_of(repository).model("model")
    assert model is not None
    return model


def import_model(page: Page, address: str, xsd: Path, axe: Axe) -> None:
    page.goto(f"{address}/import-model")
    axe(page)
    page.locator("input[name=files]").set_input_files(xsd)
    page.get_by_role("button", name="Vis hva det blir").click()
    expect(page.get_by_role("heading", name=f"Importer {xsd.name}")).to_be_visible()
    axe(page)
    page.get_by_label("I stedet for model").check()
    page.get_by_role("button", name="Importer modellen").click()
    expect(page.get_by_text("Datamodellen model er importert.")).to_be_visible(timeout=PATIENCE)


def to_ask(model: DataModel, groups: Sequence[str]) -> Iterator[FormField]:
    """What must be answered, and the first answer of every group: the XSD wants groups to be there."""
    for field in form_fields(model):
        if not groups or field.path in groups:
            yield from _first_answers(field)


def _first_answers(field: FormField) -> Iterator[FormField]:
    if field.shape == "answer":
        yield field
        return
    if field.shape == "group":
        answers = [child for child in field.children if child.shape == "answer"]
        yield from (answer for answer in answers if answer.field.required or answer is answers[0])
        for child in field.children:
            if child.shape == "group":
                yield from _first_answers(child)


def make_form(page: Page, address: str, asked: Sequence[str], axe: Axe) -> None:
    page.goto(f"{address}/models/model/form")
    page.locator("field-choice:defined").first.wait_for(state="attached")
    axe(page)
    page.locator(".choices details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    wanted = set(asked)
    for box in page.locator("input[name=fields]:not([disabled])").all():
        box.set_checked(box.get_attribute("value") in wanted)
    expect(page.locator(".make-form__count")).to_have_text(f"{len(wanted)} felt valgt")
    page.get_by_role("button", name="Lag skjemaet").click()
    expect(page.get_by_text(f"{len(wanted)} felt er nå med i skjemaet.")).to_be_visible()
    page.locator("draft-editor:defined").first.wait_for(state="attached")
    expect(page.locator("#canvas [data-component]").first).to_be_visible()


def depend_on(repository: Repository, path: str) -> None:
    """Let a component of the form be hidden by a rule that reads the field at a path."""
    draft, layout_set = repository.draft("ola"), app_of(repository).layout_sets[0]
    page, component = next(
        (page, component)
        for page, component in layout_set.components()
        if (bound := component.binding("simpleBinding")) and bound.field != path
    )
    rule = ["equals", ["dataModel", path], "skjul"]
    draft.apply(
        SetProperty(layout_set.id, page.name, component.id, "/hidden", rule), draft.revision, OLA, NOW
    )


def rename(page: Page, address: str, model: DataModel, journey: Journey) -> None:
    outline = outline_of(model)
    item: Item = outline.root
    for name in journey.renamed.split("."):
        item = next(child for child in outline.children(item) if child.name == name)
    page.goto(f"{address}/models/model")
    page.locator("draft-editor:defined").first.wait_for(state="attached")
    page.goto(f"{address}/models/model?selected={item.key.replace('#', '%23')}")
    page.locator("draft-editor:defined").first.wait_for(state="attached")
    name = page.locator("#node-name")
    expect(name).to_have_value(journey.renamed.rpartition(".")[2])
    name.fill(journey.to)
    name.press("Enter")
    # What follows is said before it is done: a binding, and a rule that reads the field.
    question = page.get_by_role("dialog", name=f"blir {journey.to} også her")
    expect(question.get_by_role("listitem")).to_have_count(2)
    question.get_by_role("button", name="Gi nytt navn overalt").click()
    expect(page.locator("#panel-heading")).to_have_text(journey.to, timeout=PATIENCE)
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")


def follows(repository: Repository, journey: Journey) -> None:
    """The new name stands where the old one stood: in the model, the bindings and the rules."""
    new = ".".join([*journey.renamed.split(".")[:-1], journey.to])
    app = app_of(repository)
    assert model_of(repository).field(new) is not None
    layout_set = app.layout_sets[0]
    components = [component for _, component in layout_set.components()]
    bound = [found.field for component in components for found in component.bindings.values()]
    assert bound.count(new) == 1
    assert journey.renamed not in bound
    rules = [component.raw["hidden"] for component in components if "hidden" in component.raw]
    assert rules == [["equals", ["dataModel", new], "skjul"]]


def deploy(page: Page) -> None:
    navigation = page.get_by_role("navigation", name="Appen")
    navigation.get_by_role("button", name="Samarbeid").click()
    navigation.get_by_role("link", name="Endringer").click()
    page.get_by_role("button", name="Del endringer").click()
    expect(page.locator("#draft-bar")).to_contain_text("Alt er delt", timeout=PATIENCE)
    navigation.get_by_role("link", name="Publisering").click()
    page.get_by_role("button", name="Bygg og publiser i test").click()
    expect(page.get_by_role("region", name="Test", exact=True)).to_contain_text("Versjon 1", timeout=PATIENCE)


def fill_in(stack: Stack, page: Page, name: str, app: AppDefinition) -> None:
    """From the first page to the receipt, without scripts, with answers that the model allows."""
    page.goto(f"{stack.test}/ttd/{name}/")
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    page.locator(".public-start button").click()
    for _ in range(40):
        if page.get_by_role("heading", name="Skjemaet er sendt inn").is_visible():
            return
        expect(page.locator("#error-summary")).to_have_count(0)
        answer_all(page, app)
        page.locator(
            "form.form button[name=do][value=next], form.form button[name=do][value=submit]"
        ).last.click()
    pytest.fail(f"There is no end: {page.url}")


def answer_all(page: Page, app: AppDefinition) -> None:
    model = app.model("model")
    assert model is not None
    controls = page.locator("form.form :is(input:not([type=hidden]), textarea, select)[name]")
    for control in controls.all():
        field = model.field(control.get_attribute("name") or "")
        if field is not None:
            _answer(control, text_for(field))


def _answer(control: Locator, text: str) -> None:
    kind = control.evaluate("control => control.type")
    if kind == "radio":
        if control.get_attribute("value") == text:
            control.check()
    elif kind == "select-one":
        control.select_option(text)
    else:
        control.fill(text)


def fetch(page: Page) -> etree._Element:
    """The document as the owner of the form gets it."""
    page.get_by_role("region", name="Test", exact=True).get_by_role(
        "link", name="Innsendinger i test"
    ).click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("zip", re.IGNORECASE)).first.click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".xml")]
        return etree.fromstring(archive.read(name))


def validate(document: etree._Element, app: AppDefinition, folder: Path) -> None:
    """By libxml2 as the suite has it, and by xmllint where the machine has it."""
    xsd = app.files["App/models/model.xsd"]
    etree.XMLSchema(etree.fromstring(xsd)).assertValid(document)
    xmllint = shutil.which("xmllint")
    if xmllint:
        (folder / "model.xsd").write_bytes(xsd)
        (folder / "document.xml").write_bytes(etree.tostring(document, encoding="utf-8"))
        command = [xmllint, "--noout", "--schema", "model.xsd", "document.xml"]
        subprocess.run(command, check=True, cwd=folder, capture_output=True)
