import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { FoundRoles } from '../../../src/identity/heldRoles.ts';
import type { ManagedIdentity } from '../../../src/identity/managedIdentity.ts';
import type { ListedDeployments } from '../../../src/vscode/deployments/listDeployments.ts';
import type { KnownIdentity } from '../../../src/vscode/services.ts';
import { NamedIdentities } from '../../../src/vscode/trust/namedIdentities.ts';
import type { Look, NamedIdentitiesPorts } from '../../../src/vscode/trust/namedIdentities.ts';
import { deployment, identity, issuer, namespace } from '../trust/trustSamples.ts';
import { ManualClock, settled } from './manualClock.ts';

const trusting: readonly FederatedCredential[] = [
  { name: 'worker', issuer, subject: `system:serviceaccount:${namespace}:${namespace}-worker-serviceaccount`, audiences: [publicAudience] },
];
const refused = new AirflowIdentityError('forbidden', 'No right.');
const held: FoundRoles = { scopes: [], unreadSubscriptions: 0, isSearched: true };

/** A read that was asked for and is not answered yet. */
interface Asked<T> {
  readonly signal: AbortSignal;
  readonly answer: (value: T) => void;
  readonly fail: (error: Error) => void;
}

/** A service whose answers the test gives. */
class Answers<T> {
  readonly asked: Asked<T>[] = [];

  read(signal: AbortSignal): Promise<T> {
    return new Promise((answer, fail) => {
      this.asked.push({ signal, answer, fail });
      signal.addEventListener('abort', () => { fail(new DOMException('Canceled', 'AbortError')); });
    });
  }

  /** What was asked last, once whoever asks had the time to. */
  async last(): Promise<Asked<T>> {
    await settled();
    const last = this.asked.at(-1);
    assert.ok(last, 'something was asked');
    return last;
  }
}

/** Azure and Airflow as far as they are asked about identities that connections name. */
class World {
  known: readonly KnownIdentity[] = [knownAs(identity)];
  listed: ListedDeployments | undefined;
  readonly clock = new ManualClock();
  readonly credentials = new Answers<readonly FederatedCredential[]>();
  readonly deployments = new Answers<ListedDeployments>();
  readonly roles = new Answers<FoundRoles>();
  readonly failures: string[] = [];
  readonly named = new NamedIdentities(this.#ports());

  get one(): KnownIdentity {
    const [one] = this.known;
    assert.ok(one);
    return one;
  }

  #ports(): NamedIdentitiesPorts {
    return {
      clock: this.clock,
      log: { failure: (what, { code }) => { this.failures.push(`${what}: ${code}`); } },
      clouds: { audience: publicAudience },
      identities: {
        known: () => this.known,
        refreshIdentity: async ({ name }, signal) => {
          const credentials = await this.credentials.read(signal);
          this.known = this.known.map((one) => (one.identity.name === name ? { ...one, credentials } : one));
        },
      },
      deployments: Object.defineProperty(
        { listed: this.listed, listAll: async (signal: AbortSignal) => (this.listed = await this.deployments.read(signal)) },
        'listed',
        { get: () => this.listed },
      ),
      roles: { roles: (_principal, signal) => this.roles.read(signal) },
    };
  }
}

function knownAs(one: ManagedIdentity): KnownIdentity {
  const { account, tenantId, subscriptionId } = one;
  return {
    identity: one,
    tenant: { account, tenantId, displayName: 'Contoso', defaultDomain: undefined },
    subscription: { account, tenantId, subscriptionId, displayName: 'Production', state: 'Enabled' },
    credentials: undefined,
  };
}

const looking = (signal: AbortSignal = new AbortController().signal): Look => ({ signal, retries: 'nothing' });

describe('the identities that connections name', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });

  it('are found by client ID in any letter case, and by principal ID only where that may be meant', () => {
    assert.equal(world.named.identityOf(identity.clientId.toUpperCase())?.identity, identity);
    assert.equal(world.named.identityOf(identity.principalId), undefined);
    assert.equal(world.named.meantBy(identity.principalId)?.identity, identity);
    world.known = [];
    assert.equal(world.named.identityOf(identity.clientId), undefined);
  });

  it('are asked about once, however many look, and then not again', async () => {
    const both = Promise.all([world.named.read([world.one], looking()), world.named.read([world.one], looking())]);
    (await world.credentials.last()).answer(trusting);
    (await world.deployments.last()).answer({ deployments: [deployment], failures: [] });
    await both;
    await world.named.read([world.one], looking());
    assert.deepEqual([world.credentials.asked.length, world.deployments.asked.length], [1, 1]);
    assert.deepEqual(world.named.trustOf(world.one)?.map((trust) => [trust.deployment.name, trust.trusted]), [[deployment.name, 1]]);
  });

  it('are asked about no longer than somebody looks', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const both = Promise.all([world.named.read([world.one], looking(first.signal)), world.named.read([world.one], looking(second.signal))]);
    first.abort();
    await settled();
    assert.equal((await world.credentials.last()).signal.aborted, false);
    second.abort();
    await both;
    for (const { signal } of [await world.credentials.last(), await world.deployments.last()]) {
      assert.equal(signal.aborted, true);
    }
    assert.deepEqual(world.failures, []);
  });

  it('are asked about all the same by whoever looks when another one stops looking', async () => {
    const first = new AbortController();
    const stopped = world.named.read([world.one], looking(first.signal));
    await world.credentials.last();
    const next = world.named.read([world.one], looking());
    first.abort();
    await stopped;
    (await world.credentials.last()).answer(trusting);
    (await world.deployments.last()).answer({ deployments: [deployment], failures: [] });
    await next;
    assert.equal(world.named.trustOf(world.one)?.length, 1);
    const again = new AbortController();
    world.known = [knownAs(identity)];
    const given = world.named.read([world.one], looking(again.signal));
    await world.credentials.last();
    again.abort();
    await given;
    const after = world.named.read([world.one], looking());
    (await world.credentials.last()).answer(trusting);
    await after;
    assert.equal(world.credentials.asked.length, 3);
  });

  it('are asked about again after a failure: at once where somebody asks, after a while where lines are drawn again', async () => {
    world.listed = { deployments: [deployment], failures: [] };
    const failed = world.named.read([world.one], looking());
    (await world.credentials.last()).fail(refused);
    await failed;
    assert.deepEqual(world.failures, ['credentials of id-airflow-prod: forbidden']);
    await world.named.read([world.one], looking());
    assert.equal(world.credentials.asked.length, 1);
    const asked = world.named.read([world.one], { ...looking(), retries: 'failures' });
    (await world.credentials.last()).fail(refused);
    await asked;
    assert.equal(world.credentials.asked.length, 2);
    await world.clock.advance(30_000);
    const later = world.named.read([world.one], looking());
    (await world.credentials.last()).answer(trusting);
    await later;
    assert.equal(world.credentials.asked.length, 3);
    assert.equal(world.named.trustOf(world.one)?.length, 1);
  });

  it('are not said to trust nothing while a source of deployments failed', async () => {
    const read = world.named.read([world.one], looking());
    (await world.credentials.last()).answer([]);
    (await world.deployments.last()).answer({ deployments: [deployment], failures: [refused] });
    await read;
    assert.equal(world.named.trustOf(world.one), undefined);
    world.listed = { deployments: [deployment], failures: [new AirflowIdentityError('signedOut', 'No token.')] };
    assert.deepEqual(world.named.trustOf(world.one), []);
  });

  it('go with the deployments of whatever the user is signed in to, which only a refresh looks at again', async () => {
    world.known = [{ ...world.one, credentials: trusting }];
    world.listed = { deployments: [deployment], failures: [new AirflowIdentityError('signedOut', 'No token.')] };
    await world.named.read([world.one], { ...looking(), retries: 'failures' });
    assert.equal(world.deployments.asked.length, 0);
    const refreshed = world.named.read([world.one], { ...looking(), retries: 'everything' });
    (await world.deployments.last()).answer({ deployments: [deployment], failures: [] });
    await refreshed;
    assert.equal(world.deployments.asked.length, 1);
  });

  it('keep their roles until they are changed here, listed again or seen by others', async () => {
    const never = new AbortController().signal;
    const roles = async (): Promise<number> => {
      const before = world.roles.asked.length;
      const found = world.named.rolesOf(world.one, never);
      if (world.roles.asked.length > before) {
        (await world.roles.last()).answer(held);
      }
      assert.equal(await found, held);
      return world.roles.asked.length;
    };
    assert.deepEqual([await roles(), await roles()], [1, 1]);
    world.named.forget(identity.principalId);
    assert.equal(await roles(), 2);
    world.known = [knownAs({ ...identity })];
    assert.equal(await roles(), 3);
    world.named.forget();
    assert.equal(await roles(), 4);
  });

  it('keep no roles that could not be read, or only in part', async () => {
    const never = new AbortController().signal;
    const failed = world.named.rolesOf(world.one, never);
    (await world.roles.last()).fail(refused);
    assert.equal(await failed, undefined);
    const some = world.named.rolesOf(world.one, never);
    (await world.roles.last()).answer({ ...held, unreadSubscriptions: 1 });
    assert.equal((await some)?.unreadSubscriptions, 1);
    const all = world.named.rolesOf(world.one, never);
    (await world.roles.last()).answer(held);
    assert.equal(await all, held);
    assert.deepEqual(world.failures, ['roles of id-airflow-prod: forbidden']);
  });

  it('are nobody’s business any more once others are signed in: what is under way ends, and failures are forgotten', async () => {
    world.listed = { deployments: [deployment], failures: [] };
    const failed = world.named.read([world.one], looking());
    (await world.credentials.last()).fail(refused);
    await failed;
    world.named.forget();
    const underWay = world.named.read([world.one], looking());
    await world.credentials.last();
    world.named.forget();
    await underWay;
    assert.equal(world.credentials.asked.length, 2);
    assert.equal((await world.credentials.last()).signal.aborted, true);
  });
});
