"""Signing and payment: what is shown of them, and that nothing is signed or paid by being shown."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from builders import app_files, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in
from kind_pages import form_state, html
from werkzeug.datastructures import MultiDict

from studio.runtime.forms.building import page_view
from studio.runtime.forms.posting import apply_post
from studio.runtime.forms.render import render_page
from studio.runtime.forms.state import FormState

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


def test_signatures_are_shown_in_the_order_they_were_made() -> None:
    items = [item.text for item in html(a("SigneeList"), **IN_SIGNING).select("li")]
    assert items == ["Signed 01.01.2026 08:00", "Signed 02.02.2026 10:30"]


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
