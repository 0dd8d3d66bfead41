"""Lists of objects, and the state of signing and payment, in a real browser."""

import json
from typing import Any

from builders import app_files, as_json
from playwright.sync_api import expect

from tests.browser.conftest import NewContext, Stack
from tests.browser.serving import begin, serve

MEMBERS = {
    "name": {"type": "string", "title": "Navn"},
    "color": {"type": "string", "title": "Farge", "enum": ["rød", "blå"]},
}
LIST = {"type": "array", "items": {"type": "object", "properties": MEMBERS}}
OPTIONS = [{"label": "Rød", "value": "rød"}, {"label": "Blå", "value": "blå"}]
TABLE = {
    "id": "table",
    "type": "SimpleTable",
    "title": "Folk",
    "enableEdit": True,
    "enableDelete": True,
    "dataModelBindings": {"tableData": "people"},
    "columns": [
        {"header": "Navn", "accessors": ["name"]},
        {"header": "Farge", "accessors": ["color"], "component": {"type": "radio", "options": OPTIONS}},
    ],
}
ADD = {"id": "add", "type": "AddToList", "title": "Nye folk", "dataModelBindings": {"data": "people"}}
STEPS = [
    {"id": kind, "type": kind, "textResourceBindings": {"title": kind}}
    for kind in ("SigneeList", "SigningActions", "SigningDocumentList", "Payment", "PaymentDetails")
]


def test_objects_are_added_changed_and_deleted(stack: Stack, new_context: NewContext, axe: Any) -> None:
    files = app_files(pages={"Page": (TABLE, ADD)}, fields={"people": LIST})
    page = begin(new_context(), serve(stack, "folk", files))
    page.get_by_role("button", name="Legg til ny Nye folk").click()
    expect(page.get_by_label("Navn")).to_be_focused()
    page.get_by_label("Navn").fill("Kari")
    axe(page)
    page.get_by_role("button", name="Lagre og lukk").click()
    expect(page.get_by_text("Én er lagt til.")).to_be_visible()
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("Kari")
    row.get_by_label("Blå").check()
    expect(page.locator(".form-state")).to_have_text("Lagret")
    axe(page)
    row.get_by_role("button", name="Rediger").click()
    page.get_by_label("Navn").fill("Kari Nordmann")
    expect(page.locator(".form-state")).to_have_text("Lagret")
    expect(row).to_contain_text("Kari Nordmann")
    page.get_by_role("button", name="Lagre og lukk").click()
    expect(page.get_by_label("Navn")).to_have_count(0)
    expect(row.get_by_label("Blå")).to_be_checked()
    page.once("dialog", lambda dialog: dialog.dismiss())
    row.get_by_role("button", name="Slett").click()
    expect(row).to_contain_text("Kari Nordmann")
    page.once("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Slett").click()
    expect(page.get_by_text("Her er det ingenting ennå.")).to_be_visible()


# A step of signing where those who sign, and their signatures, are files that people attach.
SIGNING = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:altinn="http://altinn.no/process"><bpmn:process id="p">
  <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="a" sourceRef="start" targetRef="Task_1"/>
  <bpmn:task id="Task_1" name="Sign"><bpmn:extensionElements><altinn:taskExtension>
    <altinn:taskType>signing</altinn:taskType>
    <altinn:actions><altinn:action>sign</altinn:action><altinn:action>reject</altinn:action></altinn:actions>
    <altinn:signatureConfig>
      <altinn:dataTypesToSign><altinn:dataType>model</altinn:dataType></altinn:dataTypesToSign>
      <altinn:signatureDataType>signature</altinn:signatureDataType>
      <altinn:signeeStatesDataTypeId>signees</altinn:signeeStatesDataTypeId>
    </altinn:signatureConfig>
  </altinn:taskExtension></bpmn:extensionElements></bpmn:task>
  <bpmn:sequenceFlow id="b" sourceRef="Task_1" targetRef="end"/><bpmn:endEvent id="end"/>
</bpmn:process></bpmn:definitions>"""
KARI, OLA = (
    {"fullName": name, "socialSecurityNumber": number}
    for name, number in (("Kari Lie", "01017012345"), ("Ola Berg", "02027054321"))
)
SIGNED = {"signedTime": "2026-02-02T09:30:00Z", "signeeInfo": {"personNumber": "01017012345"}}


def signing_app() -> Any:
    files = [
        {"id": name, "type": "FileUpload", "textResourceBindings": {"title": name}}
        for name in ("signees", "signature")
    ]
    metadata = json.loads(app_files()["App/config/applicationmetadata.json"])
    metadata["dataTypes"] += [{"id": each["id"], "maxCount": 0, "taskId": "Task_1"} for each in files]
    more = {"App/config/applicationmetadata.json": as_json(metadata)}
    return app_files(pages={"Page": (*files, *STEPS)}, process=SIGNING, more=more)


def test_who_has_signed_and_who_has_not_is_told_in_a_table(
    stack: Stack, new_context: NewContext, axe: Any
) -> None:
    page = begin(
        new_context(viewport={"width": 390, "height": 844}), serve(stack, "signering", signing_app())
    )
    expect(page.get_by_text("Ingen har signert ennå.")).to_be_visible()
    for name, content in (("signees", [{"signee": KARI}, {"signee": OLA}]), ("signature", SIGNED)):
        given = {"name": f"{name}.json", "mimeType": "application/json", "buffer": as_json(content)}
        page.get_by_label(name).set_input_files(given)
        expect(page.get_by_role("link", name=f"{name}.json").first).to_be_visible()
    table = page.locator(".form-stated table")
    rows = ["Signert 02.02.2026 10:30", "Ikke signert ennå"]
    expect(table.locator("tbody tr")).to_contain_text(rows)
    axe(page)


def test_a_step_without_signing_or_payment_says_so(stack: Stack, new_context: NewContext, axe: Any) -> None:
    files = app_files(pages={"Page": STEPS})
    page = begin(new_context(viewport={"width": 390, "height": 844}), serve(stack, "steg", files))
    expect(page.get_by_text("Ingenting skal signeres i dette steget.")).to_have_count(3)
    expect(page.get_by_text("Ingenting skal betales i dette steget.")).to_be_visible()
    axe(page)
