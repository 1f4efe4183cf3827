import assert from 'node:assert/strict';
import { airflowConnection } from '../../../src/connection/writeConnection.ts';
import { connectionTypeOf } from '../../../src/connection/types/connectionTypes.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { asEnvironment } from './asEnvironment.ts';
import { signedInAs, workloadIdentity } from './expectations.ts';
import type { MadeCredential } from './questions.ts';
import { airflow3 } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';
import { waysToFill } from './waysToFill.ts';

/** Types with deferrable operators, whose hooks have an asynchronous half; see `driver/deferred.py`. */
const types = ['azure_ai_agents', 'azure_compute', 'azure_container_instance', 'azure_data_factory', 'azure_synapse', 'wasb'];

describe(`hooks of deferrable operators, in the triggerer of Airflow ${airflow3.airflow}`, () => {
  let airflow: AirflowProcess;
  before(async () => {
    airflow = await startedAirflow(airflow3);
  });

  const asynchronous = (credentials: readonly MadeCredential[]): readonly MadeCredential[] => credentials.map((credential) => ({ ...credential, class: `aio.${credential.class}` }));

  for (const id of types) {
    it(`${id} signs in with the identity and nothing else`, async () => {
      const type = connectionTypeOf(id);
      assert.ok(type);
      for (const wanted of waysToFill(type)) {
        const signIn = await airflow.use({ ...asEnvironment(airflowConnection(wanted)), connectionId: wanted.connectionId, type: id, inTriggerer: true });
        assert.deepEqual(signedInAs(signIn), { made: asynchronous(workloadIdentity.made), asked: asynchronous(workloadIdentity.asked) }, signIn.error ?? '');
      }
    });
  }
});
