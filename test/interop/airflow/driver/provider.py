"""What the installed provider says about itself."""

import ast
import inspect
from importlib import import_module
from importlib.metadata import version

from airflow.providers.microsoft.azure.get_provider_info import get_provider_info

PACKAGE = "airflow.providers.microsoft.azure."

# Object storage paths (abfs://) read connections of these types without their hook.
FILE_SYSTEM_TYPES = {"wasb", "adls"}


def _strings(module_name):
    tree = ast.parse(inspect.getsource(import_module(module_name)))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _hook(described):
    module_name, class_name = described["hook-class-name"].rsplit(".", 1)
    hook = getattr(import_module(module_name), class_name)
    modules = {cls.__module__ for cls in hook.__mro__ if cls.__module__.startswith(PACKAGE)}
    if described["connection-type"] in FILE_SYSTEM_TYPES:
        modules.add(PACKAGE + "fs.adls")
    strings = set().union(*(_strings(module) for module in modules))
    return {
        "defaultConnectionId": getattr(hook, "default_conn_name", None),
        "words": sorted(each for each in strings if each.isidentifier()),
    }


def described_provider():
    """Gives the provider's version and its connection types, each with what only its hook knows."""
    types = get_provider_info()["connection-types"]
    return {
        "version": version("apache-airflow-providers-microsoft-azure"),
        "types": [{**each, **_hook(each)} for each in types],
    }
