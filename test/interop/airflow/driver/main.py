"""Answers questions about Airflow for the interop tests: one JSON object per line on stdin, one per line on stdout.

Airflow takes seconds to import, so one process serves all tests of a release. AIRFLOW_HOME is a folder of the test.
"""

import json
import sys
import traceback

# Whatever Airflow and the SDKs print goes to stderr; stdout carries answers only.
answers = sys.stdout
sys.stdout = sys.stderr

import hooks
import places
import recorder
import release
import settings
import task
from provider import described_provider


def _hooks_of(question):
    if not question.get("inTriggerer"):
        return hooks
    # Not in every release.
    import deferred

    return deferred


def use(question):
    """Puts a connection where a user would, lets Airflow read it from there, and makes its hook sign in with it."""
    connection_id = question["connectionId"]
    seen = recorder.Seen()
    answer = {"printed": "", "connection": None, "error": None}
    try:
        with places.standing(question) as printed:
            answer["printed"] = printed
            answer["connection"] = release.fields(release.get_connection(connection_id))
            with recorder.recording(seen):
                _hooks_of(question).sign_in(question["type"], connection_id)
    except (Exception, SystemExit) as error:
        # Airflow's command line ends the process with SystemExit.
        answer["error"] = "".join(traceback.format_exception_only(error)).strip()
    return {**answer, "credentials": seen.credentials, "tokenRequests": seen.token_requests}


def read(question):
    """Reads a connection as a task does, and uses it for nothing."""
    try:
        with places.standing(question):
            return {"connection": release.fields(release.get_connection(question["connectionId"])), "error": None}
    except (Exception, SystemExit) as error:
        return {"connection": None, "error": "".join(traceback.format_exception_only(error)).strip()}


questions = {
    "read": read,
    "use": use,
    "useSettings": settings.use_settings,
    "listBlobs": task.list_blobs,
    "describe": lambda question: described_provider(),
}


def main():
    release.prepare()
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = {"answer": questions[question["question"]](question)}
        except Exception:
            answer = {"failure": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


main()
