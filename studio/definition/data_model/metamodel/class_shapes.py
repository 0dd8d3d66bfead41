"""Metamodel -> the classes into which an app's C# code reads a document, as values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition.data_model.metamodel.metamodel import csharp_name

_NUMBERS: Final[Mapping[str, str]] = {
    "Int": "int",
    "Short": "short",
    "Long": "long",
    "Double": "double",
    "Decimal": "decimal",
    "Integer": "decimal",
    "NonNegativeInteger": "decimal",
    "PositiveInteger": "decimal",
    "NonPositiveInteger": "decimal",
    "NegativeInteger": "decimal",
    "Byte": "decimal",
    "UnsignedByte": "decimal",
    "UnsignedShort": "decimal",
    "UnsignedInt": "decimal",
    "UnsignedLong": "decimal",
}
_TYPES: Final[Mapping[str, str]] = {**_NUMBERS, "Boolean": "bool", "DateTime": "DateTime"}
# C# type -> the names of its smallest and largest value.
_LIMITS: Final[Mapping[str, str]] = {
    "int": "Int32",
    "short": "Int16",
    "long": "Int64",
    "double": "Double",
    "decimal": "Double",
}
_LOWEST: Final[Mapping[str, str]] = {"NonNegativeInteger": "0", "PositiveInteger": "1"}
_HIGHEST: Final[Mapping[str, str]] = {"NonPositiveInteger": "0", "NegativeInteger": "-1"}
# What XML Schema allows for values that are plain text in C#.
_REGEXES: Final[Mapping[str, str]] = {
    "Date": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])$",
    "GYear": "^[0-9]{4}$",
    "GYearMonth": "^[0-9]{4}-(0[1-9]|1[0-2])$",
    "GMonth": "^--(0[1-9]|1[0-2])$",
    "GDay": "^---(0[1-9]|[1-2][0-9]|3[0-1])$",
    "GMonthDay": "^--(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])$",
    "Time": r"^([0-1][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a class.

    `xml` is "element", "attribute", "text" or "ignored"; `order` is the place among the elements, from 1;
    `should_serialize` is the C# expression that says whether it is written at all.
    """

    name: str
    type: str
    xml: str
    xml_name: str | None = None
    json: str | None = None
    order: int | None = None
    is_list: bool = False
    nullable: bool = False
    xml_nillable: bool = False
    required: bool = False
    min_length: str | None = None
    max_length: str | None = None
    range: tuple[str, str] | None = None
    regexes: tuple[str, ...] = ()
    fixed: str | None = None
    json_ignored: bool = False
    json_ignored_when_default: bool = False
    should_serialize: str | None = None


@dataclass(frozen=True, slots=True)
class ClassShape:
    """A class; `root` is (element name, namespace) of the class with which a document begins."""

    name: str
    properties: tuple[Property, ...]
    root: tuple[str, str | None] | None = None


ROW_ID: Final = Property(
    "AltinnRowId",
    "Guid",
    "attribute",
    "altinnRowId",
    "altinnRowId",
    json_ignored=True,
    json_ignored_when_default=True,
    should_serialize="AltinnRowId != default",
)


def classes(metamodel: Mapping[str, Any]) -> tuple[ClassShape, ...]:
    """The classes of a metamodel, the root first and each before what it uses.

    Metamodels with capital and with small initials are read; the type of a value is its name ("Integer"). Two
    groups of one name and different content become two classes. Raises ValueError for no metamodel.
    """
    return _Classes(metamodel).all()


class _Classes:
    def __init__(self, metamodel: Mapping[str, Any]) -> None:
        given = _uncapitalised(metamodel)
        elements = given.get("elements")
        if not isinstance(elements, Mapping) or not elements:
            raise ValueError("a metamodel has elements")
        self._namespace = given.get("targetNamespace")
        self._inside: dict[str | None, list[Mapping[str, Any]]] = {}
        for element in map(_uncapitalised, elements.values()):
            self._inside.setdefault(element.get("parentElement"), []).append(element)
        if len(self._inside.get(None, ())) != 1:
            raise ValueError("a metamodel has one root")
        self._rows = {
            str(each["typeName"])
            for members in self._inside.values()
            for each in members
            if self._is_group(each) and int(each.get("maxOccurs") or 1) > 1
        }
        self._made: dict[str, ClassShape] = {}
        self._keys: dict[tuple[str, tuple[Any, ...]], str] = {}

    def all(self) -> tuple[ClassShape, ...]:
        """Every class, from the root on."""
        (root,) = self._inside[None]
        name = self._add(root)
        made = self._made[name]
        self._made[name] = replace(made, root=(str(root["xName"]), self._namespace))
        return tuple(self._made.values())

    def _is_group(self, element: Mapping[str, Any]) -> bool:
        return element.get("xsdValueType") is None

    def _add(self, group: Mapping[str, Any]) -> str:
        """Make the class of a group, unless it is there; returns its name."""
        members = self._inside.get(group["id"], [])
        type_name = csharp_name(str(group["typeName"]))
        # A model that contains itself ends in a group without content.
        if not members and type_name in self._made:
            return type_name
        key = (type_name, tuple(_key(each) for each in members))
        if key in self._keys:
            return self._keys[key]
        name, turn = type_name, 1
        while name in self._made:
            turn += 1
            name = f"{type_name}{turn}"
        self._keys[key] = name
        # Its place is before the classes that it uses.
        self._made[name] = ClassShape(name, ())
        self._made[name] = ClassShape(name, tuple(self._properties(group, members, name)))
        return name

    def _properties(
        self, group: Mapping[str, Any], members: list[Mapping[str, Any]], class_name: str
    ) -> Iterator[Property]:
        if csharp_name(str(group["typeName"])) in {csharp_name(each) for each in self._rows}:
            yield ROW_ID
        place = 0
        for element in members:
            is_element = element.get("type") not in {"Attribute", 2} and not element.get("isTagContent")
            place += is_element
            order = place if is_element and not group.get("orderOblivious") else None
            name = csharp_name(str(element["xName"]))
            # In C# a member cannot have the name of its class.
            name = f"{name}_" if name == class_name else name
            if self._is_group(element):
                yield self._group(element, name, order)
            else:
                yield from _plain(element, name, order)

    def _group(self, element: Mapping[str, Any], name: str, order: int | None) -> Property:
        is_list = int(element.get("maxOccurs") or 1) > 1
        text = next((each for each in self._inside.get(element["id"], []) if each.get("isTagContent")), None)
        condition = None
        if text is not None and not is_list:
            value = "valueNullable" if str(text["xsdValueType"]) in _TYPES else str(text["name"])
            condition = f"{name}?.{value} is not null"
        return Property(
            name,
            self._add(element),
            "element",
            str(element["xName"]),
            str(element["xName"]),
            order=order,
            is_list=is_list,
            xml_nillable=_is_nillable(element) and not is_list,
            should_serialize=condition,
        )


def _plain(element: Mapping[str, Any], name: str, order: int | None) -> Iterator[Property]:
    value_type = str(element.get("xsdValueType"))
    type_name = _TYPES.get(value_type, "string")
    is_value, xml_name = type_name != "string", str(element["xName"])
    least, is_list = int(element.get("minOccurs") or 0), int(element.get("maxOccurs") or 1) > 1
    limited = _limited(Property(name, type_name, "element"), element, value_type)
    if element.get("isTagContent"):
        if is_value:
            yield replace(
                limited,
                name=f"{name}Nullable",
                xml="ignored",
                json=xml_name,
                nullable=True,
                required=least > 0,
            )
            yield Property(name, type_name, "text", json_ignored=True)
        else:
            yield replace(limited, xml="text")
    elif element.get("type") in {"Attribute", 2}:
        fixed = element.get("fixedValue")
        plain = Property(name, type_name, "attribute") if fixed is not None else limited
        yield replace(plain, xml="attribute", xml_name=xml_name, fixed=None if fixed is None else str(fixed))
    else:
        nillable = _is_nillable(element)
        is_single = is_value and not is_list
        yield replace(
            limited,
            xml_name=xml_name,
            json=xml_name,
            order=order,
            is_list=is_list,
            nullable=is_single,
            required=is_single and least > 0,
            # The platform's own classes have no nil for texts with a pattern.
            xml_nillable=nillable and not is_value and not is_list and "pattern" not in _limits(element),
            should_serialize=f"{name}.HasValue" if is_single and least == 0 and not nillable else None,
        )


def _limited(plain: Property, element: Mapping[str, Any], value_type: str) -> Property:
    """The property with the limits on its value."""
    limits = _limits(element)
    regexes = [limits["pattern"]] if "pattern" in limits else []
    if plain.type in _LIMITS:
        if "totalDigits" in limits:
            regexes.append(_digits(value_type, limits["totalDigits"]))
        is_open = value_type == "Decimal" and not {"minimum", "maximum"} & set(limits)
        limit = None if is_open else _range(plain.type, value_type, limits)
        return replace(plain, range=limit, regexes=tuple(regexes))
    if plain.type != "string":
        return plain
    if value_type in _REGEXES and not regexes:
        regexes.append(_REGEXES[value_type])
    length = limits.get("length")
    return replace(
        plain,
        min_length=limits.get("minLength", length),
        max_length=limits.get("maxLength", length),
        regexes=tuple(regexes),
    )


def _limits(element: Mapping[str, Any]) -> dict[str, str]:
    given = element.get("restrictions")
    return {
        key: str(_uncapitalised(limit).get("value"))
        for key, limit in (given.items() if isinstance(given, Mapping) else ())
        if isinstance(limit, Mapping)
    }


def _range(type_name: str, value_type: str, limits: Mapping[str, str]) -> tuple[str, str]:
    holder = _LIMITS[type_name]
    lowest = _LOWEST.get(value_type, f"{holder}.MinValue")
    highest = _HIGHEST.get(value_type, f"{holder}.MaxValue")
    return (
        _literal(type_name, limits["minimum"]) if "minimum" in limits else lowest,
        _literal(type_name, limits["maximum"]) if "maximum" in limits else highest,
    )


def _literal(type_name: str, text: str) -> str:
    return f"{text}d" if type_name in {"decimal", "double"} and "." not in text else text


def _digits(value_type: str, most: str) -> str:
    if value_type in {"Decimal", "Double"}:
        return rf"^-?(([0-9]){{1}}(\.)?){{0,{most}}}$"
    return f"^-?[0-9]{{0,{most}}}$"


def _is_nillable(element: Mapping[str, Any]) -> bool:
    return element.get("nillable") is True


def _key(element: Mapping[str, Any]) -> tuple[Any, ...]:
    sides = ("xName", "typeName", "type", "xsdValueType", "minOccurs", "maxOccurs", "fixedValue", "nillable")
    return (*(element.get(side) for side in sides), str(element.get("restrictions")))


def _uncapitalised(value: Mapping[str, Any]) -> dict[str, Any]:
    """Keys with a small initial ("ID" is "id")."""
    return {("id" if key == "ID" else key[:1].lower() + key[1:]): each for key, each in value.items()}
