import * as vscode from 'vscode';
import type { ConnectionResource } from '../../connection/connectionResource.ts';
import type { FieldSource } from '../../connection/connectionType.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';
import { subscriptionNames } from '../identities/subscriptionNames.ts';
import type { Services } from '../services.ts';
import { noneFound, showPages } from './showPages.ts';
import { pickStep } from './stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from './stepPick.ts';

/** How the question is asked. */
interface ResourceQuestion {
  readonly title: string;
  readonly place?: StepPlace;
  readonly back?: boolean;
  /** Offers to type the value instead; the answer is then `typed`. */
  readonly canType?: boolean;
  /** Offers to go on without; the answer is then `leftOut`. */
  readonly canLeaveOut?: boolean;
}

/** A resource, or what was answered instead of one. */
type PickedResource = ConnectionResource | 'typed' | 'leftOut';

/** Asks for a resource of the user's Azure that a connection is to point to; what is found appears page by page. */
export function pickResource(
  services: Pick<Services, 'azure' | 'commands' | 'identities' | 'log'>,
  tenant: TenantRef,
  source: FieldSource,
  { title, place, back, canType = false, canLeaveOut = false }: ResourceQuestion,
): Promise<StepAnswer<PickedResource>> {
  return pickStep<PickedResource>({
    title,
    placeholder: placeholderOf(source),
    place,
    back,
    load: async (show, signal) => {
      const nameOf = subscriptionNames(services);
      const others: readonly StepItem<PickedResource>[] = [
        ...(canType ? [{ label: vscode.l10n.t('Type it instead…'), iconPath: new vscode.ThemeIcon('edit'), alwaysShow: true, value: 'typed' as const }] : []),
        ...(canLeaveOut ? [{ label: vscode.l10n.t('Leave it to the tasks'), iconPath: new vscode.ThemeIcon('circle-slash'), alwaysShow: true, value: 'leftOut' as const }] : []),
      ];
      await showPages(services, show, signal, {
        pages: () => services.azure().connectionResources(tenant, source, signal),
        item: (resource) => resourceItem(resource, source, nameOf),
        always: others,
        none: noneFound(),
        name: 'listing resources for a connection',
      });
    },
  });
}

function resourceItem(resource: ConnectionResource, source: FieldSource, nameOf: (subscriptionId: string) => string): StepItem<ConnectionResource> {
  const above = source === 'subscription' ? [resource.subscriptionId]
    : source === 'resourceGroup' ? [nameOf(resource.subscriptionId)]
      : [resource.resourceGroup, nameOf(resource.subscriptionId), resource.location];
  return { label: resource.name, description: above.filter((part) => part !== '').join(' · '), iconPath: new vscode.ThemeIcon(iconOf(source)), value: resource };
}

function iconOf(source: FieldSource): string {
  switch (source) {
    case 'subscription':
      return 'layers';
    case 'resourceGroup':
      return 'symbol-namespace';
    case 'storageAccount':
    case 'dataLakeAccount':
    case 'cosmosAccount':
      return 'database';
    case 'dataFactory':
    case 'synapseWorkspace':
    case 'batchAccount':
      return 'server-process';
    case 'containerRegistry':
      return 'package';
    case 'serviceBusNamespace':
      return 'mail';
    case 'dataExplorerCluster':
      return 'graph';
    case 'keyVault':
      return 'lock';
    case 'aiProject':
      return 'robot';
  }
}

function placeholderOf(source: FieldSource): string {
  switch (source) {
    case 'subscription':
      return vscode.l10n.t('Which subscription?');
    case 'resourceGroup':
      return vscode.l10n.t('Which resource group?');
    case 'storageAccount':
      return vscode.l10n.t('Which storage account?');
    case 'dataLakeAccount':
      return vscode.l10n.t('Which storage account with a hierarchical namespace?');
    case 'dataFactory':
      return vscode.l10n.t('Which data factory?');
    case 'synapseWorkspace':
      return vscode.l10n.t('Which Synapse workspace?');
    case 'batchAccount':
      return vscode.l10n.t('Which Batch account?');
    case 'cosmosAccount':
      return vscode.l10n.t('Which Cosmos DB account?');
    case 'containerRegistry':
      return vscode.l10n.t('Which container registry?');
    case 'serviceBusNamespace':
      return vscode.l10n.t('Which Service Bus namespace?');
    case 'dataExplorerCluster':
      return vscode.l10n.t('Which Data Explorer cluster?');
    case 'keyVault':
      return vscode.l10n.t('Which key vault?');
    case 'aiProject':
      return vscode.l10n.t('Which Azure AI Foundry project?');
  }
}
