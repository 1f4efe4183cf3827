import * as vscode from 'vscode';
import type { Dependents } from '../../identity/deletePlan.ts';
import type { StepItem } from '../connect/stepPick.ts';
import { hostType } from './hostTypes.ts';

/** What depends on an identity, part by part. */
export function dependentItems({ credentials, assignments, hosts, connections, unread }: Dependents): StepItem<never>[] {
  return [
    ...section(
      vscode.l10n.t('Federated credentials'),
      credentials.map(({ credential, servedTo }) => ({
        label: `$(key) ${credential.name}`,
        description: servedTo.length === 0 ? vscode.l10n.t('no deployment known here') : servedTo.join(', '),
      })),
    ),
    ...section(
      vscode.l10n.t('Role assignments'),
      assignments.map(({ roleName, scopeName }) => ({ label: `$(checklist) ${roleName}`, description: scopeName })),
    ),
    ...section(
      vscode.l10n.t('Resources that it is assigned to'),
      hosts.map(({ name, type, resourceGroup }) => ({ label: `$(${hostType(type).icon}) ${name}`, description: `${hostType(type).title} · ${resourceGroup}` })),
    ),
    ...section(
      vscode.l10n.t('Airflow connections of this workspace'),
      connections.map(({ connectionId, file }) => ({ label: `$(plug) ${connectionId}`, description: file })),
    ),
    ...section(
      vscode.l10n.t('Could not be read'),
      unread.map(({ what, reason }) => ({ label: `$(warning) ${what}`, description: reason })),
    ),
  ];
}

function section(title: string, items: readonly StepItem<never>[]): StepItem<never>[] {
  return items.length === 0 ? [] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
