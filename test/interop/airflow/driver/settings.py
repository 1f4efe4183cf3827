"""What Airflow makes of the settings of a preset, and how it signs in with them."""

import traceback
from io import BytesIO
from unittest.mock import patch

from adlfs import AzureBlobFileSystem
from requests import Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

import places
import recorder
import release


def _challenge(_adapter, request, **_kwargs):
    """A vault says first who gives tokens for it, and for what; then the SDK asks the identity for one."""
    response = Response()
    response.status_code = 401
    response.headers["WWW-Authenticate"] = 'Bearer authorization="https://login.microsoftonline.com/tenant", resource="https://vault.azure.net"'
    response.request = request
    response.url = request.url
    response.raw = HTTPResponse(body=BytesIO(), status=401, preload_content=False)
    return response


def _key_vault_secrets(_path):
    backend = release.secrets_backend()
    yield {
        "backend": type(backend).__module__ + "." + type(backend).__qualname__,
        "vaultUrl": backend.vault_url,
        "connection": backend.build_path(backend.connections_prefix, "azure_wi"),
        "variable": backend.build_path(backend.variables_prefix, "azure_wi"),
        # A misspelt argument ends up here, and goes to the client of the SDK.
        "leftOver": sorted(backend.kwargs),
    }
    with patch.object(HTTPAdapter, "send", _challenge):
        backend.get_conn_value("azure_wi")


def _remote_logging(_path):
    log = release.remote_log()
    yield {"class": type(log).__name__, "container": log.wasb_container, "folder": log.remote_base, "connection": log.hook.conn_id}
    log.hook.get_blobs_list(log.wasb_container)


def _account(path):
    # Connects before a request is made, and so without one.
    return {"connection": release.connection_of(path), "path": path.path, "account": path.fs.account_name, "url": path.fs.account_url}


def _object_storage_paths(path):
    base = release.object_storage_path(path)
    yield _account(base)
    list(base.iterdir())


def _object_storage_xcom(_path):
    # It imports what needs the setting when it is imported.
    from airflow.providers.common.io.xcom import backend

    for cached in [backend._get_base_path, backend._get_compression, backend._get_threshold]:
        cached.cache_clear()
    threshold = backend._get_threshold()
    yield {"backend": release.xcom_backend().__name__, "threshold": threshold, **_account(backend._get_base_path())}
    backend.XComObjectStorageBackend.serialize_value("x" * threshold, key="k", task_id="t", dag_id="d", run_id="r")


USES = {
    "keyVaultSecrets": _key_vault_secrets,
    "remoteLogging": _remote_logging,
    "objectStoragePaths": _object_storage_paths,
    "objectStorageXcom": _object_storage_xcom,
}


def use_settings(question):
    """Sets the variables, says what Airflow makes of them, and has it do the first thing that needs Azure."""
    seen = recorder.Seen()
    answer = {"facts": None, "error": None}
    release.forget_object_stores()
    AzureBlobFileSystem.clear_instance_cache()
    with places.environment(question["variables"]), recorder.recording(seen):
        steps = USES[question["preset"]](question["path"])
        try:
            answer["facts"] = next(steps)
            next(steps, None)
        except Exception as error:
            answer["error"] = "".join(traceback.format_exception_only(error)).strip()
    return {**answer, "credentials": seen.credentials, "tokenRequests": seen.token_requests}
