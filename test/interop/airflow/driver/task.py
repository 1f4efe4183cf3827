"""A task in a pod: nothing is recorded or refused, requests go wherever the proxy variables say."""

import os
import traceback
from pathlib import Path

import places
import recorder

from airflow.providers.microsoft.azure.hooks.wasb import WasbHook


def list_blobs(question):
    """Lists a container with the connection, as the service account whose token is given. An error is told as Airflow logs it."""
    Path(os.environ["AZURE_FEDERATED_TOKEN_FILE"]).write_text(question["token"], encoding="utf-8")
    with places.environment(question["variables"]), places.standing(question["standing"]), recorder.without_waiting():
        try:
            return {"blobs": WasbHook(question["connectionId"]).get_blobs_list_recursive(question["container"]), "error": None}
        except Exception as error:
            return {"blobs": [], "error": "".join(traceback.format_exception_only(error)).strip()}
