"""Merging processes, policies and schemas by element, with everybody's formatting kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.files import MemoryFiles
from studio.definition.merge import GONE, merge
from studio.definition.merge.elements import read_elements
from studio.definition.safe_xml import parse

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:altinn="http://altinn.no/process">
  <bpmn:process id="p" isExecutable="false">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <!-- the form -->
    <bpmn:task id="Task_1" name="Utfylling">
      <bpmn:incoming>f1</bpmn:incoming>
      <bpmn:outgoing>f2</bpmn:outgoing>
      <bpmn:extensionElements>
        <altinn:taskExtension><altinn:taskType>data</altinn:taskType></altinn:taskExtension>
      </bpmn:extensionElements>
    </bpmn:task>
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="Task_1" />
    <bpmn:sequenceFlow id="f2" sourceRef="Task_1" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>
"""
Edit = Callable[[str], str]


def replaced(*pairs: tuple[str, str]) -> Edit:
    def edit(text: str) -> str:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return text

    return edit


def merged(ours: Edit, theirs: Edit, base: str = PROCESS, path: str = "App/config/process/process.bpmn"):
    sides = [MemoryFiles({path: text.encode()}) for text in (base, ours(base), theirs(base))]
    found = merge(*sides)
    mirrored = merge(sides[0], sides[2], sides[1])
    assert {one.key for one in mirrored.conflicts} == {one.key for one in found.conflicts}
    data = found.edits.get(path, sides[2][path])
    assert data is not None
    parse(data)
    return data.decode(), found.conflicts


NAMED = replaced(('name="Utfylling"', 'name="Skjema"'))
LAST_FLOW = '    <bpmn:sequenceFlow id="f2" sourceRef="Task_1" targetRef="end" />\n'
CHECK = """\
    <bpmn:task id="Check" name="Sjekk">
      <bpmn:incoming>f3</bpmn:incoming>
      <bpmn:outgoing>f4</bpmn:outgoing>
    </bpmn:task>
    <bpmn:sequenceFlow id="f3" sourceRef="Task_1" targetRef="Check" />
    <bpmn:sequenceFlow id="f4" sourceRef="Check" targetRef="end" />
"""
CHECKED = replaced(
    ("f2</bpmn:outgoing>", "f3</bpmn:outgoing>"),
    ("<bpmn:incoming>f2", "<bpmn:incoming>f4"),
    (LAST_FLOW, CHECK),
)


def test_a_step_that_one_named_and_one_put_another_step_behind_has_both() -> None:
    assert merged(NAMED, CHECKED) == (NAMED(CHECKED(PROCESS)), ())


def test_neighbouring_lines_are_no_conflict_and_comments_stay() -> None:
    ours = replaced(("<!-- the form -->", "<!-- the form that people fill in -->"))
    theirs = replaced(("<bpmn:incoming>f1", "<bpmn:incoming>f0</bpmn:incoming>\n      <bpmn:incoming>f1"))
    both, conflicts = merged(lambda text: NAMED(ours(text)), theirs)
    assert conflicts == ()
    assert both == NAMED(ours(theirs(PROCESS)))


def test_the_same_attribute_with_two_values_is_a_question_about_it() -> None:
    _, (conflict,) = merged(NAMED, replaced(('name="Utfylling"', 'name="Form"')))
    assert (conflict.identity, conflict.property) == ("Task_1", "@name")
    assert (conflict.base, conflict.ours, conflict.theirs) == ("Utfylling", "Skjema", "Form")
    assert conflict.place.line == 6


def test_a_step_that_one_removed_and_the_other_named_is_a_question_about_it() -> None:
    start, end = PROCESS.index('    <bpmn:task id="Task_1"'), PROCESS.index("    <bpmn:endEvent")
    _, (conflict,) = merged(lambda text: text[:start] + text[end:], NAMED)
    assert conflict.identity == "Task_1"
    assert conflict.ours is GONE
    assert conflict.theirs.startswith('<bpmn:task id="Task_1" name="Skjema">')


def test_the_text_of_an_element_is_one_value() -> None:
    _, (conflict,) = merged(replaced((">data<", ">signing<")), replaced((">data<", ">payment<")))
    assert (conflict.base, conflict.ours, conflict.theirs) == ("data", "signing", "payment")


def test_an_attribute_is_added_and_another_taken_away_in_one_start_tag() -> None:
    ours = replaced((' isExecutable="false"', ""))
    both, conflicts = merged(
        ours, replaced(('<bpmn:process id="p"', "<bpmn:process id=\"p\" name='P &amp; Q'"))
    )
    assert conflicts == ()
    assert "<bpmn:process id=\"p\" name='P &amp; Q'>" in both


RULE = """\
  <xacml:Rule RuleId="{0}" Effect="Permit">
    <xacml:Description>{1}</xacml:Description>
  </xacml:Rule>
"""


def test_rules_of_a_policy_are_known_by_their_id() -> None:
    policy = (
        '<xacml:Policy xmlns:xacml="urn:x" PolicyId="p">\n'
        + "".join(RULE.format(f"urn:{number}", number) for number in range(3))
        + "</xacml:Policy>\n"
    )
    ours = replaced(
        (RULE.format("urn:1", 1), ""), ("</xacml:Policy>", RULE.format("urn:mine", 8) + "</xacml:Policy>")
    )
    theirs = replaced((">2<", ">two<"), ("</xacml:Policy>", RULE.format("urn:yours", 9) + "</xacml:Policy>"))
    both, conflicts = merged(ours, theirs, policy, "App/config/authorization/policy.xml")
    assert conflicts == ()
    assert [child.attributes["RuleId"] for child in read_elements(both).children] == [
        "urn:0",
        "urn:2",
        "urn:mine",
        "urn:yours",
    ]
    assert ">two<" in both


@pytest.mark.parametrize("damage", [("</bpmn:process>", ""), ("<bpmn:process", "<!DOCTYPE x><bpmn:process")])
def test_broken_markup_is_merged_by_line(damage: tuple[str, str]) -> None:
    path = "App/config/process/process.bpmn"
    base = PROCESS.replace(*damage)
    ours, theirs = NAMED(base), base.replace('sourceRef="Task_1" ', 'sourceRef="Task_2" ')
    found = merge(*(MemoryFiles({path: text.encode()}) for text in (base, ours, theirs)))
    assert found.conflicts == ()
    assert found.edits[path] == NAMED(theirs).encode()


def test_every_process_policy_and_schema_is_put_together_from_its_own_text(vectors: Path) -> None:
    """What is taken apart and put together again is the same, byte for byte."""
    seen = 0
    for file in sorted((vectors / "apps").rglob("*")):
        if file.suffix in (".bpmn", ".xsd", ".xml") and file.is_file():
            text = file.read_bytes().decode("utf-8-sig", "replace")
            root = read_elements(text)
            if root is not None:
                seen += 1
                assert_whole(root)
    assert seen > 100


def assert_whole(element) -> None:
    if not element.tag.startswith("#"):
        inner = "".join(child.lead + child.text for child in element.children) + element.tail
        if element.has_text or not element.children:
            inner = element.inner
        if element.inner or not element.start_tag.endswith("/>"):
            assert inner == element.inner
        assert element.start_tag + inner in element.text
    for child in element.children:
        assert_whole(child)


names = st.sampled_from(["a", "b", "c", "d"])
elements = st.lists(
    st.tuples(names, st.sampled_from(["", "x", "æ"])), unique_by=lambda pair: pair[0], max_size=4
)


@given(base=elements, ours=elements, theirs=elements)
def test_any_merge_is_markup_with_every_id_once_whichever_side_is_ours(base, ours, theirs) -> None:
    def text(items: list[tuple[str, str]]) -> str:
        return "<r>\n" + "".join(f'  <e id="{name}" v="{value}"/>\n' for name, value in items) + "</r>\n"

    sides = [MemoryFiles({"a.xml": text(side).encode()}) for side in (base, ours, theirs)]
    found, mirrored = merge(*sides), merge(sides[0], sides[2], sides[1])
    if not found.conflicts:
        assert found.edits.get("a.xml", sides[2]["a.xml"]) == mirrored.edits.get("a.xml", sides[1]["a.xml"])
    root = read_elements(found.edits.get("a.xml", sides[2]["a.xml"]).decode())
    ids = [child.attributes["id"] for child in root.children]
    assert len(ids) == len(set(ids))
