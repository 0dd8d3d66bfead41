"""HTTP of what a pull request changes: pages before and after, and the text of files."""

from typing import Any

from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.remarks import for_code, for_pages
from studio.features.pull_requests.workplace import Workplace, at, title_of
from studio.showing_changes import changes, file_differences, picture_answer, pictures_at, view_asked
from studio.web import render

_ONE = "/<org>/<app>/pull-requests/<int:number>"


@bp.get(f"{_ONE}/pages")
@requires(Right.VIEW)
def pages(org: str, app: str, number: int) -> ResponseReturnValue:
    """The changed pages, before and after, side by side."""
    work = at(org, app, number)
    changed = changes(work.before, work.after)
    return _page(
        "pull_requests/pages.html",
        work,
        changed=changed,
        view=view_asked(changed),
        picture_address=pictures_at("pull_requests.picture", org=org, app=app, number=number),
        **for_pages(work, changed),
    )


@bp.get(f"{_ONE}/code")
@requires(Right.VIEW)
def code(org: str, app: str, number: int) -> ResponseReturnValue:
    """The changed files as text."""
    work = at(org, app, number)
    files = file_differences(work.before, work.after)
    lines = ((file.path, row.new.number) for file in files for hunk in file.hunks for row in hunk if row.new)
    return _page("pull_requests/code.html", work, files=files, **for_code(work, lines))


@bp.get(f"{_ONE}/picture")
@requires(Right.VIEW)
def picture(org: str, app: str, number: int) -> ResponseReturnValue:
    """One page as it was or will be; shown in a frame."""
    work = at(org, app, number)
    return picture_answer(work.before, work.after)


def _page(template: str, work: Workplace, **more: Any) -> str:
    pull_request = work.pull_request
    return render(
        template,
        org=pull_request.org,
        app=pull_request.app,
        app_title=title_of(work.repository),
        pull_request=pull_request,
        now=now(),
        **more,
    )
