import * as vscode from 'vscode';
import type { SubscriptionTarget } from '../../contributions.ts';
import { isCancel } from '../../errors.ts';
import type { AdminText } from '../../identity/adminText.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { IdentityHost } from '../../identity/identityAdminPort.ts';
import type { Subscription } from '../../identity/managedIdentity.ts';
import { rightsForSystemAssigned } from '../../identity/permissionCheck.ts';
import { goThrough, taken } from '../connect/goThrough.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace, Turn } from '../connect/stepPick.ts';
import { copyText } from '../copyText.ts';
import { askAdmin, missingOf } from '../rights/accessCheck.ts';
import { repeatedWrite } from '../repeatedWrite.ts';
import { failureItem } from '../rights/failureItem.ts';
import type { Services } from '../services.ts';
import { pickSubscription } from './createIdentitySteps.ts';
import { hostType } from './hostTypes.ts';
import type { IdentitiesView } from './identitiesView.ts';
import { SystemAssignedNode } from './systemAssignedNodes.ts';

/** Asks for an App Service or a virtual machine without an identity of its own, shows what is written, and enables it. */
export async function enableSystemAssigned(services: Services, view: IdentitiesView, target: SubscriptionTarget | undefined): Promise<void> {
  let subscription = target?.subscription;
  let host: IdentityHost | undefined;
  let isAgreed = false;
  const totalSteps = target === undefined ? 3 : 2;
  const place = (fromEnd: number): StepPlace => ({ step: totalSteps - fromEnd, totalSteps });
  await goThrough([
    ...(target === undefined
      ? [async () => taken(await pickSubscription(services, view.tree, title(), { place: place(2), back: false }), (listed) => { subscription = listed.subscription; })]
      : []),
    async () => subscription === undefined
      ? 'cancelled'
      : taken(await pickHost(services, subscription, { place: place(1), back: target === undefined }), (picked) => { host = picked; }),
    async () => {
      const turn: Turn = host === undefined ? 'cancelled' : await review(services, host, place(0));
      isAgreed = turn === 'next';
      return turn;
    },
  ]);
  if (isAgreed && host !== undefined) {
    await enable(services, view, host);
  }
}

async function pickHost(services: Services, subscription: Subscription, options: { readonly place: StepPlace; readonly back: boolean }): Promise<StepAnswer<IdentityHost>> {
  return pickStep<IdentityHost>({
    title: title(),
    placeholder: vscode.l10n.t('Which App Service or virtual machine without one?'),
    ...options,
    load: async (show, signal) => {
      const items: StepItem<IdentityHost>[] = [];
      try {
        for await (const page of services.azure().identityHosts(subscription, {}, signal)) {
          items.push(...page.filter(couldHaveOne).map(hostItem));
          items.sort((a, b) => a.label.localeCompare(b.label));
          show([...items]);
        }
        if (items.length === 0) {
          show([{ label: `$(info) ${vscode.l10n.t('No App Service or virtual machine without one')}`, detail: vscode.l10n.t('Other kinds of resources get theirs in the Azure portal.'), alwaysShow: true }]);
        }
      } catch (error) {
        if (!isCancel(error)) {
          show([...items, failureItem(services, 'enable system-assigned identity', error)]);
        }
      }
    },
  });
}

async function review(services: Services, host: IdentityHost, place: StepPlace): Promise<Turn> {
  const what = items(host);
  let help: AdminText | undefined;
  const answer = await pickStep<'enable' | 'copy'>({
    title: vscode.l10n.t('Enable the system-assigned identity of {0}', host.name),
    placeholder: vscode.l10n.t('Nothing is written until you choose to enable it.'),
    place,
    back: true,
    load: async (show, signal) => {
      show(what);
      const needed = rightsForSystemAssigned(host);
      const missing = needed === undefined ? undefined : await missingOf(services, needed, host, host.id, signal);
      help = askAdmin(services, missing, host, host.id, [{ kind: 'enableSystemAssigned', host }]);
      show([
        help === undefined
          ? { label: `$(check) ${vscode.l10n.t('Enable')}`, alwaysShow: true, value: 'enable' }
          : { label: `$(copy) ${vscode.l10n.t('Copy text for your admin')}`, description: help.recipient, detail: help.message, alwaysShow: true, value: 'copy' },
        ...what,
      ]);
    },
  });
  if (answer.kind !== 'picked') {
    return answer.kind;
  }
  if (answer.value === 'enable') {
    return 'next';
  }
  await copyText(help?.text ?? '');
  return 'cancelled';
}

function items({ name, type, id, userAssigned }: IdentityHost): StepItem<never>[] {
  const { title: kind, icon } = hostType(type);
  return [
    { label: vscode.l10n.t('What is written'), kind: vscode.QuickPickItemKind.Separator },
    { label: `$(${icon}) ${vscode.l10n.t('{0} gets an identity of its own', name)}`, description: kind, detail: id, alwaysShow: true },
    ...(userAssigned.length === 0
      ? []
      : [{ label: `$(shield) ${vscode.l10n.t('Its user-assigned identities stay')}`, detail: userAssigned.map((one) => one.slice(one.lastIndexOf('/') + 1)).join(', '), alwaysShow: true }]),
    { label: `$(info) ${vscode.l10n.t('It takes no federated credentials')}`, detail: vscode.l10n.t('Code on the resource can use it; no Airflow deployment can.'), alwaysShow: true },
  ];
}

async function enable(services: Services, view: IdentitiesView, host: IdentityHost): Promise<void> {
  const { azure, commands, messages } = services;
  const progress = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Enabling the identity of {0}', host.name) };
  const { value: enabled } = await vscode.window.withProgress(progress, () =>
    repeatedWrite(services, 'enable system-assigned identity', (signal) => azure().enableSystemAssigned(host, signal)));
  const rows = view.tree.known((node) => node instanceof SystemAssignedNode).filter((node) => node instanceof SystemAssignedNode);
  for (const row of rows.filter(({ subscription }) => sameArmId(subscription.subscriptionId, host.subscriptionId))) {
    row.keep(enabled);
    view.tree.refresh(row);
  }
  const principalId = enabled.systemAssigned?.principalId ?? '';
  const giveAccess = vscode.l10n.t('Give Access…');
  if ((await messages.info(vscode.l10n.t('{0} has a system-assigned identity now, with the principal ID {1}.', host.name, principalId), giveAccess)) === giveAccess) {
    const { account, tenantId, subscriptionId, name } = host;
    await commands.execute('airflowIdentity.giveAccess', { principal: { account, tenantId, subscriptionId, name, principalId } });
  }
}

function couldHaveOne(host: IdentityHost): boolean {
  return host.systemAssigned === undefined && rightsForSystemAssigned(host) !== undefined;
}

function hostItem(host: IdentityHost): StepItem<IdentityHost> {
  const { title: kind, icon } = hostType(host.type);
  return { label: host.name, description: `${kind} · ${host.resourceGroup}`, iconPath: new vscode.ThemeIcon(icon), value: host };
}

function title(): string {
  return vscode.l10n.t('Enable system-assigned identity');
}
