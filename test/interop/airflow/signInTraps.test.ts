import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { identityKeys } from '../../../src/connection/identityKeys.ts';
import { connectionTypeOf } from '../../../src/connection/types/connectionTypes.ts';
import { asHeld, identityRules } from '../../unit/connection/providerRules.ts';
import { harmlessCases, secretCases } from '../../unit/connection/signInCases.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { asEnvironment } from './asEnvironment.ts';
import { podIdentity, signedInAs, workloadIdentity } from './expectations.ts';
import type { SignIn } from './questions.ts';
import { airflow3 } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';

/** The connection without one part: `host`, `extra.subscriptionId`, … */
function without(connection: AirflowConnection, part: string): AirflowConnection {
  const { [part.replace(/^extra\./u, '')]: _removed, ...extra } = connection.extra;
  return part.startsWith('extra.') ? { ...connection, extra } : { ...connection, [part]: undefined };
}

/** How a hook fails without a part that the catalogue asks for, where it says so; the others ask a wrong host, or do nothing. */
const failures = identityRules.flatMap(({ connectionType, minimal, whenAbsent = {} }) => Object.entries(whenAbsent).flatMap(([part, outcome]) => {
  const error = /^error: (?<text>.*)$/u.exec(outcome)?.groups?.['text'];
  const field = connectionTypeOf(connectionType)?.fields.find(({ id }) => id === part.replace(/^extra\./u, ''));
  return error === undefined || field === undefined || field.need === 'optional'
    ? []
    : [{ title: `${connectionType} without ${part}`, connection: without(asHeld(connectionType, minimal), part), error: error.replace('Connection x ', 'Connection azure_wi ') }];
}));

describe(`connections that do not do what they look like, in provider ${airflow3.provider}`, () => {
  let airflow: AirflowProcess;
  before(async () => {
    airflow = await startedAirflow(airflow3);
  });

  const used = (connection: AirflowConnection): Promise<SignIn> =>
    airflow.use({ ...asEnvironment(connection), connectionId: connection.connectionId, type: connection.type });

  for (const { title, connection } of secretCases) {
    it(`do not use their identity: ${title}`, async () => {
      const { asked } = signedInAs(await used(connection));
      assert.deepEqual(asked.filter(({ class: name }) => name === 'WorkloadIdentityCredential'), []);
    });
  }

  for (const { title, connection } of harmlessCases) {
    it(`use their identity all the same: ${title}`, async () => {
      assert.deepEqual(signedInAs(await used(connection)), workloadIdentity);
    });
  }

  for (const { title, connection, error } of failures) {
    it(`fail in the task: ${title}`, async () => {
      const signIn = await used(connection);
      assert.ok(signIn.error?.endsWith(error), signIn.error ?? 'no error');
      assert.deepEqual(signIn.tokenRequests, []);
    });
  }

  for (const { connectionType, minimal } of identityRules) {
    it(`use the pod's identity with one key alone: ${connectionType}`, async () => {
      for (const key of Object.values(identityKeys)) {
        for (const value of ['', null]) {
          const held = asHeld(connectionType, minimal);
          assert.deepEqual(signedInAs(await used({ ...held, extra: { ...held.extra, [key]: value } })), {
            made: [{ class: 'DefaultAzureCredential' }],
            asked: [{ class: 'WorkloadIdentityCredential', client_id: podIdentity.clientId, tenant_id: podIdentity.tenantId }],
          });
        }
      }
    });
  }
});
