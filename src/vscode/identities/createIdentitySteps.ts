import * as vscode from 'vscode';
import { isCancel } from '../../errors.ts';
import { sameArmId } from '../../identity/armId.ts';
import { isUnsupportedRegion } from '../../identity/federatedCredential.ts';
import type { Region } from '../../identity/identityAdminPort.ts';
import { identityNameProblem } from '../../identity/identityName.ts';
import type { IdentityRef, Subscription } from '../../identity/managedIdentity.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from '../connect/stepPick.ts';
import { askText } from '../inputStep.ts';
import type { InputAnswer } from '../inputStep.ts';
import { failureItem } from '../rights/failureItem.ts';
import type { Services } from '../services.ts';
import type { LazyTree } from '../tree/lazyTree.ts';
import type { ListedSubscription } from './listedSubscriptions.ts';
import { listSubscriptions } from './listedSubscriptions.ts';

/** What the questions need. */
export type QuestionServices = Pick<Services, 'azure' | 'commands' | 'identities' | 'log'>;

/** Asks for a subscription; they appear as their tenants are listed. */
export async function pickSubscription(
  services: QuestionServices,
  tree: LazyTree,
  title: string,
  options: { readonly place: StepPlace; readonly back: boolean },
): Promise<StepAnswer<ListedSubscription>> {
  return pickStep<ListedSubscription>({
    title,
    placeholder: vscode.l10n.t('Which subscription?'),
    ...options,
    load: async (show, signal) => {
      let items: readonly StepItem<ListedSubscription>[] = [];
      const failures = await listSubscriptions(
        tree,
        (found) => {
          items = found.map(subscriptionItem).sort((a, b) => a.label.localeCompare(b.label));
          show(items);
        },
        signal,
      );
      if (items.length + failures.length === 0) {
        show([{ label: `$(info) ${vscode.l10n.t('No subscription found')}`, detail: vscode.l10n.t('An owner can give this account a role on one.'), alwaysShow: true }]);
      } else {
        show([...items, ...failures.map((error) => failureItem(services, 'create identity', error))]);
      }
    },
  });
}

/** Asks for a name that Azure takes and no identity of the group has. */
export async function askName(
  services: QuestionServices,
  title: string,
  at: Omit<IdentityRef, 'name'>,
  options: { readonly place: StepPlace; readonly value: string | undefined; readonly isGroupNew: boolean },
): Promise<InputAnswer> {
  const clash = vscode.l10n.t('{0} has an identity of this name already.', at.resourceGroup);
  const known = services.identities.known().map(({ identity }) => identity).filter((identity) =>
    identity.account.id === at.account.id && sameArmId(identity.subscriptionId, at.subscriptionId) && sameArmId(identity.resourceGroup, at.resourceGroup));
  return askText({
    title,
    prompt: vscode.l10n.t('Name of the identity. It cannot be changed later.'),
    placeholder: 'id-airflow-prod',
    ...(options.value === undefined ? {} : { value: options.value }),
    ...options.place,
    back: true,
    live: true,
    problem: (text) => identityNameProblem(text) ?? (known.some(({ name }) => sameArmId(name, text)) ? clash : undefined),
    check: async (text, signal) => (options.isGroupNew || !(await stands(services, { ...at, name: text }, signal)) ? undefined : clash),
  });
}

/** Asks for a region; those whose identities take no federated credentials say so and come last. */
export async function pickRegion(
  services: QuestionServices,
  title: string,
  subscription: Subscription,
  options: { readonly place: StepPlace; readonly chosen: string | undefined },
): Promise<StepAnswer<Region>> {
  return pickStep<Region>({
    title,
    placeholder: vscode.l10n.t('Which region? It cannot be changed later.'),
    place: options.place,
    back: true,
    active: ({ value }) => value !== undefined && value.name === options.chosen,
    load: async (show, signal) => {
      try {
        const regions = await services.commands.resuming('create identity: regions', () => services.azure().regions(subscription, signal));
        show([...regions].sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName)).map(regionItem));
      } catch (error) {
        show(failureItems(services, error));
      }
    },
  });
}

/** True when an identity of this name is there; one that cannot be looked for counts as absent, since the write would tell. */
async function stands(services: QuestionServices, ref: IdentityRef, signal: AbortSignal): Promise<boolean> {
  try {
    await services.azure().identity(ref, signal);
    return true;
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    return false;
  }
}

function rank(region: Region): number {
  return isUnsupportedRegion(region.name) ? 1 : 0;
}

function subscriptionItem(listed: ListedSubscription): StepItem<ListedSubscription> {
  const { subscription, tenantName } = listed;
  return {
    label: subscription.displayName,
    description: tenantName,
    detail: subscription.state === 'Enabled' ? subscription.subscriptionId : `${subscription.subscriptionId} · ${subscription.state}`,
    iconPath: new vscode.ThemeIcon('layers'),
    value: listed,
  };
}

function regionItem(region: Region): StepItem<Region> {
  return isUnsupportedRegion(region.name)
    ? { label: `$(warning) ${region.displayName}`, description: region.name, detail: vscode.l10n.t('Its identities take no federated credentials, so no deployment can use them.'), value: region }
    : { label: region.displayName, description: region.name, value: region };
}

function failureItems(services: QuestionServices, error: unknown): StepItem<never>[] {
  return isCancel(error) ? [] : [failureItem(services, 'create identity', error)];
}
