import * as vscode from 'vscode';
import { maxCredentialsPerIdentity } from '../../identity/federatedCredential.ts';
import type { KnownIdentity, Services } from '../services.ts';
import { paced } from '../paced.ts';
import { pickStep } from './stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from './stepPick.ts';

type Needs = Pick<Services, 'identities' | 'signIn' | 'commands' | 'log'>;

/** Asks for an identity; known ones are there at once, the others appear as they are listed. */
export async function pickIdentity(
  services: Needs,
  options: {
    readonly title?: string;
    readonly placeholder?: string;
    readonly place?: StepPlace | undefined;
    readonly back?: boolean;
    readonly chosenClientId?: string | undefined;
    readonly recent: readonly string[];
  },
): Promise<StepAnswer<KnownIdentity>> {
  if ((await services.signIn.accounts()).length === 0) {
    await services.signIn.signIn();
  }
  return pickStep<KnownIdentity>({
    title: options.title ?? vscode.l10n.t('Connect deployment to Azure: identity'),
    placeholder: options.placeholder ?? vscode.l10n.t('Which managed identity should the deployment act as? Type a name or client ID.'),
    place: options.place,
    back: options.back,
    active: ({ value }) => value !== undefined && value.identity.clientId === options.chosenClientId,
    load: async (show, signal) => {
      const failures: StepItem<KnownIdentity>[] = [];
      const refresh = (): number => {
        const items = [...identityItems(services.identities.known(), options.recent), ...failures];
        show(items);
        return items.length;
      };
      const subscription = services.identities.onDidChange(paced(refresh));
      try {
        refresh();
        for (const error of await services.identities.listAll(signal)) {
          services.log.failure('listing identities', error);
          failures.push({
            label: `$(error) ${error.message}`,
            ...(error.fix === undefined ? {} : { detail: error.fix }),
            alwaysShow: true,
            run: () => services.commands.execute('airflowIdentity.showLog'),
          });
        }
        if (services.identities.known().length === 0 && failures.length === 0) {
          failures.push({ label: `$(info) ${vscode.l10n.t('No user-assigned identity found')}`, detail: vscode.l10n.t('Create one in the Azure portal, then refresh the Identities view.'), alwaysShow: true });
        }
        refresh();
      } finally {
        subscription.dispose();
      }
    },
  });
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
      return {
        label: identity.name,
        description: `${identity.resourceGroup} · ${subscription.displayName}`,
        detail: [tenant.displayName, identity.location, identity.clientId, ...used].join(' · '),
        iconPath: new vscode.ThemeIcon('shield'),
        value: one,
      };
    });
}
