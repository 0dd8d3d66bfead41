"""The form as a PDF, as it is now: what PDFPreviewButton and the receipt lead to; and trying one anew."""

from uuid import UUID

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from studio.runtime import instances
from studio.runtime.pages.forms import open_instance
from studio.runtime.pages.limits import PDF, limiter
from studio.runtime.pages.room import acting, address, form_language, this_app
from studio.runtime.pdf import jobs
from studio.runtime.pdf.making import pdf_of_tasks


@limiter.limit(PDF)
def show(party: int, guid: UUID) -> ResponseReturnValue:
    """The forms of the current task, or of all tasks at the end. Raises NotThere, Forbidden."""
    instance = open_instance(party, guid)
    tasks = [instance.task_id] if instance.task_id else []
    content = pdf_of_tasks(this_app(), instance, tasks, form_language(), acting())
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{instance.reference}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@limiter.limit(PDF)
def make(party: int, guid: UUID) -> ResponseReturnValue:
    """Try once more to make what could not be made. Raises NotThere, Forbidden."""
    instance = open_instance(party, guid)
    jobs.try_again(instance, acting())
    instances.commit()
    jobs.pdf_maker().wake()
    return redirect(address("instance", party=party, guid=guid), 303)
