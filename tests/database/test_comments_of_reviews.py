"""Reviews that only commented become threads, whose words can be taken back."""

import json
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from studio.database.migrations import alembic_config
from studio.reviews.subjects import WHOLE, fingerprint

AT = "2026-11-26 06:00:00.000000"
COMMIT = "a" * 40


def test_a_review_that_only_commented_becomes_a_thread(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    config = alembic_config(url, "studio")
    command.upgrade(config, "reviews_0001")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO pull_request (id, org, app, number, title, description, source, target, author_name,"
            " state, labels, base, head, opened_at, changed_at)"
            f" VALUES (1, 'ttd', 'a', 1, 'T', '', 's', 'main', 'Kari', 'open', '[]',"
            f" '{COMMIT}', '{COMMIT}', '{AT}', '{AT}')"
        )
        for verdict in ("approve", "comment"):
            connection.exec_driver_sql(
                "INSERT INTO review (pull_request_id, person_name, verdict, text, head, at)"
                f" VALUES (1, 'Runa', '{verdict}', 'Er 500 nok?', '{COMMIT}', '{AT}')"
            )
        for message in ("approved the changes", "commented"):
            sentence = json.dumps({"message": message, "values": {}})
            connection.exec_driver_sql(
                "INSERT INTO pull_request_event (pull_request_id, kind, person_name, sentence, text, at)"
                f" VALUES (1, 'reviewed', 'Runa', '{sentence}', 'Er 500 nok?', '{AT}')"
            )

    command.upgrade(config, "reviews_0002")

    with engine.connect() as connection:
        ask = connection.exec_driver_sql
        assert ask("SELECT verdict FROM review").scalars().all() == ["approve"]
        assert ask("SELECT person_name, text, at FROM comment").all() == [("Runa", "Er 500 nok?", AT)]
        assert ask("SELECT fingerprint, subject FROM comment_thread").all() == [
            (fingerprint(""), f'{{"kind": "{WHOLE.kind}"}}')
        ]
        assert ask("SELECT kind, text FROM pull_request_event ORDER BY id").all() == [
            ("reviewed", "Er 500 nok?"),
            ("commented", ""),
        ]
    engine.dispose()
