"""The hooks of deferrable operators, which sign in for themselves in the triggerer, and the first thing a trigger does with each."""

import asyncio

from airflow.providers.microsoft.azure.hooks.ai_agents import AzureAIAgentsAsyncHook
from airflow.providers.microsoft.azure.hooks.compute import AzureComputeHook
from airflow.providers.microsoft.azure.hooks.container_instance import AzureContainerInstanceAsyncHook
from airflow.providers.microsoft.azure.hooks.data_factory import AzureDataFactoryAsyncHook
from airflow.providers.microsoft.azure.hooks.synapse import AzureSynapsePipelineAsyncHook
from airflow.providers.microsoft.azure.hooks.wasb import WasbAsyncHook


async def _wasb(connection_id):
    hook = WasbAsyncHook(connection_id)
    async with await hook.get_async_conn():
        await hook.get_blobs_list_async("container")


async def _data_factory(connection_id):
    async with AzureDataFactoryAsyncHook(connection_id) as hook:
        await hook.get_adf_pipeline_run_status("run", "group", "factory")


async def _synapse(connection_id):
    async with AzureSynapsePipelineAsyncHook("https://workspace.dev.azuresynapse.net", connection_id) as hook:
        await hook.get_pipeline_run_status("run")


async def _container_instance(connection_id):
    await AzureContainerInstanceAsyncHook(connection_id).get_state("group", "name")


async def _compute(connection_id):
    async with AzureComputeHook(connection_id) as hook:
        await hook.async_get_power_state("group", "machine")


async def _ai_agents(connection_id):
    hook = AzureAIAgentsAsyncHook(connection_id)
    try:
        await hook.async_get_agent_version("agent", "1")
    finally:
        await hook.close()


OPERATIONS = {
    "azure_ai_agents": _ai_agents,
    "azure_compute": _compute,
    "azure_container_instance": _container_instance,
    "azure_data_factory": _data_factory,
    "azure_synapse": _synapse,
    "wasb": _wasb,
}


def sign_in(connection_type, connection_id):
    """Makes the asynchronous hook of a type do its first work; where everything is right it ends with the token that is refused."""
    asyncio.run(OPERATIONS[connection_type](connection_id))
