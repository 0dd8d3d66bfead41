"""Signing and payment: what is shown of them, and that nothing is signed or paid by being shown."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from builders import app_files, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import FIRST_PERSON, Serve, begin, page, send, sign_in
from kind_pages import form_state, html
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from studio.database import runtime_db
from studio.runtime.attachments import attachments
from studio.runtime.context import register
from studio.runtime.forms.building import page_view
from studio.runtime.forms.posting import apply_post
from studio.runtime.forms.render import render_page
from studio.runtime.forms.signees import signees
from studio.runtime.forms.state import FormState
from studio.runtime.instances import Acting
from studio.runtime.storage import Instance

pytestmark = pytest.mark.usefixtures("words")

_SPACES = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:altinn="http://altinn.no/process"'


def process_with(task_type: str, extra: str = "") -> str:
    """One task of a type with the actions sign and reject."""
    return f"""<bpmn:definitions {_SPACES}><bpmn:process id="p">
  <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="a" sourceRef="start" targetRef="Task_1"/>
  <bpmn:task id="Task_1" name="The step"><bpmn:extensionElements><altinn:taskExtension>
    <altinn:taskType>{task_type}</altinn:taskType>
    <altinn:actions><altinn:action>sign</altinn:action><altinn:action>reject</altinn:action></altinn:actions>
    {extra}
  </altinn:taskExtension></bpmn:extensionElements></bpmn:task>
  <bpmn:sequenceFlow id="b" sourceRef="Task_1" targetRef="end"/><bpmn:endEvent id="end"/>
</bpmn:process></bpmn:definitions>"""


SIGNING = process_with(
    "signing",
    """<altinn:signatureConfig>
      <altinn:dataTypesToSign><altinn:dataType>plan</altinn:dataType><altinn:dataType>model</altinn:dataType>
      </altinn:dataTypesToSign>
      <altinn:uniqueFromSignaturesInDataTypes><altinn:dataType>other</altinn:dataType>
      </altinn:uniqueFromSignaturesInDataTypes>
      <altinn:signatureDataType>signature</altinn:signatureDataType>
    </altinn:signatureConfig>""",
)


def element(name: str, data_type: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "dataType": data_type, "size": 1200, **more}


INSTANCE: dict[str, Any] = {
    "process": {"currentTask": {"elementId": "Task_1"}},
    "data": [
        element("f", "model"),
        element("p", "plan", filename="plan.pdf"),
        element("o", "other", filename="other.pdf"),
        element("2", "signature", created="2026-02-02T10:30:00Z"),
        element("1", "signature", created="2026-01-01T08:00:00Z"),
    ],
}
IN_SIGNING: dict[str, Any] = {"process": SIGNING, "instance": INSTANCE}
ALLOWED = {"sign": True, "reject": True}


def a(kind: str, **texts: str) -> dict[str, Any]:
    return {"id": "c", "type": kind, "textResourceBindings": texts}


def test_the_documents_to_sign_are_those_that_the_process_names_in_its_order() -> None:
    items = [
        item.get_text(" ", strip=True) for item in html(a("SigningDocumentList"), **IN_SIGNING).select("li")
    ]
    assert items == ["plan.pdf 1 kB", "En prøve 1 kB"]


def test_the_form_itself_is_no_file_to_open() -> None:
    links = html(a("SigningDocumentList"), **IN_SIGNING).select("a")
    assert [link.text for link in links] == ["plan.pdf"]


KARI, OLA = "01017012345", "02027054321"


def called(name: str, number: str, **organisation: str) -> dict[str, Any]:
    """Somebody who is called to sign, as the process keeps them."""
    held = {"onBehalfOfOrg": organisation} if organisation else {}
    return {"signee": {"fullName": name, "socialSecurityNumber": number, **held}}


def signature(moment: str, **info: Any) -> dict[str, Any]:
    return {"signedTime": moment, "signeeInfo": info}


def test_those_who_have_signed_come_first_in_their_order_and_then_those_who_have_not() -> None:
    listed = [
        called("Kari", KARI),
        called("Ola", OLA, orgName="Fisk AS", orgNumber="910000001"),
        {"signee": {"orgName": "Tang AS", "orgNumber": "910000002"}},
        "nobody",
    ]
    signed = [
        signature("2026-02-02T10:30:00Z", personNumber=OLA, organisationNumber="910000001"),
        signature("2026-01-01T08:00:00Z", personNumber="03037011111"),
        {"no": "signature"},
    ]
    found = [(each.name, each.organisation_name, each.signed) for each in signees(listed, signed)]
    assert found == [
        ("", "", ""),
        ("", "", "2026-01-01T08:00:00Z"),
        ("Ola", "Fisk AS", "2026-02-02T10:30:00Z"),
        ("Kari", "", ""),
        ("", "Tang AS", ""),
    ]
    # Who has signed for oneself has not signed for the company.
    alone = signees(listed, [signature("2026-02-02T10:30:00Z", personNumber=OLA)])
    assert [(each.name, bool(each.signed)) for each in alone][:3] == [
        ("", True),
        ("Kari", False),
        ("Ola", False),
    ]


def test_the_table_tells_names_and_moments_and_no_numbers() -> None:
    state = replace(
        form_state(a("SigneeList"), **IN_SIGNING),
        signees=signees([called("Kari", KARI)], [signature("2026-02-02T10:30:00Z", personNumber=KARI)]),
    )
    soup = page_soup(state)
    assert [cell.text for cell in soup.select("tbody td")] == ["Kari", "–", "Signed 02.02.2026 11:30"]
    assert KARI not in str(soup)


@pytest.mark.parametrize(
    ("waiting", "told"),
    [([], "You do not have to do anything more."), ([called("Ola", OLA)], "Others have to sign")],
)
def test_one_who_has_signed_is_told_whether_others_still_have_to(waiting: list[Any], told: str) -> None:
    signed = [signature("2026-02-02T10:30:00Z", personNumber=KARI)]
    state = replace(
        form_state(a("SigningActions"), actions=ALLOWED, **IN_SIGNING),
        signees=signees([called("Kari", KARI), *waiting], signed),
        reader=KARI,
    )
    soup = page_soup(state)
    assert "You have signed" in soup.text
    assert told in soup.text
    assert not soup.select("input")


def test_signatures_that_an_instance_holds_are_shown_by_the_names_of_the_register(
    serve_app: Serve, client: FlaskClient, runtime: Flask
) -> None:
    sign_in(client)
    metadata = json.loads(app_files()["App/config/applicationmetadata.json"])
    metadata["dataTypes"].append({"id": "signature", "allowedContentTypes": ["application/json"]})
    files = app_files(
        pages={"Page": (a("SigneeList"), a("SigningActions") | {"id": "act"})},
        process=SIGNING,
        more={"App/config/applicationmetadata.json": json.dumps(metadata).encode()},
    )
    first = begin(client, serve_app(files, "app"))
    assert "Ingen har signert" in page(first).text
    document = json.dumps(signature("2026-02-02T10:30:00Z", userId=int(FIRST_PERSON)))
    address = str(page(first).select("form.form")[0]["action"])
    with runtime.app_context():
        instance = runtime_db.session.scalars(select(Instance)).one()
        kari = register().person(int(FIRST_PERSON))
        assert kari is not None
        for content in (document, "no json"):
            acting = Acting(kari, datetime(2026, 3, 3, 12, tzinfo=UTC))
            attachments().keep(instance, "signature", "s.json", content.encode(), acting)
        runtime_db.session.commit()
    rows = [[cell.text for cell in row.select("td")] for row in page(client.get(address)).select("tbody tr")]
    assert rows[0] == ["Vennlig Fjellrev", "–", "Signert 02.02.2026 11:30"]
    assert rows[1][0] == "–"


@pytest.mark.parametrize("kind", ["SigneeList", "SigningActions", "SigningDocumentList"])
def test_in_other_steps_it_is_said_that_nothing_is_signed(kind: str) -> None:
    for instance in (None, {"process": None, "data": []}, INSTANCE):
        soup = html(a(kind), instance=instance)
        assert soup.text.split() == ["Nothing", "is", "to", "be", "signed", "in", "this", "step."]
        assert not soup.select("button, input")


def test_one_who_may_sign_ticks_a_box_and_signs() -> None:
    state = form_state(a("SigningActions", signingButton="Underskriv"), actions=ALLOWED, **IN_SIGNING)
    soup = page_soup(state)
    assert soup.select_one("input[type=checkbox]")["name"] == ":sign-c"
    assert [(button["value"], button.text.strip()) for button in soup.select("button")] == [
        ("action:sign", "Underskriv"),
        ("action:reject", "Yes, reject"),
    ]


def test_one_who_may_not_sign_is_told_so() -> None:
    soup = page_soup(form_state(a("SigningActions"), actions={"sign": False}, **IN_SIGNING))
    assert "You are not to sign anything" in soup.text
    assert not soup.select("button, input")


@pytest.mark.parametrize(
    ("sent", "is_stopped"),
    [
        ({"do": "action:sign"}, True),
        ({"do": "action:sign", ":sign-c": "yes"}, False),
        ({"do": "action:reject"}, False),
        ({"do": "save"}, False),
    ],
)
def test_nobody_signs_without_the_tick(sent: dict[str, str], is_stopped: bool) -> None:
    # Those who sign need not be allowed to write in the form.
    state = form_state(a("SigningActions"), actions=ALLOWED, read_only=True, **IN_SIGNING)
    posted = apply_post(state, page_view(state, "Page"), MultiDict(sent))
    assert list(posted.problems) == ([":c"] if is_stopped else [])
    assert posted.data == {"model": {}}


@pytest.mark.parametrize("task_type", ["signing", "payment"])
def test_a_step_is_not_passed_as_if_somebody_had_signed_or_paid(
    serve_app: Serve, client: FlaskClient, task_type: str
) -> None:
    sign_in(client)
    kind = "SigningActions" if task_type == "signing" else "Payment"
    files = app_files(pages={"Page": (a(kind), field("name"))}, process=process_with(task_type))
    first = begin(client, serve_app(files, "app"))
    tried = send(client, first, "action:sign", **{":sign-c": "yes"})
    assert tried.status_code == 409
    assert "kan ikke utføres ennå" in page(tried).select_one("#notice").text  # type: ignore[union-attr] # there


LINE = {"name": "A course", "priceExVat": 100, "quantity": 2, "vatPercent": 25}
ORDER = {"orderDetails": {"currency": "NOK", "orderLines": [LINE, {"name": "A book", "priceExVat": "50.50"}]}}


def test_an_order_in_the_data_is_shown_with_its_sums() -> None:
    soup = html(a("PaymentDetails"), data=ORDER)
    rows = [[cell.text.replace("\xa0", " ") for cell in row.select("td")] for row in soup.select("tbody tr")]
    assert rows == [["A course", "2", "kr 125,00", "kr 250,00"], ["A book", "", "kr 50,50", "kr 0,00"]]
    assert "250,00" in soup.select("tfoot tr")[-1].text
    assert "50,00" in soup.select("tfoot tr")[0].text


@pytest.mark.parametrize(
    "line",
    [1, None, {}, {"priceExVat": "NaN"}, {"priceExVat": [1]}, {"priceExVat": 1e300, "quantity": True}],
)
def test_an_order_that_makes_no_sense_is_shown_all_the_same(line: Any) -> None:
    soup = html(a("PaymentDetails"), data={"orderLines": [line]})
    assert "0,00" in soup.select("tfoot tr")[-1].text


def test_without_an_order_it_is_said_that_there_is_nothing_to_pay() -> None:
    assert html(a("PaymentDetails")).text.strip() == "There is nothing to pay yet."
    assert html(a("Payment")).text.strip() == "Nothing is to be paid in this step."


def test_payment_says_that_nothing_has_been_paid_and_leads_back() -> None:
    state = form_state(a("Payment"), process=process_with("payment"), instance=INSTANCE, actions=ALLOWED)
    soup = page_soup(state)
    assert "Nothing has been paid" in soup.text
    assert [button["value"] for button in soup.select("button")] == ["action:reject"]


def page_soup(state: FormState) -> BeautifulSoup:
    return BeautifulSoup(render_page(page_view(state, "Page")), "lxml")
