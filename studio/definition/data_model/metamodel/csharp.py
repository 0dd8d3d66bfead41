"""Class shapes -> the text of a C# file."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from studio.definition.data_model.metamodel.class_shapes import ClassShape, Property

NAMESPACE: Final = "Altinn.App.Models"
_USINGS: Final = (
    "System",
    "System.Collections.Generic",
    "System.ComponentModel.DataAnnotations",
    "System.Linq",
    "System.Text.Json.Serialization",
    "System.Xml.Serialization",
    "Microsoft.AspNetCore.Mvc.ModelBinding",
    "Newtonsoft.Json",
)
_JSON_IGNORE: Final = "System.Text.Json.Serialization.JsonIgnore"
_KEYWORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        abstract as base bool break byte case catch char checked class const continue decimal default
        delegate do double else enum event explicit extern false finally fixed float for foreach goto
        if implicit in int interface internal is lock long namespace new null object operator out
        override params private protected public readonly ref return sbyte sealed short sizeof
        stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe
        ushort using virtual void volatile while
        """,
    )
)


def csharp(shapes: Iterable[ClassShape], namespace: str = NAMESPACE) -> str:
    """The C# file of some classes, with \\n as its line end."""
    lines = ["#nullable disable", *(f"using {name};" for name in _USINGS), f"namespace {namespace}", "{"]
    for place, shape in enumerate(shapes):
        lines += ([""] if place else []) + list(_class(shape))
    return "\n".join([*lines, "}", ""])


def _class(shape: ClassShape) -> Iterator[str]:
    if shape.root is not None:
        element, uri = shape.root
        namespace = f', Namespace="{_escaped(uri)}"' if uri else ""
        yield f'  [XmlRoot(ElementName="{_escaped(element)}"{namespace})]'
    yield f"  public class {_name(shape.name)}"
    yield "  {"
    for place, each in enumerate(shape.properties):
        yield from ([""] if place else [])
        yield from (f"    {line}" if line else "" for line in _property(each))
    yield "  }"


def _property(each: Property) -> Iterator[str]:
    yield from _annotations(each)
    yield from _xml(each)
    yield from _json(each)
    if each.fixed is not None:
        yield "[BindNever]"
    if each.xml == "text" and each.json_ignored:
        yield from _text_of_value(each)
        return
    name = _name(each.name)
    type_name = _name(each.type) if each.type not in _KEYWORDS else each.type
    if each.is_list:
        yield f"public List<{type_name}> {name} {{ get; set; }}"
        return
    value = f" = {_literal(each)};" if each.fixed is not None else ""
    yield f"public {type_name}{'?' if each.nullable else ''} {name} {{ get; set; }}{value}"
    if each.should_serialize is not None:
        yield ""
        yield f"public bool ShouldSerialize{each.name}() => {each.should_serialize};"


def _annotations(each: Property) -> Iterator[str]:
    if each.min_length is not None:
        yield f"[MinLength({each.min_length})]"
    if each.max_length is not None:
        yield f"[MaxLength({each.max_length})]"
    if each.range is not None:
        yield f"[Range({each.range[0]}, {each.range[1]})]"
    for pattern in each.regexes:
        quoted = pattern.replace('"', '""')
        yield f'[RegularExpression(@"{quoted}")]'


def _xml(each: Property) -> Iterator[str]:
    if each.xml == "element":
        order = f", Order = {each.order}" if each.order is not None else ""
        nillable = ", IsNullable = true" if each.xml_nillable else ""
        yield f'[XmlElement("{_escaped(each.xml_name or each.name)}"{order}{nillable})]'
    elif each.xml == "attribute":
        yield f'[XmlAttribute("{_escaped(each.xml_name or each.name)}")]'
    elif each.xml == "text":
        yield "[XmlText]"
    else:
        yield "[XmlIgnore]"


def _json(each: Property) -> Iterator[str]:
    if each.json is not None:
        yield f'[JsonProperty("{_escaped(each.json)}")]'
        yield f'[JsonPropertyName("{_escaped(each.json)}")]'
    if each.json_ignored_when_default:
        yield f"[{_JSON_IGNORE}(Condition = JsonIgnoreCondition.WhenWritingDefault)]"
        yield "[Newtonsoft.Json.JsonIgnore]"
    elif each.json_ignored:
        yield "[Newtonsoft.Json.JsonIgnore]"
        yield f"[{_JSON_IGNORE}]"
    if each.required:
        yield "[Required]"


def _text_of_value(each: Property) -> Iterator[str]:
    """The text of an element whose value can be absent in JSON: XML has no text that is null."""
    name = _name(each.name)
    yield f"public {each.type} {name}"
    yield "{"
    yield f"  get => {each.name}Nullable ?? default;"
    yield f"  set => {each.name}Nullable = value;"
    yield "}"


def _literal(each: Property) -> str:
    fixed = each.fixed or ""
    if each.type == "string":
        return f'"{_escaped(fixed)}"'
    return f"{fixed}m" if each.type == "decimal" else fixed


def _name(name: str) -> str:
    return f"@{name}" if name in _KEYWORDS else name


def _escaped(text: str) -> str:
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    return written.replace("\n", "\\n").replace("\r", "\\r")
