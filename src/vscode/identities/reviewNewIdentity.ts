import * as vscode from 'vscode';
import type { AdminText } from '../../identity/adminText.ts';
import type { AzChange } from '../../identity/azCommands.ts';
import { isUnsupportedRegion } from '../../identity/federatedCredential.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepItem, StepPlace, Turn } from '../connect/stepPick.ts';
import { copyText } from '../copyText.ts';
import { askAdmin, missingOn } from '../rights/accessCheck.ts';
import type { Services } from '../services.ts';
import type { PlannedIdentity } from './newIdentity.ts';

/** Shows what exactly is made; where a right is missing it is named, and the text for whoever has it takes the place of Create. */
export async function reviewNewIdentity(services: Pick<Services, 'azure' | 'clouds' | 'log'>, planned: PlannedIdentity, place: StepPlace): Promise<Turn> {
  let help: AdminText | undefined;
  const answer = await pickStep<'create' | 'copy'>({
    title: vscode.l10n.t('Create {0}', planned.write.name),
    placeholder: vscode.l10n.t('Nothing is written until you choose to create it.'),
    place,
    back: true,
    active: ({ value }) => value !== undefined,
    load: async (show, signal) => {
      show(planItems(planned));
      help = await lacking(services, planned, signal);
      show([...choices(help), ...planItems(planned)]);
    },
  });
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  if (answer.value === 'create') {
    return 'next';
  }
  await copyText(help?.text ?? '');
  return 'cancelled';
}

/** What to say about a right that the plan needs and the user lacks. A new group is made in the subscription, and the identity in it. */
async function lacking(services: Pick<Services, 'azure' | 'clouds' | 'log'>, { group, write }: PlannedIdentity, signal: AbortSignal): Promise<AdminText | undefined> {
  const subscription = `/subscriptions/${write.subscriptionId}`;
  const identity: AzChange = { kind: 'createIdentity', identity: write };
  if (group.existing !== undefined) {
    const scope = `${subscription}/resourceGroups/${group.name}`;
    return askAdmin(services, await missingOn(services, 'createIdentity', write, scope, signal), write, scope, [identity]);
  }
  const changes: readonly AzChange[] = [{ kind: 'createResourceGroup', subscriptionId: write.subscriptionId, group: { name: group.name, location: write.location } }, identity];
  const missing = (await missingOn(services, 'createResourceGroup', write, subscription, signal)) ?? (await missingOn(services, 'createIdentity', write, subscription, signal));
  return askAdmin(services, missing, write, subscription, changes);
}

function choices(help: AdminText | undefined): StepItem<'create' | 'copy'>[] {
  return help === undefined
    ? [{ label: `$(check) ${vscode.l10n.t('Create')}`, alwaysShow: true, value: 'create' }]
    : [{ label: `$(copy) ${vscode.l10n.t('Copy text for your admin')}`, description: help.recipient, detail: help.message, alwaysShow: true, value: 'copy' }];
}

function planItems({ place, group, write }: PlannedIdentity): StepItem<'create' | 'copy'>[] {
  const tags = Object.entries(write.tags).map(([name, value]) => `${name}: ${value}`).join(', ');
  const { displayName } = place.subscription;
  return [
    { label: vscode.l10n.t('What is written'), kind: vscode.QuickPickItemKind.Separator },
    ...(group.existing === undefined
      ? [{ label: `$(symbol-namespace) ${vscode.l10n.t('New resource group: {0}', group.name)}`, detail: `${displayName} · ${write.location}`, alwaysShow: true }]
      : []),
    { label: `$(shield) ${vscode.l10n.t('New identity: {0}', write.name)}`, detail: vscode.l10n.t('In resource group {0}', group.name), alwaysShow: true },
    {
      label: `$(${isUnsupportedRegion(write.location) ? 'warning' : 'globe'}) ${vscode.l10n.t('Region: {0}', write.location)}`,
      ...(isUnsupportedRegion(write.location) ? { detail: vscode.l10n.t('It takes no federated credentials: no deployment can be connected to this identity.') } : {}),
      alwaysShow: true,
    },
    { label: `$(layers) ${vscode.l10n.t('Subscription: {0}', displayName)}`, detail: place.tenantName, alwaysShow: true },
    ...(tags === '' ? [] : [{ label: `$(tag) ${vscode.l10n.t('Tags: {0}', tags)}`, alwaysShow: true }]),
  ];
}
