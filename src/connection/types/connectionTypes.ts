import type { ConnectionType } from '../connectionType.ts';
import { adls } from './adls.ts';
import { azure } from './azure.ts';
import { azureAiAgents } from './azureAiAgents.ts';
import { azureBatch } from './azureBatch.ts';
import { azureCompute } from './azureCompute.ts';
import { azureContainerInstance } from './azureContainerInstance.ts';
import { azureContainerRegistry } from './azureContainerRegistry.ts';
import { azureContainerVolume } from './azureContainerVolume.ts';
import { azureCosmos } from './azureCosmos.ts';
import { azureDataExplorer } from './azureDataExplorer.ts';
import { azureDataFactory } from './azureDataFactory.ts';
import { azureDataLake } from './azureDataLake.ts';
import { azureFileshare } from './azureFileshare.ts';
import { azureServiceBus } from './azureServiceBus.ts';
import { azureSynapse } from './azureSynapse.ts';
import { wasb } from './wasb.ts';

/**
 * By `conn_type`, those most people need first. Functions, because their texts are in the user's language once it is known,
 * and because a file with a thousand connections asks for one type at a time.
 */
const makers: ReadonlyMap<string, () => ConnectionType> = new Map([
  ['azure', azure],
  ['wasb', wasb],
  ['adls', adls],
  ['azure_data_factory', azureDataFactory],
  ['azure_service_bus', azureServiceBus],
  ['azure_cosmos', azureCosmos],
  ['azure_data_explorer', azureDataExplorer],
  ['azure_synapse', azureSynapse],
  ['azure_batch', azureBatch],
  ['azure_container_instance', azureContainerInstance],
  ['azure_container_registry', azureContainerRegistry],
  ['azure_container_volume', azureContainerVolume],
  ['azure_fileshare', azureFileshare],
  ['azure_compute', azureCompute],
  ['azure_ai_agents', azureAiAgents],
  ['azure_data_lake', azureDataLake],
]);

/** Every connection type of apache-airflow-providers-microsoft-azure 15.2.1 that can sign in with a workload identity. */
export function connectionTypes(): readonly ConnectionType[] {
  return Array.from(makers.values(), (make) => make());
}

/** The type of this id, spelt as `conn_type` is, or `undefined`. */
export function connectionTypeOf(id: string): ConnectionType | undefined {
  return makers.get(id)?.();
}
