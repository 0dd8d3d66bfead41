"""What there is to say about the text of a file: errors of its language, and what the app check finds."""

import ast
import warnings
from collections.abc import Iterator

from studio.definition import safe_xml
from studio.definition.app import app_definition
from studio.definition.checks import check
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, Files
from studio.definition.findings import Finding
from studio.definition.json_text.reading import BrokenJson, demand_json
from studio.definition.sentences import N_, Sentence
from studio.features.code.kinds import kind_of
from studio.web.code_editor import Mark


def marks_on(files: Files, path: str, data: bytes) -> tuple[Mark, ...]:
    """The marks on a file, were it to read `data`. Where its language cannot be read, only that is said."""
    broken = tuple(_broken(path, data))
    return broken or tuple(_mark(each) for each in findings_of(EditedFiles(files, {path: data}), path))


def findings_of(files: Files, path: str) -> list[Finding]:
    """What the app check says about one file."""
    return [each for each in check(app_definition(files)) if each.place.path == path]


def _mark(finding: Finding) -> Mark:
    place = finding.place
    fix = finding.key if finding.fix is not None else None
    return Mark(finding.sentence, finding.severity, place.line, pointer=place.pointer, fix=fix)


def _broken(path: str, data: bytes) -> Iterator[Mark]:
    mode = kind_of(path).mode
    try:
        if mode == "json":
            demand_json(data)
        elif mode == "xml":
            safe_xml.parse(data)
        elif mode == "python":
            with warnings.catch_warnings(action="ignore"):
                ast.parse(data)
    except BrokenJson as error:
        yield Mark(_without_place(error.sentence), line=error.line, column=error.column)
    except safe_xml.BrokenXml as error:
        yield Mark(error.sentence, line=error.line)
    except DomainError as error:
        yield Mark(error.sentence)
    except SyntaxError as error:
        said = Sentence(N_("This is no valid Python: %(problem)s."), {"problem": error.msg})
        yield Mark(said, line=error.lineno, column=error.offset or None)
    except (ValueError, RecursionError, MemoryError):
        yield Mark(Sentence(N_("This is nested too deeply, or has signs that no program has.")))


def _without_place(sentence: Sentence) -> Sentence:
    """What is wrong, without the line and column that the mark says by itself."""
    problem = sentence.values.get("problem")
    return problem if isinstance(problem, Sentence) else sentence
