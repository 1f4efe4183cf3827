import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { cloud, expand, product, requests, signedIn, signedInTo, text } from './shell.ts';

describe('Identities view of a company', function company() {
  this.timeout(60_000);

  after(() => signedIn());

  it('shows 3 failing subscriptions of 300 in their places, and without Resource Graph asks each once and 5 at a time', async () => {
    await signedInTo('company', sample.accounts.dana.label);
    const { trees: { identities: tree }, services } = await product();
    const below = async (): Promise<readonly string[]> => {
      const subscriptions = await Promise.all((await expand(tree)).map((tenant) => expand(tree, tenant)));
      return subscriptions.flat().map(({ id }) => id);
    };
    const ids = (await below()).map((id) => id.split('/').at(-1) ?? '');
    assert.equal(ids.length, 300);
    const failing = [7, 150, 299].map((index) => ids[index] ?? '');
    await cloud().addFault({ path: 'Microsoft.ResourceGraph', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No authorization.' } } } });
    await cloud().addFault({ path: `(${failing.join('|')})/providers/Microsoft.ManagedIdentity`, effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No authorization.' } } } });
    tree.refresh();
    await cloud().clearLog();
    const errors = await services.identities.listAll(new AbortController().signal);
    assert.deepEqual(errors.map(({ code }) => code), ['forbidden', 'forbidden', 'forbidden']);
    const rows = (await Promise.all((await expand(tree)).map((tenant) => expand(tree, tenant)))).flat();
    const shown = rows.map((row) => text(tree, row));
    assert.equal(shown.filter((row) => row.endsWith(' | no access')).length, 3);
    assert.equal(shown.filter((row) => / \| \d+ identities$/.test(row)).length, 297);
    const asked = (await requests()).filter(({ path }) => path.includes('userAssignedIdentities'));
    const firstPages = asked.filter(({ path }) => !path.includes('skiptoken'));
    assert.equal(new Set(firstPages.map(({ path }) => path)).size, 300);
    assert.equal(firstPages.length, 300);
    assert.ok(Math.max(...asked.map(({ concurrency }) => concurrency)) <= 5 + 3);
  });
});
