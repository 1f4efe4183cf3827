import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AzureConnection } from '../../../src/connection/connection.ts';
import { connectionExtra, connectionProblem } from '../../../src/connection/connectionExtra.ts';
import { connectionIdProblem, maxConnectionIdLength } from '../../../src/connection/connectionId.ts';
import { carriesConnection, readExtra } from '../../../src/connection/storedExtra.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';

const connection: AzureConnection = {
  connectionId: 'azure_wi',
  clientId: '11111111-1111-1111-1111-111111111111',
  tenantId: '22222222-2222-2222-2222-222222222222',
  subscriptionId: '33333333-3333-3333-3333-333333333333',
};

describe('connectionIdProblem', () => {
  for (const id of ['azure_wi', 'a', 'Azure-2.prod', '1', '_', 'a'.repeat(maxConnectionIdLength)]) {
    it(`takes ${id.slice(0, 20)}`, () => {
      assert.equal(connectionIdProblem(id), undefined);
    });
  }

  for (const [id, problem] of [
    ['', /is needed/],
    ['a b', /letters, digits/],
    ['azure\n', /letters, digits/],
    ['größe', /letters, digits/],
    ["a'b", /letters, digits/],
    ['a/b', /letters, digits/],
    ['a'.repeat(maxConnectionIdLength + 1), /201 characters; Airflow takes 200/],
  ] as const) {
    it(`names what is wrong with ${JSON.stringify(id.slice(0, 20))}`, () => {
      assert.match(connectionIdProblem(id) ?? '', problem);
    });
  }
});

describe('connectionExtra', () => {
  it('writes the keys the provider reads, in their order', () => {
    assert.equal(connectionExtra(connection),
      '{"managed_identity_client_id":"11111111-1111-1111-1111-111111111111","workload_identity_tenant_id":"22222222-2222-2222-2222-222222222222","subscriptionId":"33333333-3333-3333-3333-333333333333"}');
  });

  it('leaves the subscription out where none is wanted', () => {
    assert.doesNotMatch(connectionExtra({ ...connection, subscriptionId: undefined }), /subscription/);
  });

  it('refuses ids that are no GUIDs, which the provider would find out only in a task', () => {
    for (const wrong of [{ clientId: ' 11111111-1111-1111-1111-111111111111' }, { tenantId: 'contoso.com' }, { subscriptionId: '' }]) {
      assert.ok(connectionProblem({ ...connection, ...wrong })?.includes('is not a GUID'));
      assert.throws(() => connectionExtra({ ...connection, ...wrong }), (error) => error instanceof AirflowIdentityError && error.code === 'invalidInput');
    }
  });

  it('stays on one line for every reader of YAML, and is read back', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (kept) => {
      const extra = connectionExtra(connection, kept);
      // oxlint-disable-next-line eslint/no-control-regex -- control characters are what must not be there
      assert.doesNotMatch(extra, /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFEFF]/);
      assert.ok(carriesConnection(readExtra(extra), connection));
    }));
  });
});

describe('readExtra', () => {
  for (const [value, kind] of [
    [undefined, 'absent'], [null, 'absent'], ['', 'absent'], ['{}', 'object'], [{}, 'object'],
    ['[]', 'unreadable'], ['{', 'unreadable'], [[], 'unreadable'], [5, 'unreadable'], [true, 'unreadable'],
  ] as const) {
    it(`calls ${JSON.stringify(value) ?? 'nothing'} ${kind}`, () => {
      assert.equal(readExtra(value).kind, kind);
    });
  }

  it('knows that a map loses its capitals on the way to Airflow, and text does not', () => {
    const values = JSON.parse(connectionExtra(connection)) as Record<string, string>;
    assert.equal(carriesConnection(readExtra(values), connection), false);
    assert.equal(carriesConnection(readExtra(values), { ...connection, subscriptionId: undefined }), true);
    assert.equal(carriesConnection(readExtra(JSON.stringify(values)), connection), true);
  });
});
