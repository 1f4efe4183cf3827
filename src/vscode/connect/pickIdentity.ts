import * as vscode from 'vscode';
import { isSameIdentity } from '../../identity/armId.ts';
import { isUnsupportedRegion, maxCredentialsPerIdentity } from '../../identity/federatedCredential.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { failureItem } from '../rights/failureItem.ts';
import type { KnownIdentity, Services } from '../services.ts';
import { paced } from '../paced.ts';
import { pickStep } from './stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from './stepPick.ts';

type Needs = Pick<Services, 'identities' | 'signIn' | 'commands' | 'log'>;

/** How an identity is asked for. */
export interface IdentityQuestion {
  readonly title?: string;
  readonly placeholder?: string;
  readonly place?: StepPlace | undefined;
  readonly back?: boolean;
  readonly chosenClientId?: string | undefined;
  readonly recent: readonly string[];
  /** Left out, since it cannot be the answer. */
  readonly except?: ManagedIdentity | undefined;
  /** Makes an identity that can be chosen then; without it there is no such offer. */
  readonly create?: () => Promise<StepAnswer<ManagedIdentity>>;
}

/** Asks for an identity; known ones are there at once, the others appear as they are listed. A new one may be made instead. */
export async function pickIdentity(services: Needs, question: IdentityQuestion): Promise<StepAnswer<Pick<KnownIdentity, 'identity'>>> {
  if ((await services.signIn.accounts()).length === 0) {
    await services.signIn.signIn();
  }
  for (;;) {
    const answer = await pickStep<KnownIdentity | 'create'>({
      title: question.title ?? vscode.l10n.t('Connect deployment to Azure: identity'),
      placeholder: question.placeholder ?? vscode.l10n.t('Which managed identity should the deployment act as? Type a name or client ID.'),
      place: question.place,
      back: question.back,
      // What is offered first is not what is meant by Enter.
      active: ({ value }) => typeof value === 'object' && (question.chosenClientId === undefined || value.identity.clientId === question.chosenClientId),
      load: (show, signal) => listInto(show, services, question, signal),
    });
    if (answer.kind !== 'picked') {
      return answer;
    }
    if (answer.value !== 'create') {
      return { kind: 'picked', value: answer.value };
    }
    const created = await question.create?.();
    if (created?.kind === 'picked') {
      return { kind: 'picked', value: { identity: created.value } };
    }
    if (created?.kind === 'cancelled') {
      return created;
    }
  }
}

async function listInto(
  show: (items: readonly StepItem<KnownIdentity | 'create'>[]) => void,
  services: Needs,
  { recent, except, create }: IdentityQuestion,
  signal: AbortSignal,
): Promise<void> {
  const offers: readonly StepItem<'create'>[] = create === undefined ? [] : [{ label: `$(add) ${vscode.l10n.t('Create identity…')}`, value: 'create' }];
  const failures: StepItem<never>[] = [];
  const refresh = (): number => {
    const items = [...offers, ...identityItems(services.identities.known().filter(({ identity }) => except === undefined || !isSameIdentity(identity, except)), recent), ...failures];
    show(items);
    return items.length;
  };
  const subscription = services.identities.onDidChange(paced(refresh));
  try {
    refresh();
    for (const error of await services.identities.listAll(signal)) {
      failures.push(failureItem(services, 'listing identities', error));
    }
    if (services.identities.known().length === 0 && failures.length === 0) {
      const detail = create === undefined ? vscode.l10n.t('Create one in the Identities view.') : vscode.l10n.t('Create one here.');
      failures.push({ label: `$(info) ${vscode.l10n.t('No user-assigned identity found')}`, detail, alwaysShow: true });
    }
    refresh();
  } finally {
    subscription.dispose();
  }
}

/** One for all comparisons: `localeCompare` makes its own each time, which 10,000 names would feel. */
const byName = new Intl.Collator();

function identityItems(known: readonly KnownIdentity[], recent: readonly string[]): StepItem<KnownIdentity>[] {
  const rank = (one: KnownIdentity): number => {
    const index = recent.indexOf(one.identity.clientId);
    return index === -1 ? recent.length : index;
  };
  return [...known]
    .sort((a, b) => rank(a) - rank(b) || byName.compare(a.identity.name, b.identity.name))
    .map((one) => {
      const { identity, tenant, subscription, credentials } = one;
      const used = credentials === undefined ? [] : [vscode.l10n.t('{0} of {1} used', credentials.length, maxCredentialsPerIdentity)];
      const isUnsupported = isUnsupportedRegion(identity.location);
      const region = isUnsupported ? vscode.l10n.t('{0} takes no federated credentials', identity.location) : identity.location;
      return {
        label: identity.name,
        description: `${identity.resourceGroup} · ${subscription.displayName}`,
        detail: [tenant.displayName, identity.clientId, region, ...(isUnsupported ? [] : used)].join(' · '),
        iconPath: new vscode.ThemeIcon(isUnsupported ? 'warning' : 'shield'),
        value: one,
      };
    });
}
