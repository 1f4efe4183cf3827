"""For each connection type: its hook, and the first thing a task would do with it, which makes the hook sign in."""

from azure.kusto.data._cloud_settings import CloudSettings

from airflow.providers.microsoft.azure.hooks.adx import AzureDataExplorerHook
from airflow.providers.microsoft.azure.hooks.asb import AdminClientHook, MessageHook
from airflow.providers.microsoft.azure.hooks.base_azure import AzureBaseHook
from airflow.providers.microsoft.azure.hooks.batch import AzureBatchHook
from airflow.providers.microsoft.azure.hooks.compute import AzureComputeHook
from airflow.providers.microsoft.azure.hooks.container_instance import AzureContainerInstanceHook
from airflow.providers.microsoft.azure.hooks.container_registry import AzureContainerRegistryHook
from airflow.providers.microsoft.azure.hooks.container_volume import AzureContainerVolumeHook
from airflow.providers.microsoft.azure.hooks.cosmos import AzureCosmosDBHook
from airflow.providers.microsoft.azure.hooks.data_factory import AzureDataFactoryHook
from airflow.providers.microsoft.azure.hooks.data_lake import AzureDataLakeHook, AzureDataLakeStorageV2Hook
from airflow.providers.microsoft.azure.hooks.fileshare import AzureFileShareHook
from airflow.providers.microsoft.azure.hooks.synapse import AzureSynapseHook
from airflow.providers.microsoft.azure.hooks.wasb import WasbHook

try:
    from airflow.providers.microsoft.azure.hooks.ai_agents import AzureAIAgentsHook
except ImportError:
    # Since provider 14.0.0.
    AzureAIAgentsHook = None


class _ManagementClient:
    """Stands for a management SDK's client: signs in with what the hook hands it, an older kind of object unless the connection asks."""

    def __init__(self, credentials, **_arguments):
        if hasattr(credentials, "get_token"):
            credentials.get_token("https://management.azure.com/.default")
        else:
            credentials.signed_session()


def _data_explorer(connection_id):
    # The client reads from the cluster which tenant and scope it wants; every public cluster answers this.
    hook = AzureDataExplorerHook(connection_id)
    CloudSettings.add_to_cache(hook.get_connection(connection_id).host, CloudSettings.DEFAULT_CLOUD)
    hook.run_query("print 1", "database")


def _batch(connection_id):
    # What is wrong with the connection is an error here, and only a sentence in the result of the test.
    hook = AzureBatchHook(connection_id)
    hook.get_conn()
    hook.test_connection()


def _service_bus(connection_id):
    MessageHook(connection_id).get_conn()
    AdminClientHook(connection_id).get_conn().get_queue("queue")


def _synapse(connection_id):
    hook = AzureSynapseHook(connection_id, spark_pool="pool")
    hook.job_id = 1
    hook.get_job_run_status()


OPERATIONS = {
    "azure": lambda connection_id: AzureBaseHook(_ManagementClient, connection_id).get_conn(),
    "azure_ai_agents": lambda connection_id: AzureAIAgentsHook(connection_id).get_agent("agent"),
    "azure_batch": _batch,
    "azure_compute": lambda connection_id: AzureComputeHook(connection_id).get_power_state("group", "machine"),
    "azure_container_instance": lambda connection_id: AzureContainerInstanceHook(connection_id).get_state("group", "name"),
    "azure_container_registry": lambda connection_id: AzureContainerRegistryHook(connection_id).get_conn(),
    "azure_container_volume": lambda connection_id: AzureContainerVolumeHook(connection_id).get_storagekey(storage_account_name="account"),
    "azure_cosmos": lambda connection_id: AzureCosmosDBHook(connection_id).get_conn(),
    "azure_data_explorer": _data_explorer,
    "azure_data_factory": lambda connection_id: AzureDataFactoryHook(connection_id).get_factory("group", "factory"),
    "azure_data_lake": lambda connection_id: AzureDataLakeHook(connection_id).list(""),
    "azure_fileshare": lambda connection_id: AzureFileShareHook(azure_fileshare_conn_id=connection_id).share_service_client.get_service_properties(),
    "azure_service_bus": _service_bus,
    "azure_synapse": _synapse,
    "adls": lambda connection_id: AzureDataLakeStorageV2Hook(connection_id).list_file_system(),
    "wasb": lambda connection_id: WasbHook(connection_id).get_blobs_list("container"),
}


def sign_in(connection_type, connection_id):
    """Makes the hook of a type do its first work; where everything is right it ends with the token that is refused."""
    OPERATIONS[connection_type](connection_id)
