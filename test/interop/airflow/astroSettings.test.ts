import assert from 'node:assert/strict';
import type { AirflowProcess } from './airflowProcess.ts';
import { astroRestBodies } from './astroSettings.ts';
import type { SignIn } from './questions.ts';
import { airflowReleases } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';
import { airflowSettingsFormat } from '../../../src/project/airflowSettings/airflowSettingsFormat.ts';
import { asRead, clientId, signedInAs, tenantId, workloadIdentity } from './expectations.ts';

const extra = { managed_identity_client_id: clientId, workload_identity_tenant_id: tenantId, subscriptionId: '33333333-3333-3333-3333-333333333333' };

function settings(lines: readonly string[]): string {
  return ['Airflow:', '  Connections:', '    - Conn_Id: azure_wi', ...lines.map((line) => `      ${line}`), '  pools:', '  variables:', ''].join('\n');
}

const asText = `conn_extra: '${JSON.stringify(extra)}'`;
const asMap = ['conn_extra:', ...Object.entries(extra).map(([key, value]) => `  ${key}: ${value}`)];
const nulls = ['conn_host:', 'conn_schema:', 'conn_login:', 'conn_password:', 'conn_port:', 'conn_uri:'];

const query = new URLSearchParams(extra).toString();

/** Entries with nothing but an id and `conn_uri`: what people have from Airflow's own export. */
const entriesOfUri = [
  ['keys in the query', `azure-data-factory://?${query}`, 'azure_data_factory'],
  ['all of extra as JSON', `azure://?__extra__=${encodeURIComponent(JSON.stringify({ ...extra, use_azure_identity_object: true }))}`, 'azure'],
  ['an address as the host', `wasb://https://mystorage.blob.core.windows.net?${query}`, 'wasb'],
] as const;

for (const release of airflowReleases) {
  describe(`airflow_settings.yaml through the Astro CLI into Airflow ${release.airflow}`, () => {
    let airflow: AirflowProcess;
    before(async () => {
      airflow = await startedAirflow(release);
    });

    const used = (type: string, lines: readonly string[]): Promise<SignIn> =>
      airflow.use({ place: 'restApi', bodies: astroRestBodies(settings([`conn_type: ${type}`, ...lines])), connectionId: 'azure_wi', type });

    it('arrives with its keys as they were where conn_extra is text', async () => {
      const { connection, ...rest } = await used('azure_data_factory', [...nulls, asText]);
      assert.deepEqual(connection, { conn_id: 'azure_wi', conn_type: 'azure_data_factory', host: null, schema: null, login: null, password: null, port: null, extra });
      assert.deepEqual(signedInAs(rest), workloadIdentity);
    });

    it('loses the subscription where conn_extra is a map (astro-cli#1737)', async () => {
      const { connection, error } = await used('azure_data_factory', asMap);
      assert.deepEqual(Object.keys(connection?.extra ?? {}).sort(), ['managed_identity_client_id', 'subscriptionid', 'workload_identity_tenant_id']);
      assert.equal(error, 'ValueError: A Subscription ID is required to connect to Azure Data Factory.');
    });

    it('cannot hold the empty schema that Service Bus needs', async () => {
      const namespace = { ...extra, fully_qualified_namespace: 'n.servicebus.windows.net' };
      const { connection, error } = await used('azure_service_bus', ["conn_schema: ''", `conn_extra: '${JSON.stringify(namespace)}'`]);
      assert.equal(connection?.schema, null);
      assert.equal(error, 'ValueError: Connection string is either blank or malformed.');
    });

    for (const [name, uri, type] of entriesOfUri) {
      it(`arrives as the extension reads it where only conn_uri stands: ${name}`, async () => {
        const text = settings([`conn_uri: '${uri}'`]);
        const content = airflowSettingsFormat().read(text);
        assert.ok(!('kind' in content) && content.findings.length === 0, JSON.stringify(content));
        const cut = await airflow.use({ place: 'restApi', bodies: astroRestBodies(text), connectionId: 'azure_wi', type });
        assert.deepEqual(asRead(cut.connection), content.connections[0]?.connection);
        assert.deepEqual(signedInAs(cut), workloadIdentity, cut.error ?? '');
        // Older releases hand the URI over to `airflow connections add --conn-uri`, where Airflow itself cuts it.
        const whole = await airflow.use({ place: 'environment', variables: { AIRFLOW_CONN_AZURE_WI: uri }, connectionId: 'azure_wi', type });
        assert.deepEqual(whole.connection?.extra, cut.connection?.extra);
        assert.deepEqual(signedInAs(whole), workloadIdentity, whole.error ?? '');
      });
    }

    it('is passed over where conn_uri is no URI to the Astro CLI, which the extension says', () => {
      const text = settings(["conn_uri: 'azure_data_factory://?subscriptionId=a'"]);
      assert.deepEqual(astroRestBodies(text), []);
      const content = airflowSettingsFormat().read(text);
      assert.deepEqual('kind' in content ? content : content.findings.map(({ code }) => code), ['uri-scheme']);
    });

    it('does not read conn_uri beside conn_type', async () => {
      const { connection } = await used('azure', ["conn_uri: 'wasb://h/?a=b'", asText]);
      assert.deepEqual([connection?.conn_type, connection?.host, connection?.extra], ['azure', null, extra]);
    });

    it('passes over entries without an id, as the template has one', async () => {
      assert.deepEqual(astroRestBodies('airflow:\n  connections:\n    - conn_id:\n      conn_type:\n      conn_extra:\n        example_extra_field: example-value\n'), []);
      assert.deepEqual(astroRestBodies('airflow:\n'), []);
    });
  });
}
