import assert from 'node:assert/strict';
import { connectionTypes } from '../../../src/connection/types/connectionTypes.ts';
import { airflowConnection } from '../../../src/connection/writeConnection.ts';
import { projectFormats } from '../../../src/project/formats.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { clientId, signedInAs, tenantId, workloadIdentity } from './expectations.ts';
import { formatReaders } from './formatReaders.ts';
import { fileWith } from './projectFiles.ts';
import { airflowReleases } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';
import { waysToFill } from './waysToFill.ts';

/** What readers of YAML, JSON and environment files each take for something else. */
const hardText = '$HOME ${PATH} %s # no comment, \'quoted\' "twice" \\n back\\slash: {brace} & <tag> über 中 \u2028|';

describe('the formats of project files', () => {
  it('have each a way into Airflow here', () => {
    assert.deepEqual(projectFormats().map(({ id }) => id).filter((id) => !(id in formatReaders)), []);
  });

  it('refuse what they cannot carry', () => {
    for (const format of projectFormats()) {
      const refuses = connectionTypes().filter((type) => waysToFill(type).some((wanted) => format.planConnection(formatReaders[format.id]?.before, airflowConnection(wanted)).kind === 'refused'));
      assert.deepEqual(refuses.map(({ id }) => id), formatReaders[format.id]?.refuses ?? [], format.id);
    }
  });
});

for (const release of airflowReleases) {
  describe(`what the extension writes, read by Airflow ${release.airflow} with provider ${release.provider}`, () => {
    let airflow: AirflowProcess;
    before(async () => {
      airflow = await startedAirflow(release);
    });

    const types = connectionTypes().filter(({ minimumProvider }) => minimumProvider.localeCompare(release.provider, 'en', { numeric: true }) <= 0);
    for (const format of projectFormats()) {
      const { before: standing, refuses = [], absent = null, ways = {} } = formatReaders[format.id] ?? {};
      for (const [way, reader] of Object.entries(ways)) {
        it(`${format.title}, by ${way}, keeps what is hard to quote`, async () => {
          const plain = airflowConnection({ connectionId: 'azure_wi', type: 'azure', clientId, tenantId, values: {} });
          const wanted = { ...plain, extra: { ...plain.extra, note: hardText, Nested: { List: [1, null, hardText] } } };
          const { connection, error } = await airflow.use({ ...reader(fileWith(format, wanted, standing)), connectionId: 'azure_wi', type: 'azure' });
          assert.deepEqual(connection?.extra, wanted.extra, error ?? '');
        });

        for (const type of types.filter(({ id }) => !refuses.includes(id))) {
          it(`${type.id} in ${format.title}, by ${way}, signs in with the identity and nothing else`, async () => {
            for (const wanted of waysToFill(type)) {
              const { extra, host, login, schema } = airflowConnection(wanted);
              const { connection, ...signIn } = await airflow.use({ ...reader(fileWith(format, airflowConnection(wanted), standing)), connectionId: 'azure_wi', type: type.id });
              assert.deepEqual(
                { type: connection?.conn_type, host: connection?.host, schema: connection?.schema, login: connection?.login, password: connection?.password, extra: connection?.extra },
                { type: type.id, host: host ?? absent, schema: schema ?? absent, login: login ?? null, password: null, extra },
                signIn.error ?? '',
              );
              assert.deepEqual(signedInAs(signIn), workloadIdentity, `${JSON.stringify(wanted.values)}: ${signIn.error ?? ''}`);
            }
          });
        }
      }
    }
  });
}
