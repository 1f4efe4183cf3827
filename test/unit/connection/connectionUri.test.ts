import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connectionUri, readConnectionUri } from '../../../src/connection/connectionUri.ts';
import { anyConnection } from './connectionArbitraries.ts';
import { azureConnection, foundConnection } from './sampleConnection.ts';

const nothing = { host: '', schema: '', login: undefined, password: undefined, port: undefined, extra: {} };

describe('a connection as a URI', () => {
  it('is written as Airflow reads it: dashes in the scheme, everything encoded', () => {
    assert.equal(
      connectionUri({ ...azureConnection(), type: 'azure_data_factory', host: 'https://Acct.example/a b', login: 'me@x', password: 'a:b' }),
      'azure-data-factory://me%40x:a%3Ab@https%3A%2F%2F%41cct.example%2Fa%20b/?managed_identity_client_id=7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71&workload_identity_tenant_id=2f6d8a31-90bc-4e57-a1d2-3c4b5a697887',
    );
  });

  it('carries values that are not text, or would be read as something else, in __extra__', () => {
    assert.equal(connectionUri(foundConnection('a', 'azure', { use_azure_identity_object: true })), 'azure:///?__extra__=%7B%22use_azure_identity_object%22%3Atrue%7D');
    assert.match(connectionUri(foundConnection('a', 'azure', { version: '12' })), /__extra__/);
  });

  it('comes back as it was, but for null, which becomes empty text where the URI has a place for it', () => {
    fc.assert(fc.property(anyConnection, ({ connectionId: _id, ...fields }) => {
      const login = fields.password === undefined ? fields.login : (fields.login ?? '');
      assert.deepEqual(readConnectionUri(connectionUri(fields)), { ...fields, host: fields.host ?? '', schema: fields.schema ?? '', login });
    }), { numRuns: 2_000 });
  });

  // Run with apache-airflow 3.3.2.
  for (const [uri, fields] of [
    ['azure://?a=b', { type: 'azure', ...nothing, extra: { a: 'b' } }],
    ['azure:///?a=b', { type: 'azure', ...nothing, extra: { a: 'b' } }],
    ['AZURE-DATA-FACTORY://', { type: 'azure_data_factory', ...nothing }],
    ['azure_data_factory://', { type: '', ...nothing, schema: 'zure_data_factory//' }],
    ['azure://@', { type: 'azure', ...nothing, login: '' }],
    ['azure://:@', { type: 'azure', ...nothing, login: '', password: '' }],
    ['wasb://https://Acct.blob.core.windows.net/?a=1', { type: 'wasb', ...nothing, host: 'https://acct.blob.core.windows.net', extra: { a: '1' } }],
    ['wasb://https%3A%2F%2FAcct.blob.core.windows.net/?a=1', { type: 'wasb', ...nothing, host: 'https://Acct.blob.core.windows.net', extra: { a: '1' } }],
    ['azure-ai-agents://https://a.services.ai.azure.com/api/projects/p', { type: 'azure_ai_agents', ...nothing, host: 'https://a.services.ai.azure.com', schema: 'api/projects/p' }],
    ['azure-ai-agents://https%3A%2F%2Fa.services.ai.azure.com%2Fapi%2Fprojects%2Fp', { type: 'azure_ai_agents', ...nothing, host: 'https://a.services.ai.azure.com/api/projects/p' }],
    ['azure://?__extra__=%7B%22a%22%3A%5B1%5D%7D&b=lost', { type: 'azure', ...nothing, extra: { a: [1] } }],
    ['postgresql://me:p%40ss@Db:5432/shop', { type: 'postgres', host: 'db', schema: 'shop', login: 'me', password: 'p@ss', port: 5432, extra: {} }],
    ["'{}'", { type: '', ...nothing, schema: "{}'" }],
  ] as const) {
    it(`is read from ${uri}`, () => {
      assert.deepEqual(readConnectionUri(uri), fields);
    });
  }

  for (const [uri, reason] of [
    ['wasb://me@https://acct', 'a login before https://'], ['a://b://c://d', 'more than two ://'], ['azure://host:https', 'a port that is none'], ['azure://host:70000', 'a port beyond all ports'], ['azure://[host', 'half a bracket'],
  ] as const) {
    it(`is refused with ${reason}`, () => {
      assert.equal(readConnectionUri(uri), undefined);
    });
  }

  it('throws for no text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('a', '://', '@', ':', '/', '?', '#', '%', '%zz', '[', ']', '=', '&', '+', '__extra__=', '{')).map((parts) => parts.join(''))), (text) => {
      readConnectionUri(text);
    }), { numRuns: 2_000 });
  });
});
