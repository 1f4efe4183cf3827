import assert from 'node:assert/strict';
import { connectionIdProblem, maxConnectionIdLength } from '../../../src/connection/connectionId.ts';
import { connectionProblem } from '../../../src/connection/connectionProblem.ts';
import { azureConnection, subscriptionId } from './sampleConnection.ts';

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

describe('connectionProblem', () => {
  const connection = azureConnection({ subscriptionId });

  it('finds nothing in a connection as the flow makes it, nor in one without an identity', () => {
    assert.equal(connectionProblem(connection), undefined);
    assert.equal(connectionProblem({ ...connection, type: 'postgres', extra: { sslmode: 'require' } }), undefined);
  });

  for (const [key, value] of [
    ['managed_identity_client_id', ' 11111111-1111-1111-1111-111111111111'], ['workload_identity_tenant_id', 'contoso.com'], ['subscriptionId', ''],
  ] as const) {
    it(`names ${key} when it is no GUID, which the provider would find out only in a task`, () => {
      assert.match(connectionProblem({ ...connection, extra: { ...connection.extra, [key]: value } }) ?? '', /is not a GUID/);
    });
  }
});
