import assert from 'node:assert/strict';
import { valuesOfResource } from '../../../src/connection/chosenResource.ts';
import type { ConnectionResource } from '../../../src/connection/connectionResource.ts';
import type { FieldSource } from '../../../src/connection/connectionType.ts';
import { presets } from '../../../src/connection/presets/presets.ts';
import { connectionTypes, connectionTypeOf } from '../../../src/connection/types/connectionTypes.ts';
import { connectionProblems } from '../../../src/connection/writeConnection.ts';
import { contoso, connectToCloud } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

describe('resources that a connection can point to', () => {
  let client: CloudClient;
  before(async () => { client = await connectToCloud(); });
  after(() => client.stop());

  /** Each kind is asked for once: Resource Graph takes 15 requests in 5 seconds. */
  const asked = new Map<FieldSource, Promise<readonly ConnectionResource[]>>();
  const found = (source: FieldSource): Promise<readonly ConnectionResource[]> => {
    const resources = asked.get(source) ?? Array.fromAsync(client.azure.connectionResources(contoso, source, new AbortController().signal)).then((pages) => pages.flat());
    asked.set(source, resources);
    return resources;
  };

  for (const type of connectionTypes()) {
    const sources = [...new Set(type.fields.flatMap(({ source }) => source ?? []))].filter((source) => source !== 'subscription' && source !== 'resourceGroup');
    for (const source of sources) {
      it(`fill a whole connection of type ${type.id}, chosen from the user's Azure`, async () => {
        const resources = await found(source);
        assert.ok(resources.length > 0, source);
        for (const resource of resources) {
          const wanted = {
            connectionId: 'azure_wi', type: type.id,
            clientId: '11111111-1111-1111-1111-111111111111', tenantId: '22222222-2222-2222-2222-222222222222',
            values: valuesOfResource(type, source, resource),
          };
          assert.deepEqual(connectionProblems(wanted), {}, JSON.stringify(wanted.values));
        }
      });
    }
  }

  for (const preset of presets()) {
    for (const { id, source, fill, problem } of preset.questions.filter((question) => question.fill !== undefined)) {
      it(`answer ${id} of the preset ${preset.id}`, async () => {
        assert.ok(source !== undefined && source !== 'container');
        const resources = await found(source);
        assert.ok(resources.length > 0, source);
        assert.deepEqual(resources.map((resource) => problem(fill?.(resource) ?? '')).filter((what) => what !== undefined), []);
      });
    }
  }

  it('of a subscription or a resource group fill their own fields alone', async () => {
    const cosmos = connectionTypeOf('azure_cosmos');
    const [subscription] = await found('subscription');
    const [group] = await found('resourceGroup');
    assert.ok(cosmos && subscription && group);
    assert.deepEqual(valuesOfResource(cosmos, 'subscription', subscription), { subscription_id: subscription.subscriptionId });
    assert.deepEqual(valuesOfResource(cosmos, 'resourceGroup', group), { subscription_id: group.subscriptionId, resource_group_name: group.name });
  });

  it('for Data Lake Storage Gen2 are accounts with a hierarchical namespace', async () => {
    assert.ok((await found('dataLakeAccount')).every(({ endpoints }) => endpoints['dfs']?.includes('.dfs.')));
  });
});
