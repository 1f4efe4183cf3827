import assert from 'node:assert/strict';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import type { WorldSettings } from '../../cloud/worldSettings.ts';
import { ArmCaller, armError, armToken, credentialOf, prodIdentityPath } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const dev = `/subscriptions/${sample.subscriptions.development}/resourceGroups/${sample.groups.development}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${sample.identities.airflowDev.name}`;
const prod = prodIdentityPath(sample.identities.airflowProd.name);
const one = credentialOf(sample.issuers.dev, 'system:serviceaccount:ns:one');
const two = credentialOf(sample.issuers.dev, 'system:serviceaccount:ns:two');

async function signedIn(settings: Partial<WorldSettings> = {}): Promise<{ world: World; arm: ArmCaller }> {
  const world = createTestWorld({ serviceMs: 0, ...settings });
  return { world, arm: new ArmCaller(world, await armToken(world)) };
}

function fic(identity: string, name: string): string {
  return `${identity}/federatedIdentityCredentials/${name}`;
}

describe('Federated credentials of the local cloud', () => {
  it('creates with 201 and a relative location, updates with 200, deletes with 200 and then 204', async () => {
    const { arm } = await signedIn();
    const created = await arm.call('PUT', fic(dev, 'Worker'), one);
    assert.equal(created.status, 201);
    assert.equal(created.headers['location'], `${dev.replace('resourceGroups', 'resourcegroups')}/federatedIdentityCredentials/Worker`);
    const again = await arm.call('PUT', fic(dev, 'worker'), one);
    assert.deepEqual([again.status, again.headers['location'], again.json['name']], [200, undefined, 'Worker']);
    const changed = await arm.call('PUT', fic(dev, 'Worker'), two);
    assert.deepEqual([changed.status, (changed.json['properties'] as { subject: string }).subject], [200, 'system:serviceaccount:ns:two']);
    const deleted = await arm.call('DELETE', fic(dev, 'WORKER'));
    assert.deepEqual([deleted.status, deleted.body, deleted.headers['content-length'], deleted.headers['content-type']], [200, '', '0', undefined]);
    assert.equal((await arm.call('DELETE', fic(dev, 'Worker'))).status, 204);
  });

  it('finds resources whatever the letter case and with double slashes, and answers with the stored case', async () => {
    const { arm } = await signedIn();
    const reply = await arm.call('GET', `/${fic(prod, 'ASTRO-scheduler').toUpperCase().replace('SUBSCRIPTIONS', 'subscriptions')}`);
    assert.deepEqual([reply.status, reply.json['name']], [200, 'astro-scheduler']);
    assert.match(String(reply.json['id']), /\/resourcegroups\/rg-airflow-identity\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/id-airflow-prod\//u);
  });

  it('refuses the 21st, and takes an update while there are 20', async () => {
    const { arm } = await signedIn();
    const reporting = prodIdentityPath(sample.identities.reporting.name, sample.groups.analytics);
    assert.equal((await arm.call('PUT', fic(reporting, 'number-20'), one)).status, 201);
    const refused = await arm.call('PUT', fic(reporting, 'number-21'), two);
    assert.deepEqual([refused.status, armError(refused).code], [400, 'BadRequest']);
    assert.match(armError(refused).message, /^Too many Federated Identity Credentials/u);
    assert.equal((await arm.call('PUT', fic(reporting, 'number-20'), two)).status, 200);
  });

  it('refuses a second name for the same issuer and subject, whatever the audience, but not another letter case', async () => {
    const { arm } = await signedIn();
    await arm.call('PUT', fic(dev, 'first'), one);
    const other = await arm.call('PUT', fic(dev, 'second'), credentialOf(sample.issuers.dev, 'system:serviceaccount:ns:one', 'api://AzureADTokenExchangeUSGov'));
    assert.deepEqual([other.status, armError(other).code], [409, 'Conflict']);
    assert.equal((await arm.call('PUT', fic(dev, 'third'), credentialOf(sample.issuers.dev, 'system:serviceaccount:ns:ONE'))).status, 201);
    assert.equal((await arm.call('PUT', fic(dev, 'fourth'), credentialOf(sample.issuers.dev.slice(0, -1), 'system:serviceaccount:ns:one'))).status, 201);
  });

  it('takes one write at a time per identity: the second gets 409, other identities are free', async () => {
    const { world, arm } = await signedIn({ serviceMs: 300 });
    const [first, second, elsewhere] = await Promise.all([arm.call('PUT', fic(dev, 'first'), one), arm.call('PUT', fic(dev, 'second'), two), arm.call('PUT', fic(prod, 'first'), one)]);
    // Which of the two arrives first is the network's.
    assert.deepEqual([first.status, second.status].sort((a, b) => a - b), [201, 409]);
    assert.equal(elsewhere.status, 201);
    const again = first.status === 409 ? arm.call('PUT', fic(dev, 'first'), one) : arm.call('PUT', fic(dev, 'second'), two);
    assert.equal((await again).status, 201);
    const most = Math.max(...world.log.entries.map((entry) => entry.identityConcurrency ?? 0));
    assert.equal(most, 2, 'the log shows the two writes at once');
  });

  const invalid: readonly [string, string, unknown, number, RegExp][] = [
    ['a name that begins with a hyphen', '-x', one, 400, /name '-x' is invalid/u],
    ['a name of two characters', 'ab', one, 400, /is invalid/u],
    ['a name of 121 characters', 'a'.repeat(121), one, 400, /is invalid/u],
    ['no subject', 'abc', { properties: { issuer: 'https://a.example/', audiences: ['x'] } }, 400, /must specify 'issuer', 'subject' and 'audience'/u],
    ['empty properties', 'abc', { properties: {} }, 400, /empty properties/u],
    ['two audiences', 'abc', { properties: { issuer: 'https://a.example/', subject: 's', audiences: ['x', 'y'] } }, 400, /exactly one audience/u],
    ['a subject of 601 characters', 'abc', credentialOf('https://a.example/', 's'.repeat(601)), 400, /600 characters/u],
    ['a flexible credential in a stable version', 'abc', { properties: { issuer: 'https://a.example/', audiences: ['x'], claimsMatchingExpression: { value: 'v', languageVersion: 1 } } }, 400, /must specify/u],
  ];
  for (const [what, name, body, status, message] of invalid) {
    it(`refuses ${what}`, async () => {
      const { arm } = await signedIn();
      const reply = await arm.call('PUT', fic(dev, name), body);
      assert.equal(reply.status, status);
      assert.match(armError(reply).message, message);
    });
  }

  it('checks the parent first, then the fields, then the region', async () => {
    const { arm } = await signedIn();
    assert.equal(armError(await arm.call('PUT', fic(prodIdentityPath('missing'), '-x'), {})).code, 'ParentResourceNotFound');
    const unsupported = prodIdentityPath(sample.identities.unsupportedRegion.name);
    assert.equal(armError(await arm.call('PUT', fic(unsupported, 'abc'), {})).code, 'BadRequest');
    assert.equal((await arm.call('PUT', fic(unsupported, 'abc'), one)).status, 405);
  });

  it('shows a flexible credential without subject, its expression only to versions that know it', async () => {
    const { arm } = await signedIn();
    const path = fic(prodIdentityPath(sample.identities.flexible.name, sample.groups.analytics), 'github-branches');
    const stable = await arm.call('GET', path);
    const preview = await arm.call('GET', path, undefined, '2025-01-31-preview');
    assert.deepEqual(Object.keys(stable.json['properties'] ?? {}), ['issuer', 'audiences']);
    assert.deepEqual(Object.keys(preview.json['properties'] ?? {}), ['issuer', 'audiences', 'claimsMatchingExpression']);
  });

  it('does not know credentials in versions from before 2022', async () => {
    const { arm } = await signedIn();
    const reply = await arm.call('GET', `${prod}/federatedIdentityCredentials`, undefined, '2018-11-30');
    assert.deepEqual([reply.status, armError(reply).code], [400, 'InvalidResourceType']);
  });

  it('pages with absolute links on the host that was asked, and leaves nextLink out at the end', async () => {
    const { arm } = await signedIn();
    const first = await arm.call('GET', `${prod}/federatedIdentityCredentials?$top=5`);
    const link = new URL(String(first.json['nextLink']));
    assert.deepEqual([(first.json['value'] as unknown[]).length, link.origin], [5, 'https://management.azure.com']);
    link.searchParams.delete('api-version');
    const last = await arm.call('GET', `${link.pathname}${link.search}`);
    assert.deepEqual([Object.keys(last.json), (last.json['value'] as unknown[]).length], [['value'], 2]);
  });

  it('answers GET with 404 for a while after a PUT, and refuses writes below an identity just made', async () => {
    const { world, arm } = await signedIn({ getAfterPutMs: 5000, parentAfterCreateMs: 60_000 });
    await arm.call('PUT', fic(dev, 'new-one'), one);
    assert.equal(armError(await arm.call('GET', fic(dev, 'new-one'))).code, 'NotFound');
    const fresh = prodIdentityPath('id-fresh');
    assert.equal((await arm.call('PUT', fresh, { location: 'westus2' })).status, 201);
    assert.equal(armError(await arm.call('PUT', fic(fresh, 'abc'), one)).code, 'ParentResourceNotFound');
    world.clock.advance(60_000);
    assert.equal((await arm.call('GET', fic(dev, 'new-one'))).status, 200);
    assert.equal((await arm.call('PUT', fic(fresh, 'abc'), one)).status, 201);
  });

  it('slows down who writes more often than the service allows, and says how long to wait', async () => {
    const { world, arm } = await signedIn({ identityWrites: { burst: 2, perSecond: 0.25 } });
    world.clock.freeze();
    await arm.call('PUT', fic(dev, 'abc'), one);
    await arm.call('PUT', fic(dev, 'abc'), one);
    const slowed = await arm.call('PUT', fic(dev, 'abc'), one);
    assert.deepEqual([slowed.status, slowed.headers['retry-after']], [429, '4']);
    world.clock.advance(4000);
    assert.equal((await arm.call('PUT', fic(dev, 'abc'), one)).status, 200);
  });
});
