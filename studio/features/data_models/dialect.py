"""What can be written in a data model's schema, as a JSON Schema that the code editor gets its help from."""

from typing import Any, Final

from flask_babel import gettext

_FORMATS: Final = (
    "date",
    "date-time",
    "time",
    "duration",
    "day",
    "month",
    "month-day",
    "year",
    "year-month",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uuid",
    "json-pointer",
    "regex",
)
_XSD_TYPES: Final = (
    "string",
    "normalizedString",
    "token",
    "boolean",
    "decimal",
    "integer",
    "positiveInteger",
    "nonNegativeInteger",
    "negativeInteger",
    "nonPositiveInteger",
    "int",
    "long",
    "short",
    "byte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
    "unsignedByte",
    "double",
    "float",
    "date",
    "dateTime",
    "time",
    "duration",
    "gYear",
    "gYearMonth",
    "gMonth",
    "gMonthDay",
    "gDay",
    "anyURI",
    "base64Binary",
    "hexBinary",
    "language",
    "Name",
    "NCName",
    "ID",
    "IDREF",
    "QName",
    "NMTOKEN",
    "#any",
    "#ref",
)

_LANGUAGES: Final = ("nb", "nn", "en", "se")

Json = dict[str, Any]


def dialect() -> Json:
    """The keywords of JSON Schema that data models use, and the platform's own, described in words.

    Beside JSON Schema's, the keywords "x-words" (value -> its meaning) and "x-members-of" (paths of objects
    whose members can be referred to) are for the editor alone.
    """
    text = {"type": "string"}
    return {
        "properties": _file() | _any_schema() | _text_limits() | _number_limits() | _lists() | _xsd(),
        "$defs": {"texts": {"type": "object", "properties": dict.fromkeys(_LANGUAGES, text)}},
    }


def _file() -> Json:
    namespaces = gettext("Prefixes and namespaces of the XSD.")
    return {
        "$schema": _of(
            "string",
            gettext("Which version of JSON Schema the file is written in."),
            examples=[
                "https://json-schema.org/draft/2020-12/schema",
                "http://json-schema.org/draft-07/schema#",
            ],
        ),
        "$id": _of("string", gettext("The name of the file.")),
        "info": _of(
            "object",
            gettext("Facts about the model as a whole."),
            properties={
                "rootNode": _of(
                    "string",
                    gettext("Where the data begins: a reference to the type of the root."),
                    **{"x-members-of": [["$defs"], ["definitions"]]},
                ),
                "meldingsnavn": _of("string", gettext("The name of the message (models made by Seres).")),
                "modellnavn": _of("string", gettext("The name of the model.")),
                "modellprodusent": _of("string", gettext("Who made the model.")),
            },
        ),
        "$defs": _of("object", gettext("Reusable types, by name."), additionalProperties={"$ref": "#"}),
        "definitions": _of(
            "object", gettext("Reusable types, by name, in older files."), additionalProperties={"$ref": "#"}
        ),
        "@xsdNamespaces": _of("object", namespaces),
        "@xsdSchemaAttributes": _of(
            "object",
            gettext("Attributes of the XSD's schema element."),
            properties={
                name: {"enum": ["Qualified", "Unqualified", "None"]}
                for name in ("AttributeFormDefault", "ElementFormDefault", "BlockDefault", "FinalDefault")
            },
        ),
        "@xsdRootElement": _of("string", gettext("The name of the root element in the XML document.")),
    }


def _any_schema() -> Json:
    words = {
        "string": gettext("text"),
        "number": gettext("number with decimals"),
        "integer": gettext("whole number"),
        "boolean": gettext("yes or no"),
        "object": gettext("group of fields"),
        "array": gettext("list"),
        "null": gettext("no value"),
    }
    schemas = {"type": "array", "items": {"$ref": "#"}}
    return {
        "type": {
            "description": gettext("What kind of value it is."),
            "anyOf": [
                {"type": "string", "enum": list(words), "x-words": words},
                {"type": "array", "items": {"enum": list(words), "x-words": words}},
            ],
        },
        "title": _of("string", gettext("What people call the field, in the app's first language.")),
        "@titles": {
            "$ref": "#/$defs/texts",
            "description": gettext("What people call the field in other languages."),
        },
        "description": _of("string", gettext("A sentence or two about the field.")),
        "@descriptions": {
            "$ref": "#/$defs/texts",
            "description": gettext("The description in other languages."),
        },
        "$ref": _of(
            "string",
            gettext("Takes everything from a reusable type."),
            **{"x-members-of": [["$defs"], ["definitions"]]},
        ),
        "properties": _of("object", gettext("The fields of the group."), additionalProperties={"$ref": "#"}),
        "required": _of(
            "array", gettext("The names of the fields that must be there."), items={"type": "string"}
        ),
        "enum": _of("array", gettext("The values that can be chosen among.")),
        "@enumTitles": _of(
            "object",
            gettext("What each value is called, by language."),
            additionalProperties={"$ref": "#/$defs/texts"},
        ),
        "const": {"description": gettext("The only value it can have.")},
        "default": {"description": gettext("The value where nothing is filled in.")},
        "examples": _of("array", gettext("Values as examples.")),
        "allOf": schemas | {"description": gettext("Everything in all of these holds.")},
        "anyOf": schemas | {"description": gettext("At least one of these holds.")},
        "oneOf": schemas | {"description": gettext("Just one of these holds.")},
        "errorMessage": _of("string", gettext("The text that is shown when the value is wrong.")),
    }


def _text_limits() -> Json:
    moment = gettext("The earliest or latest date or time.")
    return {
        "format": _of("string", gettext("How a text is written."), enum=list(_FORMATS)),
        "minLength": _of("integer", gettext("The fewest characters.")),
        "maxLength": _of("integer", gettext("The most characters.")),
        "pattern": _of("string", gettext("A regular expression that the value must match.")),
        **{
            name: _of("string", moment)
            for name in (
                "formatMinimum",
                "formatMaximum",
                "formatExclusiveMinimum",
                "formatExclusiveMaximum",
            )
        },
    }


def _number_limits() -> Json:
    return {
        "minimum": _of("number", gettext("The smallest value.")),
        "maximum": _of("number", gettext("The largest value.")),
        "exclusiveMinimum": _of("number", gettext("The value must be larger than this.")),
        "exclusiveMaximum": _of("number", gettext("The value must be smaller than this.")),
        "multipleOf": _of("number", gettext("The step between values: 0.01 allows two decimals.")),
        "totalDigits": _of("integer", gettext("The most digits.")),
    }


def _lists() -> Json:
    return {
        "items": {"$ref": "#", "type": "object", "description": gettext("What each row of the list is.")},
        "minItems": _of("integer", gettext("The fewest rows.")),
        "maxItems": _of("integer", gettext("The most rows.")),
    }


def _xsd() -> Json:
    kept = gettext("Kept from the XSD, for what JSON Schema has no word for.")
    return {
        "@xsdType": _of("string", gettext("The type in the XSD."), enum=list(_XSD_TYPES)),
        "@xsdText": _of("boolean", gettext("The value is the text of the XML element around it.")),
        "@xsdAttribute": _of("boolean", gettext("The value is an attribute of the XML element around it.")),
        "@xsdNillable": _of("boolean", gettext("The XML element can be there without a value.")),
        "@xsdMinOccurs": _of("integer", gettext("How many times at least, in the XSD.")),
        "@xsdMaxOccurs": {
            "anyOf": [{"type": "integer"}, {"enum": ["unbounded"]}],
            "description": gettext("How many times at most, in the XSD."),
        },
        "@xsdStructure": _of(
            "string",
            gettext("How the fields follow one another in the XSD."),
            examples=["all", "XmlSchemaSimpleTypeRestriction", "XmlSchemaSimpleTypeUnion"],
        ),
        **{
            name: {"description": kept}
            for name in (
                "@xsdRestrictions",
                "@xsdAny",
                "@xsdAnyAttribute",
                "@xsdUnhandledAttributes",
                "@xsdUnhandledEnumAttributes",
            )
        },
    }


def _of(kind: str, description: str, **more: Any) -> Json:
    return {"type": kind, "description": description, **more}
