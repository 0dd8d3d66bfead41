"""Form data between their stored bytes and what the runtime works with."""

from decimal import Decimal
from typing import Any

import pytest
from builders import app_files

from studio.definition.app import AppDefinition
from studio.definition.data_model import WrongDocument, from_xml
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles
from studio.runtime import form_data

XSD = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o"
  elementFormDefault="qualified"><xs:import namespace="urn:o" schemaLocation="own/other.xsd"/>
  <xs:element name="model"><xs:complexType><xs:sequence>
    <xs:element name="name" type="xs:string" minOccurs="0"/>
    <xs:element ref="o:amount" minOccurs="0"/>
    <xs:element name="phone" type="xs:string" nillable="true" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element></xs:schema>"""
OTHER = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o">
  <xs:element name="amount" type="xs:decimal"/></xs:schema>"""
DATA: dict[str, Any] = {"phone": None, "amount": Decimal("1.50"), "name": "Kari"}


@pytest.fixture
def app() -> AppDefinition:
    files = app_files(fields={"name": "string", "phone": "string", "amount": "number"})
    edits = {"App/models/model.xsd": XSD, "App/models/own/other.xsd": OTHER}
    return AppDefinition(EditedFiles(files, edits))


def test_documents_follow_all_xsd_files_of_the_app(app: AppDefinition) -> None:
    content = form_data.encode(app, "model", DATA, form_data.XML)
    assert b"<ns0:amount>1.50</ns0:amount>" in content
    assert content.index(b"name>") < content.index(b"amount>") < content.index(b"phone ")
    assert form_data.decode(app, "model", content, form_data.XML) == DATA


def test_numbers_in_json_keep_their_digits(app: AppDefinition) -> None:
    content = form_data.encode(app, "model", DATA, form_data.JSON)
    assert content == b'{"phone":null,"amount":1.50,"name":"Kari"}'
    assert str(form_data.decode(app, "model", content, form_data.JSON)["amount"]) == "1.50"


def test_a_missing_file_leaves_what_the_main_xsd_says(app: AppDefinition) -> None:
    alone = AppDefinition(EditedFiles(app.files, {"App/models/own/other.xsd": None}))
    content = form_data.encode(alone, "model", DATA, form_data.XML)
    assert form_data.decode(alone, "model", content, form_data.XML) == DATA


def test_data_that_no_document_can_hold_are_refused(app: AppDefinition) -> None:
    for data in ({"amount": Decimal("1e9999")}, {"a b": "x"}):
        with pytest.raises(DomainError):
            form_data.encode(app, "model", data, form_data.XML)


def test_a_document_of_another_form_is_told_from_the_apps_own(app: AppDefinition) -> None:
    model = app.model("model")
    assert model is not None
    with pytest.raises(WrongDocument):
        from_xml(model, b"<skjema/>", XSD, others={"own/other.xsd": OTHER}, strict=True)
