"""What can be written in the XML files of an app: the elements that the code editor suggests and explains.

The names are those of BPMN 2.0 with the platform's extensions, of XACML 3.0 and of XML Schema 1.0, as far as
apps use them.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from flask_babel import gettext

from studio.definition.app import AppDefinition
from studio.definition.process.elements import TASK_TYPES

Element = dict[str, Any]
_BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_ALTINN: Final = "http://altinn.no/process"
_XACML: Final = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17"
_XSD: Final = "http://www.w3.org/2001/XMLSchema"
_SUBJECT: Final = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject"
_RESOURCE: Final = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource"
_ACTION: Final = "urn:oasis:names:tc:xacml:3.0:attribute-category:action"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_ACTIONS: Final = ("instantiate", "read", "write", "confirm", "reject", "sign", "pay", "delete", "complete")
_PARTICLES: Final = ("element", "sequence", "choice", "group", "any")
_BUILT_IN: Final = (
    *("string", "boolean", "decimal", "integer", "positiveInteger", "nonNegativeInteger", "int", "long"),
    *(
        "short",
        "double",
        "float",
        "date",
        "dateTime",
        "time",
        "gYear",
        "gYearMonth",
        "anyURI",
        "base64Binary",
    ),
    *("normalizedString", "token"),
)
_FACETS: Final = (
    *("enumeration", "pattern", "length", "minLength", "maxLength", "minInclusive", "maxInclusive"),
    *("minExclusive", "maxExclusive", "totalDigits", "fractionDigits", "whiteSpace"),
)


def elements_of(app: AppDefinition, path: str, text: str) -> list[Element]:
    """The elements of an XML file, named with the prefixes that its text declares; [] for unknown kinds.

    Each is {name, info, children, attributes: [{name, info, values}], text, top}.
    """
    if path == app.paths.process:
        return _process(app, text)
    if path == app.paths.policy:
        return _policy(app, text)
    return _schema(text) if path.endswith(".xsd") else []


def _named(text: str, namespace: str, usual: str) -> Callable[[str], str]:
    """How an element of a namespace is called in a text."""
    found = re.search(rf'xmlns(?::([\w.-]+))?\s*=\s*["\']{re.escape(namespace)}["\']', text)
    prefix = (found[1] or "") if found else usual
    return lambda name: f"{prefix}:{name}" if prefix else name


def _element(
    name: str,
    info: str = "",
    *,
    children: Iterable[str] = (),
    attributes: Iterable[Element] = (),
    text: Iterable[str] = (),
    top: bool = False,
) -> Element:
    return {
        "name": name,
        "info": info,
        "children": list(children),
        "attributes": list(attributes),
        "text": list(text),
        "top": top,
    }


def _attribute(name: str, info: str = "", values: Iterable[str] = ()) -> Element:
    return {"name": name, "info": info, "values": list(values)}


def _process(app: AppDefinition, text: str) -> list[Element]:
    b, a = _named(text, _BPMN, "bpmn"), _named(text, _ALTINN, "altinn")
    ids = {
        kind: re.findall(rf'<{re.escape(b(kind))}\b[^>]*?\bid="([^"]*)"', text)
        for kind in ("startEvent", "endEvent", "task", "serviceTask", "exclusiveGateway", "sequenceFlow")
    }
    steps = [each for kind, found in ids.items() if kind != "sequenceFlow" for each in found]
    flows, tasks = ids["sequenceFlow"], [*ids["task"], *ids["serviceTask"]]
    data_types = [each.id for each in app.metadata.data_types]
    identity = [
        _attribute("id", gettext("What other places call it. Unique in the process.")),
        _attribute("name", gettext("What people see.")),
    ]
    arrows, around = [b("incoming"), b("outgoing")], b("extensionElements")
    signing = ("dataTypesToSign", "signatureDataType", "signeeStatesDataTypeId")
    making_pdf = (
        *("autoPdfTaskIds", "tasksToIncludeInPdf", "filenameTextResourceKey", "subformComponentId"),
        "subformDataTypeId",
    )
    data_type = _element(a("dataType"), gettext("The id of a data type."), text=data_types)
    task = gettext("A step where a person does something.")
    service = gettext("A step that is carried out by itself.")
    return [
        _element(b("definitions"), children=[b("process")], top=True),
        _element(
            b("process"),
            gettext("The steps from the beginning to the end, and the arrows between them."),
            children=map(b, ids),
            attributes=[identity[0], _attribute("isExecutable", values=("true", "false"))],
        ),
        _element(b("startEvent"), gettext("Where it begins."), children=arrows[1:], attributes=identity),
        _element(b("endEvent"), gettext("Where it is finished."), children=arrows[:1], attributes=identity),
        _element(b("task"), task, children=[around, *arrows], attributes=identity),
        _element(b("serviceTask"), service, children=[around, *arrows], attributes=identity),
        _element(
            b("exclusiveGateway"),
            gettext("A fork: the conditions of its arrows choose."),
            children=[around, *arrows],
            attributes=[*identity, _attribute("default", gettext("The arrow without a condition."), flows)],
        ),
        _element(
            b("sequenceFlow"),
            gettext("An arrow from one step to the next."),
            children=[b("conditionExpression")],
            attributes=[
                *identity,
                _attribute("sourceRef", gettext("Where it comes from."), steps),
                _attribute("targetRef", gettext("Where it leads."), steps),
            ],
        ),
        _element(
            b("conditionExpression"),
            gettext("An expression as JSON: where it is true, the arrow is taken."),
            text=('["equals", ["gatewayAction"], "confirm"]',),
        ),
        _element(b("incoming"), gettext("The id of an arrow that leads here."), text=flows),
        _element(b("outgoing"), gettext("The id of an arrow that leads on."), text=flows),
        _element(around, children=[a("taskExtension"), a("gatewayExtension")]),
        _element(
            a("taskExtension"),
            gettext("What the platform makes of the step."),
            children=map(
                a,
                ("taskType", "actions", "signatureConfig", "paymentConfig", "pdfConfig", "subformPdfConfig"),
            ),
        ),
        _element(a("taskType"), gettext("What happens in the step."), text=sorted(TASK_TYPES)),
        _element(a("actions"), gettext("What a person may do in the step."), children=[a("action")]),
        _element(
            a("action"),
            attributes=[_attribute("type", values=("processAction", "serverAction"))],
            text=("confirm", "reject", "sign", "pay"),
        ),
        _element(a("gatewayExtension"), children=[a("connectedDataTypeId")]),
        _element(a("connectedDataTypeId"), gettext("The data that the conditions read."), text=data_types),
        _element(a("signatureConfig"), gettext("What is signed."), children=map(a, signing)),
        _element(a("dataTypesToSign"), children=[a("dataType")]),
        data_type,
        _element(a("signatureDataType"), gettext("Where signatures are kept."), text=data_types),
        _element(a("signeeStatesDataTypeId"), gettext("Where it is kept who signs."), text=data_types),
        _element(a("paymentConfig"), children=[a("paymentDataType")]),
        _element(a("paymentDataType"), gettext("Where payments are kept."), text=data_types),
        _element(a("pdfConfig"), children=map(a, making_pdf[:3])),
        _element(a("subformPdfConfig"), children=map(a, making_pdf[2:])),
        _element(a("autoPdfTaskIds"), children=[a("taskId")]),
        _element(a("tasksToIncludeInPdf"), children=[a("taskId")]),
        _element(a("taskId"), gettext("The id of a step."), text=tasks),
        _element(a("filenameTextResourceKey"), gettext("The key of the text that names the file.")),
        _element(a("subformComponentId"), gettext("The id of the component with the subform.")),
        _element(a("subformDataTypeId"), gettext("The data type of the subform."), text=data_types),
    ]


def _policy(app: AppDefinition, text: str) -> list[Element]:
    x = _named(text, _XACML, "xacml")
    tasks = [each.id for each in app.process.tasks] if app.process is not None else []
    values = ["[ORG]", "[APP]", "DAGL", "REGNA", "UTINN", *_ACTIONS, *tasks]
    effect = _attribute("Effect", gettext("Permit lets in, Deny keeps out."), ("Permit", "Deny"))
    attributes = (
        *("urn:altinn:rolecode", "urn:altinn:accesspackage", "urn:altinn:org", "urn:altinn:app"),
        *("urn:altinn:task", "urn:altinn:end-event", "urn:altinn:userid", "urn:altinn:partyid"),
        "urn:oasis:names:tc:xacml:1.0:action:action-id",
    )
    equal = "urn:oasis:names:tc:xacml:1.0:function:string-equal"
    algorithm = "urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides"
    said = _element(x("Description"), gettext("What it is about, for people."))
    return [
        _element(
            x("Policy"),
            gettext("Who may do what with the app."),
            children=map(x, ("Description", "Target", "Rule", "ObligationExpressions")),
            attributes=[
                _attribute("PolicyId"),
                _attribute("Version"),
                _attribute("RuleCombiningAlgId", values=[algorithm]),
            ],
            top=True,
        ),
        _element(
            x("Rule"),
            gettext("One rule: it holds where everything in its target fits."),
            children=map(x, ("Description", "Target")),
            attributes=[_attribute("RuleId", gettext("Unique in the file.")), effect],
        ),
        said,
        _element(x("Target"), gettext("All that stands in it has to fit."), children=[x("AnyOf")]),
        _element(x("AnyOf"), gettext("One of what stands in it has to fit."), children=[x("AllOf")]),
        _element(x("AllOf"), gettext("All that stands in it has to fit."), children=[x("Match")]),
        _element(
            x("Match"),
            gettext("A value that an attribute of the request has to have."),
            children=map(x, ("AttributeValue", "AttributeDesignator")),
            attributes=[
                _attribute("MatchId", gettext("How the two are compared."), (equal, f"{equal}-ignore-case"))
            ],
        ),
        _element(
            x("AttributeValue"),
            gettext("A role, an action, a step, or the app itself."),
            attributes=[_attribute("DataType", values=[_STRING, f"{_STRING.removesuffix('string')}integer"])],
            text=values,
        ),
        _element(
            x("AttributeDesignator"),
            gettext("Which attribute of the request is meant."),
            attributes=[
                _attribute("AttributeId", values=attributes),
                _attribute(
                    "Category", gettext("Who, what, or which action."), (_SUBJECT, _RESOURCE, _ACTION)
                ),
                _attribute("DataType", values=[_STRING]),
                _attribute("MustBePresent", values=("true", "false")),
            ],
        ),
        _element(x("ObligationExpressions"), children=[x("ObligationExpression")]),
        _element(
            x("ObligationExpression"),
            gettext("What is demanded beside the rules, such as how surely somebody signed in."),
            children=[x("AttributeAssignmentExpression")],
            attributes=[_attribute("ObligationId"), _attribute("FulfillOn", values=("Permit", "Deny"))],
        ),
        _element(
            x("AttributeAssignmentExpression"),
            children=[x("AttributeValue")],
            attributes=[_attribute("AttributeId"), _attribute("Category")],
        ),
    ]


def _schema(text: str) -> list[Element]:
    s = _named(text, _XSD, "xs")
    prefix = re.escape(s(""))
    own = re.findall(rf'<{prefix}(?:complex|simple)Type\b[^>]*?\bname="([^"]*)"', text)
    name, types = _attribute("name"), [*own, *map(s, _BUILT_IN)]
    kind = _attribute("type", gettext("A type of XML Schema, or one of this file."), types)
    often = [
        _attribute("minOccurs", gettext("0: may be left out."), ("0", "1")),
        _attribute("maxOccurs", gettext("unbounded: any number of rows."), ("1", "unbounded")),
    ]
    base = _attribute("base", gettext("The type that is narrowed or widened."), types)
    value, particles = _attribute("value"), [s(each) for each in _PARTICLES]
    content = [*particles[1:4], s("attribute"), s("simpleContent"), s("complexContent")]
    facets = [_element(s(each), attributes=[value]) for each in _FACETS]
    return [
        _element(
            s("schema"),
            children=map(s, ("element", "complexType", "simpleType", "annotation", "import", "include")),
            attributes=[
                _attribute("targetNamespace"),
                _attribute("elementFormDefault", values=("qualified", "unqualified")),
                _attribute("attributeFormDefault", values=("qualified", "unqualified")),
            ],
            top=True,
        ),
        _element(
            s("element"),
            gettext("A field, or a group of fields."),
            children=map(s, ("annotation", "complexType", "simpleType")),
            attributes=[
                name,
                kind,
                *often,
                _attribute("nillable", values=("true", "false")),
                _attribute("ref"),
                _attribute("fixed"),
                _attribute("default"),
            ],
        ),
        _element(
            s("complexType"),
            gettext("A group of fields."),
            children=[s("annotation"), *content],
            attributes=[name],
        ),
        _element(
            s("simpleType"),
            gettext("A value with limits."),
            children=[s("annotation"), s("restriction")],
            attributes=[name],
        ),
        _element(s("sequence"), gettext("Fields in this order."), children=particles, attributes=often),
        _element(s("choice"), gettext("One of the fields."), children=particles, attributes=often),
        _element(s("all"), gettext("Fields in any order."), children=particles[:1], attributes=often),
        _element(s("group"), attributes=[name, _attribute("ref"), *often]),
        _element(
            s("attribute"),
            attributes=[name, kind, _attribute("use", values=("required", "optional")), _attribute("fixed")],
        ),
        _element(s("simpleContent"), children=[s("extension"), s("restriction")]),
        _element(s("complexContent"), children=[s("extension"), s("restriction")]),
        _element(s("extension"), children=content[:4], attributes=[base]),
        _element(
            s("restriction"), gettext("Limits of a value."), children=map(s, _FACETS), attributes=[base]
        ),
        _element(s("annotation"), children=[s("documentation"), s("appinfo")]),
        _element(s("documentation"), gettext("What it is, for people.")),
        *facets,
    ]
