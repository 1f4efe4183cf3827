import assert from 'node:assert/strict';
import { minimumOf, minimumProvider } from '../../../src/connection/minimumProvider.ts';
import { presets } from '../../../src/connection/presets/presets.ts';
import { connectionTypeOf } from '../../../src/connection/types/connectionTypes.ts';
import { azureConnection, subscriptionId } from './sampleConnection.ts';

describe('the release of the provider that a connection needs', () => {
  const blobs = { ...azureConnection(), type: 'wasb', host: 'https://mystorage.blob.core.windows.net' };
  const of = (connection: Parameters<typeof minimumProvider>[0]): string | undefined => minimumProvider(connection, connectionTypeOf(connection.type));

  it('is that of its type, or that of a field which is filled in', () => {
    assert.equal(of(blobs), '8.2.0');
    assert.equal(of({ ...blobs, extra: { ...blobs.extra, account_name: '' } }), '8.2.0');
    assert.equal(of({ ...blobs, extra: { ...blobs.extra, account_name: 'mystorage' } }), '10.1.0');
    assert.equal(of({ ...blobs, type: 'adls', extra: { ...blobs.extra, account_name: 'mystorage' } }), '10.1.2');
  });

  it('is known while the connection is being filled in', () => {
    const type = connectionTypeOf('wasb');
    assert.ok(type);
    assert.equal(minimumOf(type, () => false), '8.2.0');
    assert.equal(minimumOf(type, ({ id }) => id === 'account_name'), '10.1.0');
  });

  it('is none without an identity, and for types of other providers', () => {
    assert.equal(of({ ...blobs, extra: {} }), undefined);
    assert.equal(of({ ...blobs, type: 'http' }), undefined);
  });

  for (const preset of presets()) {
    it(`is never older than what ${preset.id} says`, () => {
      const values = Object.fromEntries(preset.questions.map(({ id, proposed, example }) => [id, proposed ?? example]));
      const { connection } = preset.settings({ clientId: subscriptionId, tenantId: subscriptionId, values });
      assert.equal(connection === undefined ? preset.minimumProvider : of(connection), preset.minimumProvider);
    });
  }
});
