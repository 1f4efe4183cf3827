import { isCancel, toAirflowIdentityError } from '../../../src/errors.ts';
import type { AirflowIdentityError } from '../../../src/errors.ts';
import type { ManagedIdentity } from '../../../src/identity/managedIdentity.ts';
import type { IdentityPage } from '../../../src/identity/searchPort.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { accounts, contoso, identityRef, subscription } from '../azure/cloudClient.ts';
import type { Operation, State, Told } from './operation.ts';
import type { TestWindow } from './window.ts';

type Pages = (window: TestWindow, signal: AbortSignal) => AsyncIterable<readonly string[]>;

const prod = identityRef(sample.identities.airflowProd.name);

const identityType = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** Reads of the tree. Their pages are small, so that a fault hits the second one and the first is there already. */
export const listings: readonly Operation[] = [
  listing({ name: 'List tenants', path: '^/tenants', skip: 0, expected: 3, right: 'Microsoft.Resources/tenants/read' }, (window, signal) =>
    named(window.azure.tenants(accounts.dana, signal), ({ tenantId }) => tenantId),
  ),
  listing({ name: 'List subscriptions', path: '^/subscriptions\\?', skip: 1, expected: 3, right: 'Microsoft.Resources/subscriptions/read' }, (window, signal) =>
    named(window.azure.subscriptions(contoso, signal), ({ subscriptionId }) => subscriptionId),
  ),
  listing(
    {
      name: 'List identities of a subscription',
      path: '/userAssignedIdentities\\?',
      skip: 1,
      expected: 5,
      right: `${identityType}/read`,
      notYet: ['SubscriptionNotFound', "The subscription 'c0ffee00' could not be found."],
    },
    (window, signal) => named(window.azure.identities(subscription(sample.subscriptions.production), signal), ({ id }) => id),
  ),
  listing(
    { name: 'Search a tenant with Resource Graph', method: 'POST', path: '/providers/Microsoft.ResourceGraph/resources', skip: 1, expected: 7, right: 'Microsoft.ResourceGraph/resources/read' },
    (window, signal) => named(pagesOf(window.azure.searchIdentities(contoso, undefined, {}, signal)), ({ id }) => id),
  ),
  listing(
    {
      name: 'List credentials of an identity',
      path: '/federatedIdentityCredentials\\?',
      skip: 1,
      expected: 7,
      right: `${identityType}/federatedIdentityCredentials/read`,
      notYet: ['ResourceNotFound', "The Resource 'Microsoft.ManagedIdentity/userAssignedIdentities/id-airflow-prod' under resource group 'rg-airflow-identity' was not found."],
    },
    async function* (window, signal) {
      yield (await window.azure.credentials(prod, signal)).map(({ name }) => name);
    },
  ),
];

async function* pagesOf(pages: AsyncIterable<IdentityPage>): AsyncIterable<readonly ManagedIdentity[]> {
  for await (const { identities } of pages) {
    yield identities;
  }
}

/** Page sizes that make every listing of the sample world several pages long. */
export const smallPages = { subscriptions: 2, resourceGroups: 2, identities: 2, credentials: 3 };

interface Listing extends Pick<Operation, 'name' | 'right' | 'notYet'> {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly skip: number;
  /** How many there are in the sample world. */
  readonly expected: number;
}

function listing({ method = 'GET', path, skip, expected, ...rest }: Listing, pages: Pages): Operation {
  return {
    ...rest,
    hits: { method, path, skip },
    begin: (window) => {
      let shown: string[] = [];
      const list = async (signal: AbortSignal): Promise<void> => {
        shown = [];
        for await (const page of pages(window, signal)) {
          shown.push(...page);
        }
      };
      return {
        perform: async (signal) => {
          try {
            await list(signal);
            return { text: `The list${waits(window)}.`, complete: true };
          } catch (error) {
            return isCancel(error) ? { text: 'Nothing; it was cancelled.', complete: false } : told(toAirflowIdentityError(error), window, () => list(signal));
          }
        },
        stateAfter: (_world, said) => stateOf(shown, expected, said),
      };
    },
  };
}

/** What only lacks a session goes on when the user signs in; the tree reads again then. */
async function told(error: AirflowIdentityError, window: TestWindow, again: () => Promise<void>): Promise<Told> {
  const text = wordsOf(error);
  if (error.code !== 'signedOut' && error.code !== 'interactionRequired') {
    return { text, complete: false };
  }
  await window.signIn();
  await again();
  return { text: `${text} After the sign-in: the list.`, complete: true };
}

/** An error as it is shown. The silence is shorter here than in the product. */
export function wordsOf({ message, fix }: AirflowIdentityError): string {
  return (fix === undefined ? message : `${message} ${fix}`).replace('within 1 seconds', 'within 30 seconds');
}

function waits({ client }: TestWindow): string {
  const [first] = client.waits;
  return first === undefined ? '' : `, after ${client.waits.length} ${client.waits.length === 1 ? 'wait' : 'waits'} (${first.reason.replace(/^[A-Z_]{5,}$/, 'the connection broke')})`;
}

function stateOf(shown: readonly string[], expected: number, said: Told | undefined): State {
  if (new Set(shown).size < shown.length) {
    return { text: `${shown.length} shown, ${expected} there are`, wrong: 'doubled' };
  }
  if (said?.complete === true) {
    return shown.length === expected ? { text: `${expected} of ${expected} shown` } : { text: `${shown.length} of ${expected} shown`, wrong: 'lost' };
  }
  return { text: shown.length === 0 ? 'none shown' : `${shown.length} of ${expected} shown` };
}

async function* named<T>(pages: AsyncIterable<readonly T[]>, nameOf: (item: T) => string): AsyncIterable<readonly string[]> {
  for await (const page of pages) {
    yield page.map((item) => nameOf(item));
  }
}
