import assert from 'node:assert/strict';
import { connectionTypes } from '../../../src/connection/types/connectionTypes.ts';
import { airflowConnection } from '../../../src/connection/writeConnection.ts';
import { projectFormats } from '../../../src/project/formats.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { clientId, signedInAs, tenantId, workloadIdentity } from './expectations.ts';
import type { ProjectFormat } from '../../../src/project/projectFormat.ts';
import type { FormatReaders } from './formatReaders.ts';
import { formatReaders, furtherPlaces } from './formatReaders.ts';
import { fileWith } from './projectFiles.ts';
import { airflowReleases } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';
import { waysToFill } from './waysToFill.ts';

/** What readers of YAML, JSON and environment files each take for something else. */
const hardText = '$HOME ${PATH} %s # no comment, \'quoted\' "twice" \\n back\\slash: {brace} & <tag> über 中 \u2028| {{ ds }} {{{ $$ $(HOME)';

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

type FormatWay = Omit<FormatReaders, 'ways'> & { readonly title: string; readonly way: string; readonly reader: FormatReaders['ways'][string] };

/** Every way from a format into Airflow, its further places included. */
function waysOf({ id, title }: ProjectFormat): readonly FormatWay[] {
  const places = { '': formatReaders[id] ?? { ways: {} }, ...furtherPlaces[id] };
  return Object.entries(places).flatMap(([place, { ways, ...rest }]) => Object.entries(ways).map(([way, reader]) => ({ ...rest, way, reader, title: place === '' ? title : `${title}, ${place}` })));
}

for (const release of airflowReleases) {
  describe(`what the extension writes, read by Airflow ${release.airflow} with provider ${release.provider}`, () => {
    let airflow: AirflowProcess;
    before(async () => {
      airflow = await startedAirflow(release);
    });

    const types = connectionTypes().filter(({ minimumProvider }) => minimumProvider.localeCompare(release.provider, 'en', { numeric: true }) <= 0);
    for (const format of projectFormats()) {
      for (const { title, way, reader, before: standing, write, refuses = [], absent = null } of waysOf(format)) {
        it(`${title}, by ${way}, keeps what is hard to quote`, async () => {
          const plain = airflowConnection({ connectionId: 'azure_wi', type: 'azure', clientId, tenantId, values: {} });
          const wanted = { ...plain, extra: { ...plain.extra, note: hardText, Nested: { List: [1, null, hardText] } } };
          const { connection, error } = await airflow.use({ ...reader(fileWith(format, wanted, standing, write)), connectionId: 'azure_wi', type: 'azure' });
          assert.deepEqual(connection?.extra, wanted.extra, error ?? '');
        });

        for (const type of types.filter(({ id }) => !refuses.includes(id))) {
          it(`${type.id} in ${title}, by ${way}, signs in with the identity and nothing else`, async () => {
            for (const wanted of waysToFill(type)) {
              const { extra, host, login, schema } = airflowConnection(wanted);
              const { connection, ...signIn } = await airflow.use({ ...reader(fileWith(format, airflowConnection(wanted), standing, write)), connectionId: 'azure_wi', type: type.id });
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
