"""What people have sent in to an app, for the command line: listed, and written to a folder."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.delivery.client import ManagementClient


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission. `id` is "party/guid"; `data` and `xml` hold a document for each data type."""

    id: str
    reference: str
    archived: str
    owner: str
    data: Mapping[str, Any]
    xml: Mapping[str, str]


def submissions(client: ManagementClient, org: str, app: str) -> Iterator[Submission]:
    """The submissions of an app in one environment, the newest first, fetched page by page.

    Raises a DeliveryProblem where the environment does not answer or does not have the app.
    """
    page, pages = 1, 1
    while page <= pages:
        answer = client.submissions(org, app, page)
        pages = int(answer["pages"])
        yield from (_submission(each) for each in answer["submissions"])
        page += 1


def write(submission: Submission, folder: Path) -> list[Path]:
    """Write a submission's documents as XML and JSON into a folder of its own inside `folder`."""
    place = folder / submission.id.rsplit("/", 1)[-1]
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for data_type, content in submission.data.items():
        written.append(place / f"{_file_name(data_type)}.json")
        written[-1].write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for data_type, text in submission.xml.items():
        written.append(place / f"{_file_name(data_type)}.xml")
        written[-1].write_text(text, "utf-8")
    return written


def _submission(content: Mapping[str, Any]) -> Submission:
    return Submission(
        id=str(content["id"]),
        reference=str(content["reference"]),
        archived=str(content["archived"]),
        owner=str(content["owner"]),
        data=dict(content["data"]),
        xml=dict(content["xml"]),
    )


def _file_name(data_type: str) -> str:
    """An id of a data type as a file name: an app may write anything there."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in data_type) or "_"
