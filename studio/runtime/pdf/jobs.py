"""What is known of PDFs that are still to be made, and asking for them."""

from typing import Final, Literal, Protocol

from studio.runtime.instances import Acting
from studio.runtime.storage import Instance, PdfJob
from studio.web.parts import Part

# What a step of the platform says of itself (app-api.md, process.workflow).
Standing = Literal["idle", "processing", "failed"]

WAITING: Final = "waiting"
RUNNING: Final = "running"
FAILED: Final = "failed"


class Maker(Protocol):
    """Makes what is asked for, beside the requests."""

    def wake(self) -> None:
        """Say that there is something to make. Returns at once."""

    def wait_for(self, instance: Instance) -> None:
        """Wait a moment for what is made of an instance, and see how it stands then."""

    def stop(self) -> None:
        """Finish what is in hand, and make nothing more."""


pdf_maker: Part[Maker] = Part("pdf_maker")


def ask(
    instance: Instance, task_id: str, language: str, acting: Acting, *, holds: bool = False, place: int = 0
) -> None:
    """Let the PDFs of a task be made; the caller commits, and then wakes `pdf_maker`.

    Whoever has to wait for them `holds`: the process goes on when they are there. `place` as in PdfJob.
    """
    instance.pdf_jobs.append(
        PdfJob(
            task_id=task_id,
            holds=holds,
            place=place,
            language=language,
            user_id=acting.person.user_id,
            asked_at=acting.now,
            next_at=acting.now,
        )
    )


def standing(instance: Instance) -> Standing:
    """Whether PDFs of the instance are being made, or cannot be made."""
    states = {job.state for job in instance.pdf_jobs}
    if FAILED in states:
        return "failed"
    return "processing" if states else "idle"


def try_again(instance: Instance, acting: Acting) -> None:
    """Let PDFs that could not be made be tried anew; the caller commits, and then wakes `pdf_maker`."""
    for job in instance.pdf_jobs:
        if job.state == FAILED:
            job.state, job.attempts, job.next_at = WAITING, 0, acting.now
