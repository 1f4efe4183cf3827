"""Where a connection can stand, and how it gets there: as a user would do it, with Airflow's own readers."""

import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import release


@contextmanager
def environment(variables):
    """While this is open, these variables are set, and Airflow looks at its secrets backends anew."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    release.forget_backends()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        release.forget_backends()


@contextmanager
def _file(question):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, question["fileName"])
        file.write_text(question["content"], encoding="utf-8", newline="")
        yield str(file)


@contextmanager
def standing(question):
    """While this is open, the connections of the question stand where it says. Gives what Airflow printed on the way there."""
    place = question["place"]
    if place == "environment":
        with environment(question["variables"]):
            yield ""
    elif place == "localFiles":
        with _file(question) as file:
            backend = {
                "AIRFLOW__SECRETS__BACKEND": "airflow.secrets.local_filesystem.LocalFilesystemBackend",
                "AIRFLOW__SECRETS__BACKEND_KWARGS": json.dumps({"connections_file_path": file}),
            }
            with environment(backend):
                yield ""
    elif place == "import":
        with _file(question) as file, release.empty_database():
            yield release.import_connections(file)
    elif place == "restApi":
        with release.empty_database(), environment(question.get("variables", {})):
            for body in question["bodies"]:
                release.post_connection(body)
            yield ""
    else:
        raise ValueError(place)
