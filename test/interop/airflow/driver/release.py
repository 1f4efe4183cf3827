"""Where Airflow 2 and 3 differ."""

import contextlib
import io
import logging

import airflow
from airflow.models.connection import Connection
from airflow.models.log import Log
from airflow.utils.session import create_session

IS_3 = airflow.__version__.startswith("3.")


def prepare():
    """Makes the few tables that importing a connection needs; all of them would take a minute of migrations."""
    logging.getLogger("airflow").setLevel(logging.ERROR)
    tables = [Connection.__table__, Log.__table__]
    if IS_3:
        from airflow.models.team import Team

        tables += [Team.__table__]
    with create_session() as session:
        Connection.metadata.create_all(session.get_bind(), tables=tables)
        if IS_3:
            # A file may give a connection to a team, which has to exist.
            session.add(Team(name="data"))
    if IS_3:
        _be_a_task()


def _be_a_task():
    # A task of Airflow 3 never opens the database: it asks its supervisor, which asks the execution API.
    from airflow.api_fastapi.execution_api.datamodels.connection import ConnectionResponse
    from airflow.sdk.api.datamodels import _generated as client
    from airflow.sdk.exceptions import ErrorType
    from airflow.sdk.execution_time import task_runner
    from airflow.sdk.execution_time.comms import ConnectionResult, ErrorResponse, GetConnection

    class Supervisor:
        def send(self, message):
            if not isinstance(message, GetConnection):
                # Secrets to be masked in logs, and the like.
                return None
            with create_session() as session:
                found = session.query(Connection).filter_by(conn_id=message.conn_id).one_or_none()
                if found is None:
                    return ErrorResponse(error=ErrorType.CONNECTION_NOT_FOUND)
                sent = ConnectionResponse.model_validate(found).model_dump_json(by_alias=True)
            return ConnectionResult.from_conn_response(client.ConnectionResponse.model_validate_json(sent))

    task_runner.SUPERVISOR_COMMS = Supervisor()


def forget_backends():
    """Lets Airflow look again at which secrets backends are set; it does so once per process otherwise."""
    if IS_3:
        from airflow.sdk.configuration import clear_secrets_backends_cache

        clear_secrets_backends_cache()


def get_connection(connection_id):
    """Reads a connection as a task does."""
    if IS_3:
        from airflow.sdk import BaseHook
    else:
        from airflow.hooks.base import BaseHook
    return BaseHook.get_connection(connection_id)


def fields(connection):
    """A connection as a hook sees it."""
    names = ["conn_id", "conn_type", "host", "schema", "login", "password", "port"]
    return {**{name: getattr(connection, name) for name in names}, "extra": connection.extra_dejson}


@contextlib.contextmanager
def empty_database():
    """A database without connections, before and after."""
    _delete_connections()
    try:
        yield
    finally:
        _delete_connections()


def _delete_connections():
    with create_session() as session:
        session.query(Connection).delete()


def import_connections(file):
    """Runs `airflow connections import` and gives what it printed."""
    from airflow.cli.cli_parser import get_parser

    arguments = get_parser().parse_args(["connections", "import", file])
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        arguments.func(arguments)
    return printed.getvalue()


def post_connection(body):
    """What Airflow's REST API does with `POST /connections`, below its sign-in."""
    with create_session() as session:
        if IS_3:
            from airflow.api_fastapi.core_api.datamodels.connections import ConnectionBody
            from airflow.api_fastapi.core_api.routes.public.connections import post_connection as post

            post(ConnectionBody.model_validate(body), session)
        else:
            from airflow.api_connexion.schemas.connection_schema import connection_schema

            session.add(Connection(**connection_schema.load(body)))


def secrets_backend():
    """The secrets backend that is set, made anew, as a task makes it."""
    if IS_3:
        from airflow.sdk.configuration import conf

        return conf._get_custom_secret_backend()
    from airflow.configuration import get_custom_secret_backend

    return get_custom_secret_backend()


def remote_log():
    """Where logs of tasks go, as the settings say now."""
    if IS_3:
        from airflow.sdk import log

        log._load_logging_config()
        return log.load_remote_log_handler()
    import importlib

    from airflow.config_templates import airflow_local_settings
    from airflow.utils.module_loading import import_string

    handler = importlib.reload(airflow_local_settings).DEFAULT_LOGGING_CONFIG["handlers"]["task"]
    names = ["base_log_folder", "wasb_log_folder", "wasb_container"]
    return import_string(handler["class"])(**{name: handler[name] for name in names}).io


def object_storage_path(path):
    """A path of object storage, as a DAG writes it."""
    if IS_3:
        from airflow.sdk import ObjectStoragePath
    else:
        from airflow.io.path import ObjectStoragePath
    return ObjectStoragePath(path)


def connection_of(path):
    """The connection that a path of object storage signs in with."""
    return path.conn_id if IS_3 else path.storage_options["conn_id"]


def forget_object_stores():
    """Lets Airflow look again at the connections behind paths; it does so once per process otherwise."""
    if IS_3:
        from airflow.sdk.io import store
    else:
        from airflow.io import store
    store._STORE_CACHE.clear()


def xcom_backend():
    """The class that is set for XComs."""
    if IS_3:
        from airflow.sdk.execution_time.xcom import resolve_xcom_backend
    else:
        from airflow.models.xcom import resolve_xcom_backend
    return resolve_xcom_backend()
