import assert from 'node:assert/strict';
import type { ConnectionType } from '../../../src/connection/connectionType.ts';
import { connectionTypes } from '../../../src/connection/types/connectionTypes.ts';
import { secretOnlyTypes } from '../../../src/connection/types/secretOnlyTypes.ts';
import { identityKeys } from '../../../src/connection/identityKeys.ts';
import type { DescribedProvider, DescribedType } from './questions.ts';
import { airflow2, airflow3 } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';

/** Fields of Airflow's form that the catalogue has neither as a field nor as a secret, and why. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  // tenantId takes part in a client secret, and does nothing without login and password. cloud_environment changes nothing for a
  // workload identity, whose authority comes from the pod. endpoint says the same as host, which wins.
  azure: ['tenantId', 'cloud_environment'],
  azure_ai_agents: ['tenantId', 'cloud_environment', 'endpoint'],
  azure_compute: ['tenantId'],
  azure_data_factory: ['tenantId'],
  azure_synapse: ['tenantId'],
  // Only for the other ways to sign in.
  azure_data_explorer: ['tenant', 'certificate', 'thumbprint'],
};

/** The keys of `extra` that the catalogue knows for a type. */
function knownKeys({ id, fields, secrets }: ConnectionType): ReadonlySet<string> {
  const inSecrets = secrets.flatMap((rule) => rule.fields).flatMap((field) => (field.startsWith('extra.') ? [field.slice('extra.'.length)] : []));
  return new Set([...Object.values(identityKeys), ...fields.filter(({ place }) => place === 'extra').map((field) => field.id), ...inSecrets, ...(leftOut[id] ?? [])]);
}

function isAtMost(version: string, limit: string): boolean {
  return version.localeCompare(limit, 'en', { numeric: true }) <= 0;
}

describe('the catalogue of connection types against what the provider says of itself', () => {
  let provider: DescribedProvider;
  before(async () => {
    provider = await (await startedAirflow(airflow3)).describe();
  });

  const ofProvider = (id: string): DescribedType => {
    const found = provider.types.find((type) => type['connection-type'] === id);
    assert.ok(found, `the provider has no type ${id}`);
    return found;
  };

  it(`speaks of release ${airflow3.provider} and of every type in it`, () => {
    assert.equal(provider.version, airflow3.provider);
    assert.deepEqual([...connectionTypes(), ...secretOnlyTypes()].map(({ id }) => id).sort(), provider.types.map((type) => type['connection-type']).sort());
  });

  it('names hooks, titles and default connection ids as the provider does', () => {
    for (const { id, title, hook, defaultConnectionId } of connectionTypes()) {
      const type = ofProvider(id);
      assert.deepEqual([hook, title, defaultConnectionId], [type['hook-class-name'], type['hook-name'], type.defaultConnectionId], id);
    }
    for (const { id, title } of secretOnlyTypes()) {
      assert.equal(title, ofProvider(id)['hook-name']);
    }
  });

  it('says of the hooks that read an identity that they do, and of no other', () => {
    const reads = provider.types.filter(({ words }) => Object.values(identityKeys).every((key) => words.includes(key)));
    assert.deepEqual(reads.map((type) => type['connection-type']).sort(), connectionTypes().map(({ id }) => id).sort());
  });

  it("knows every field of Airflow's form", () => {
    for (const type of connectionTypes()) {
      const unknown = Object.keys(ofProvider(type.id)['conn-fields'] ?? {}).filter((key) => !knownKeys(type).has(key));
      assert.deepEqual(unknown, [], type.id);
    }
  });

  it('asks for no field that the hook does not read, or that the form hides', () => {
    for (const { id, fields } of connectionTypes()) {
      const { words, 'ui-field-behaviour': form } = ofProvider(id);
      const unread = fields.filter((field) => field.place === 'extra' && !words.includes(field.id));
      const hidden = fields.filter(({ place }) => form?.['hidden-fields']?.includes(place) === true && place !== 'extra');
      assert.deepEqual([...unread, ...hidden].map((field) => field.id), [], id);
    }
  });

  it('names keys as misspelt only where the hook does not read them', () => {
    for (const { id, misspelt } of connectionTypes()) {
      const { 'conn-fields': form = {} } = ofProvider(id);
      assert.deepEqual(Object.keys(misspelt).filter((key) => key in form), [], id);
    }
  });

  it(`offers with provider ${airflow2.provider} the types that it has`, async () => {
    const older = await (await startedAirflow(airflow2)).describe();
    assert.equal(older.version, airflow2.provider);
    const having = older.types.filter(({ words }) => Object.values(identityKeys).every((key) => words.includes(key)));
    assert.deepEqual(
      connectionTypes().filter(({ minimumProvider }) => isAtMost(minimumProvider, airflow2.provider)).map(({ id }) => id).sort(),
      having.map((type) => type['connection-type']).sort(),
    );
  });
});
