import assert from 'node:assert/strict';
import type { ReadFile } from '../../../src/project/acrossFiles.ts';
import { acrossFiles } from '../../../src/project/acrossFiles.ts';
import { formatOf } from '../../../src/project/formats.ts';
import { contentOf } from './formatChecks.ts';

function file(label: string, text: string): ReadFile {
  const format = formatOf(`/project/${label}`);
  assert.ok(format);
  return { uri: `file:///project/${label}`, label, format, connections: contentOf(format, text).connections };
}

const settings = (host: string): ReadFile => file('airflow_settings.yaml', `airflow:\n  connections:\n    - conn_id: Azure_WI\n      conn_type: wasb\n      conn_host: ${host}\n`);
const environment = (host: string): ReadFile => file('.env', `AIRFLOW_CONN_AZURE_WI={"conn_type":"wasb","host":"${host}"}\n`);
const values = (host: string): ReadFile => file('values.yaml', `executor: LocalExecutor\nenv:\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '{"conn_type":"wasb","host":"${host}"}'\n`);

describe('the same connection in several files', () => {
  it('is a warning at each place where one Airflow reads both, and says which it takes', () => {
    const findings = acrossFiles([settings('a'), environment('b')]);
    assert.deepEqual(findings.map(({ severity, place, message }) => [severity, place.file.label, message]), [
      ['warning', 'airflow_settings.yaml', 'Azure_WI also stands in .env, with other values: host. Airflow takes those of .env.'],
      ['warning', '.env', 'azure_wi also stands in airflow_settings.yaml, with other values: host. Airflow takes those of .env.'],
    ]);
  });

  it('is only information where the files are for different places', () => {
    assert.deepEqual(acrossFiles([settings('a'), values('b')]).map(({ severity }) => severity), ['information', 'information']);
  });

  it('is nothing where the values are the same', () => {
    assert.deepEqual(acrossFiles([settings('a'), environment('a'), values('a')]), []);
  });

  it('names only the places that differ', () => {
    const [first] = acrossFiles([settings('a'), environment('a'), values('b')]);
    assert.deepEqual(first?.others.map(({ file: { label } }) => label), ['values.yaml']);
  });
});
