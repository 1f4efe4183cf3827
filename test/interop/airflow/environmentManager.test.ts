import assert from 'node:assert/strict';
import { connectionTypes } from '../../../src/connection/types/connectionTypes.ts';
import type { EnvironmentPlace } from '../../../src/connection/environmentPort.ts';
import { airflowConnection } from '../../../src/connection/writeConnection.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, neverCanceled } from '../../unit/azure/cloudClient.ts';
import type { CloudClient } from '../../unit/azure/cloudClient.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { signedInAs, workloadIdentity } from './expectations.ts';
import type { Standing } from './questions.ts';
import { airflow3 } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';
import { waysToFill } from './waysToFill.ts';

const { organization, deployments } = sample.astro;
const place: EnvironmentPlace = { organizationId: organization.id, scope: 'deployment', scopeId: deployments.customer360.id };

describe(`connections that the extension writes into Astro's Environment Manager, in a deployment with Airflow ${airflow3.airflow}`, () => {
  let client: CloudClient;
  let airflow: AirflowProcess;
  before(async () => {
    [client, airflow] = await Promise.all([connectToCloud(), startedAirflow(airflow3)]);
  });
  after(() => client.stop());

  /** Astro puts connections into a Kubernetes secret, which the deployment's local files backend reads (docs: "Manage Airflow connections and variables"). */
  function asDeployed(id: string): Standing {
    const stored = client.cloud.world.astro.environmentObjects.find((object) => object.id === id);
    const { type, ...connection } = stored?.content.connection ?? {};
    return { place: 'localFiles', fileName: 'connections.json', content: JSON.stringify({ [stored?.objectKey ?? '']: { conn_type: type, ...connection } }) };
  }

  for (const type of connectionTypes()) {
    it(`${type.id} signs in with the identity and nothing else`, async () => {
      for (const wanted of waysToFill(type)) {
        // Astro counts writes; a fresh world has had none.
        await client.reset();
        const id = await client.astro.createEnvironmentConnection(place, airflowConnection(wanted), neverCanceled());
        const { connection, ...signIn } = await airflow.use({ ...asDeployed(id), connectionId: wanted.connectionId, type: type.id });
        assert.deepEqual(connection?.extra, airflowConnection(wanted).extra, signIn.error ?? '');
        assert.deepEqual(signedInAs(signIn), workloadIdentity, signIn.error ?? '');
      }
    });
  }
});
