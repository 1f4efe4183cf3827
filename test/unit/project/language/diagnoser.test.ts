import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { formatOf, projectFormats } from '../../../../src/project/formats.ts';
import type { ReadFile } from '../../../../src/project/acrossFiles.ts';
import { acrossDiagnoses } from '../../../../src/project/language/acrossDiagnoses.ts';
import { Diagnoser } from '../../../../src/project/language/diagnoser.ts';
import { diagnosticCodes } from '../../../../src/project/language/diagnosticCodes.ts';
import type { DiagnosticCode } from '../../../../src/project/language/diagnosticCodes.ts';
import type { Diagnosis } from '../../../../src/project/language/diagnosis.ts';
import { fixedText, fixEdits } from '../../../../src/project/language/fixEdits.ts';
import type { Knowledge, KnownIdentity } from '../../../../src/project/language/knowledge.ts';
import { noKnowledge } from '../../../../src/project/language/knowledge.ts';
import type { ProjectFormat } from '../../../../src/project/projectFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';

const clientId = '11111111-1111-4111-8111-111111111111';
const principalId = '22222222-2222-4222-8222-222222222222';
const tenantId = '33333333-3333-4333-8333-333333333333';
const other = '44444444-4444-4444-8444-444444444444';
const identity: KnownIdentity = { name: 'id-orders', clientId, principalId, tenantId, subscriptionId: other, subscriptionName: 'Production' };
const known: Knowledge = { ...noKnowledge, identities: [identity], isComplete: true };
const both = `"managed_identity_client_id": "${clientId}", "workload_identity_tenant_id": "${tenantId}"`;

function formatAt(name: string): ProjectFormat {
  const format = formatOf(`/project/${name}`);
  assert.ok(format !== undefined, name);
  return format;
}

/** An entry of airflow_settings.yaml with further lines. */
function settings(...lines: readonly string[]): string {
  return ['airflow:', '  connections:', '    - conn_id: a', ...lines.map((line) => `      ${line}`), ''].join('\n');
}

interface Example {
  readonly file: string;
  readonly text: string;
  readonly knowledge?: Knowledge;
  /** What is underlined. */
  readonly at: string;
  /** Whether a fix mends it; some only a person can. */
  readonly isFixed: boolean;
}

/** What each code is about: the smallest file that has it. */
const examples: Readonly<Record<Exclude<DiagnosticCode, 'places-differ'>, Example>> = {
  'half-identity': { file: 'airflow_settings.yaml', text: settings('conn_type: azure', `conn_extra: '{"managed_identity_client_id": "${clientId}"}'`), knowledge: known, at: clientId, isFixed: true },
  'secret-wins': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "wasb", "host": "https://a.blob.core.windows.net", "password": "key", "extra": {${both}}}`, at: 'key', isFixed: true },
  'misspelt-key': { file: 'connections.json', text: `{"a": {"conn_type": "azure_data_factory", "extra": {${both}, "subscription_id": "${other}"}}}`, at: other, isFixed: true },
  'missing-field': { file: 'connections.json', text: `{"a": {"conn_type": "wasb", "extra": {${both}}}}`, at: 'a', isFixed: false },
  'empty-schema': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "azure_service_bus", "extra": {${both}, "fully_qualified_namespace": "a.servicebus.windows.net"}}`, at: 'A', isFixed: true },
  'wrong-value': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "adls", "host": "https://a.dfs.core.windows.net", "extra": {${both}}}`, at: 'https://a.dfs.core.windows.net', isFixed: false },
  'secret-only-type': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "msgraph", "extra": {${both}}}`, at: 'msgraph', isFixed: false },
  'id-form': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "azure", "extra": {"managed_identity_client_id": " ${clientId}", "workload_identity_tenant_id": "${tenantId}"}}`, at: ` ${clientId}`, isFixed: true },
  'client-id-is-principal-id': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "azure", "extra": {"managed_identity_client_id": "${principalId}", "workload_identity_tenant_id": "${tenantId}"}}`, knowledge: known, at: principalId, isFixed: true },
  'client-id-unknown': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "azure", "extra": {"managed_identity_client_id": "${other}", "workload_identity_tenant_id": "${tenantId}"}}`, knowledge: known, at: other, isFixed: true },
  'tenant-mismatch': { file: '.env', text: `AIRFLOW_CONN_A={"conn_type": "azure", "extra": {"managed_identity_client_id": "${clientId}", "workload_identity_tenant_id": "${other}"}}`, knowledge: known, at: other, isFixed: true },
  'secret-in-file': { file: 'airflow_settings.yaml', text: settings('conn_type: wasb', 'conn_host: https://a.blob.core.windows.net', 'conn_password: accountkey'), knowledge: known, at: 'accountkey', isFixed: true },
  'provider-missing': { file: 'airflow_settings.yaml', text: settings('conn_type: azure', `conn_extra: '{${both}}'`), knowledge: { ...noKnowledge, requirements: { text: 'pandas\n' } }, at: 'azure', isFixed: false },
  'provider-old': { file: 'airflow_settings.yaml', text: settings('conn_type: adls', 'conn_host: a', `conn_extra: '{${both}}'`), knowledge: { ...noKnowledge, requirements: { text: 'apache-airflow-providers-microsoft-azure==9.0.0\n' } }, at: 'adls', isFixed: false },
  'file-unreadable': { file: 'airflow_settings.yaml', text: 'airflow:\n  connections: [\n', at: '', isFixed: false },
  'byte-order-mark': { file: 'connections.json', text: '\uFEFF{}', at: '\uFEFF', isFixed: true },
  'duplicate-id': { file: 'airflow_settings.yaml', text: `${settings('conn_type: http')}    - conn_id: a\n      conn_type: http\n`, at: 'a', isFixed: false },
  'type-missing': { file: 'airflow_settings.yaml', text: settings('conn_host: h'), at: 'a', isFixed: false },
  'json-unreadable': { file: '.env', text: 'AIRFLOW_CONN_A={"conn_type": ', at: '{"conn_type":', isFixed: false },
  'uri-unreadable': { file: '.env', text: 'AIRFLOW_CONN_A=http://h:port', at: 'http://h:port', isFixed: false },
  'uri-scheme': { file: '.env', text: 'AIRFLOW_CONN_A=azure_data_factory://', at: 'azure_data_factory://', isFixed: true },
  'uri-path': { file: '.env', text: 'AIRFLOW_CONN_A=azure-ai-agents://https://h/api', at: 'azure-ai-agents://https://h/api', isFixed: true },
  'uri-host-case': { file: '.env', text: 'AIRFLOW_CONN_A=http://MyHost', at: 'http://MyHost', isFixed: true },
  'uri-text-value': { file: '.env', text: 'AIRFLOW_CONN_A=azure://?use_azure_identity_object=true', at: 'azure://?use_azure_identity_object=true', isFixed: true },
  'uri-parameters-dropped': { file: '.env', text: 'AIRFLOW_CONN_A=azure://?__extra__=%7B%7D&subscriptionId=a', at: 'azure://?__extra__=%7B%7D&subscriptionId=a', isFixed: true },
  'extra-map': { file: 'airflow_settings.yaml', text: settings('conn_type: azure', 'conn_extra:', '  subscriptionId: a'), at: 'subscriptionId: a', isFixed: true },
  'extra-unreadable': { file: 'airflow_settings.yaml', text: settings('conn_type: azure', 'conn_extra: text'), at: 'text', isFixed: false },
  'uri-ignored': { file: 'airflow_settings.yaml', text: settings('conn_type: azure', 'conn_uri: azure://'), at: 'conn_uri', isFixed: true },
  'id-missing': { file: 'airflow_settings.yaml', text: 'airflow:\n  connections:\n    - conn_type: azure\n      conn_host: h\n', at: 'conn_type: azure\n      conn_host: h', isFixed: false },
  'env-multi-line': { file: '.env', text: 'AIRFLOW_CONN_A=\'{\n  "conn_type": "http"\n}\'', at: '\'{\n  "conn_type": "http"\n}\'', isFixed: true },
  'env-quoted': { file: '.env', text: 'AIRFLOW_CONN_A=\'{"conn_type": "http"}\'', at: '\'{"conn_type": "http"}\'', isFixed: true },
  'env-unterminated': { file: '.env', text: 'AIRFLOW_CONN_A=\'{"conn_type": "http"}', at: '\'{"conn_type": "http"}', isFixed: false },
  'env-name-case': { file: '.env', text: 'airflow_conn_a={"conn_type": "http"}', at: 'airflow_conn_a', isFixed: true },
  'env-export': { file: '.env', text: 'export AIRFLOW_CONN_A={"conn_type": "http"}', at: 'export', isFixed: true },
  'env-blanks': { file: '.env', text: 'AIRFLOW_CONN_A = {"conn_type": "http"}', at: 'AIRFLOW_CONN_A', isFixed: true },
  'env-comment': { file: '.env', text: 'AIRFLOW_CONN_A={"conn_type": "http"} # ours', at: ' # ours', isFixed: true },
  'file-comment': { file: 'connections.json', text: '{\n  // ours\n  "a": {"conn_type": "http"}\n}', at: '// ours', isFixed: true },
  'file-value': { file: 'connections.json', text: '{"a": 1}', at: '1', isFixed: false },
  'file-key': { file: 'connections.json', text: '{"a": {"conn_type": "http", "foo": 1}}', at: '"foo": 1', isFixed: false },
  'file-extra-twice': { file: 'connections.json', text: '{"a": {"conn_type": "http", "extra": {}, "extra_dejson": {}}}', at: '"extra_dejson": {}', isFixed: false },
  'file-conn-id': { file: 'connections.json', text: '{"a": {"conn_type": "http", "conn_id": "b"}}', at: '"conn_id": "b"', isFixed: true },
  'file-json-text': { file: 'connections.env', text: 'a={"conn_type": "http", "host": "h"}', at: '{"conn_type": "http", "host": "h"}', isFixed: true },
  'type-dashes': { file: 'connections.json', text: '{"a": {"conn_type": "azure-data-factory"}}', at: '"conn_type": "azure-data-factory"', isFixed: true },
  'file-blank-line': { file: 'connections.env', text: 'a=http://h\n  \n', at: '  ', isFixed: true },
  'file-line': { file: 'connections.env', text: 'a\n', at: 'a', isFixed: false },
  'file-id': { file: 'connections.env', text: 'AIRFLOW_CONN_A=http://h\n', at: 'AIRFLOW_CONN_A', isFixed: true },
  'file-quoted': { file: 'connections.env', text: 'a="http://h"\n', at: '"http://h"', isFixed: true },
  'chart-value': { file: 'values.yaml', text: 'executor: LocalExecutor\nextraEnv:\n  - name: AIRFLOW_CONN_A\n    value: http://h\n', at: 'extraEnv', isFixed: true },
  'services-differ': { file: 'docker-compose.yaml', text: 'services:\n  airflow-scheduler:\n    environment:\n      AIRFLOW_CONN_A: http://h\n  airflow-worker:\n    environment:\n      AIRFLOW_CONN_A: http://g\n', at: 'A', isFixed: false },
};

function diagnosesOf({ file, text, knowledge = noKnowledge }: Omit<Example, 'at' | 'isFixed'>): readonly Diagnosis[] {
  return new Diagnoser(formatAt(file)).diagnose(text, knowledge).diagnoses;
}

describe('What is wrong with connections in files', () => {
  for (const [code, example] of Object.entries(examples)) {
    it(`${code} is found in ${example.file}, underlined where it stands`, () => {
      const found = diagnosesOf(example).find((diagnosis) => diagnosis.code === code);
      assert.ok(found !== undefined, JSON.stringify(diagnosesOf(example)));
      assert.equal(example.text.slice(found.range.offset, found.range.offset + found.range.length), example.at);
      assert.match(found.message, /\.$/);
    });

    if (example.isFixed) {
      it(`${code} vanishes with each of its fixes, and nothing worse comes`, () => {
        const format = formatAt(example.file);
        const before = diagnosesOf(example);
        const fixes = before.filter((diagnosis) => diagnosis.code === code).flatMap((diagnosis) => diagnosis.fixes);
        assert.ok(fixes.length > 0);
        for (const fix of fixes) {
          const edits = fixEdits(format, example.text, fix);
          assert.ok(!('kind' in edits), fix.title);
          const after = diagnosesOf({ ...example, text: applyEdits(example.text, edits) });
          assert.ok(!after.some((diagnosis) => diagnosis.code === code), `${fix.title} leaves ${code}: ${applyEdits(example.text, edits)}`);
          assert.ok(after.filter(({ severity }) => severity === 'error').length <= before.filter(({ severity }) => severity === 'error').length, fix.title);
        }
      });
    }
  }

  it('a password that nothing reads any more is taken out, and the identity stays', () => {
    const text = settings('conn_type: azure_batch', 'conn_password: left', `conn_extra: '{${both}, "account_url": "https://a.westeurope.batch.azure.com"}'`);
    const found = diagnosesOf({ file: 'airflow_settings.yaml', text });
    assert.deepEqual(found.map(({ code, fixes }) => [code, fixes.map(({ title, isSafe }) => [title, isSafe])]), [['secret-in-file', [['Remove password', false]]]]);
    const [fix] = found[0]?.fixes ?? [];
    assert.ok(fix !== undefined);
    const edits = fixEdits(formatAt('airflow_settings.yaml'), text, fix);
    assert.ok(!('kind' in edits));
    assert.ok(!applyEdits(text, edits).includes('left'));
  });

  it('an empty field that the file cannot hold is not offered: where to write the connection instead is told', () => {
    const text = settings('conn_type: azure_service_bus', `conn_extra: '{${both}, "fully_qualified_namespace": "a.servicebus.windows.net"}'`);
    const found = diagnosesOf({ file: 'airflow_settings.yaml', text });
    assert.deepEqual(found.map(({ code, fixes }) => [code, fixes]), [['empty-schema', []]]);
    assert.match(found[0]?.message ?? '', /the Astro CLI leaves empty fields out\. Write the connection to \.env instead\./);
  });

  it('are explained in the docs, each under its code', () => {
    const docs = readFileSync(new URL('../../../../docs/diagnostics.md', import.meta.url), 'utf8');
    const explained = Array.from(docs.matchAll(/^### ([a-z-]+)$/gm), ([, code]) => code);
    assert.deepEqual(new Set(explained), new Set(diagnosticCodes));
  });

  it('have no other codes, whatever file of the corpus is looked at', () => {
    for (const format of projectFormats()) {
      const folder = new URL(`../corpus/${format.id}/`, import.meta.url);
      for (const name of readdirSync(folder)) {
        for (const { code } of new Diagnoser(format).diagnose(readFileSync(new URL(name, folder), 'utf8'), known).diagnoses) {
          assert.ok(diagnosticCodes.some((one) => one === code), `${code} in ${name}`);
        }
      }
    }
  });

  it('can be turned off one by one, by their codes', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as {
      readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, { readonly items?: { readonly enum: readonly string[] } }>> } };
    };
    assert.deepEqual(manifest.contributes.configuration.properties['airflowIdentity.disabledDiagnostics']?.items?.enum, diagnosticCodes);
  });

  it('are none in a file that is in order, whatever is known', () => {
    const text = settings('conn_type: wasb', 'conn_host: https://a.blob.core.windows.net', `conn_extra: '{${both}}'`);
    const knowledge = { ...known, requirements: { text: 'apache-airflow-providers-microsoft-azure>=8.2.0\n' } };
    assert.deepEqual(diagnosesOf({ file: 'airflow_settings.yaml', text, knowledge }), []);
  });
});

describe('What is not known is not claimed', () => {
  const unknown = examples['client-id-unknown'];

  it('an id is not called unknown while identities are being listed', () => {
    assert.deepEqual(diagnosesOf({ ...unknown, knowledge: { ...known, isComplete: false } }), []);
  });

  it('nor an id of a tenant in which nothing was listed', () => {
    assert.deepEqual(diagnosesOf({ ...unknown, text: unknown.text.replace(tenantId, other) }), []);
  });

  it('an id in other letters is the same id', () => {
    assert.deepEqual(diagnosesOf({ ...unknown, text: unknown.text.replace(other, clientId.toUpperCase()) }), []);
  });

  it('the provider is not missing where no requirements were read', () => {
    assert.deepEqual(diagnosesOf({ ...examples['provider-missing'], knowledge: noKnowledge }), []);
  });

  it('the provider is too old for object storage paths where it would do for the hook of the same type', () => {
    const text = settings('conn_type: wasb', 'conn_host: https://a.blob.core.windows.net', `conn_extra: '{${both}, "account_name": "mystorage"}'`);
    const found = (version: string): readonly Diagnosis[] => diagnosesOf({ file: 'airflow_settings.yaml', text, knowledge: { ...noKnowledge, requirements: { text: `apache-airflow-providers-microsoft-azure==${version}\n` } } });
    assert.deepEqual(found('10.0.0').map(({ code, fixes: [fix] }) => [code, fix?.title]), [['provider-old', 'Require 10.1.0 or newer in requirements.txt']]);
    assert.deepEqual(found('10.1.0'), []);
    assert.deepEqual(diagnosesOf({ file: 'airflow_settings.yaml', text: text.replace(', "account_name": "mystorage"', ''), knowledge: { ...noKnowledge, requirements: { text: 'apache-airflow-providers-microsoft-azure==10.0.0\n' } } }), []);
  });

  it('nor too old for a type that it suits', () => {
    const { file, text, knowledge } = examples['provider-old'];
    assert.deepEqual(diagnosesOf({ file, text: text.replace('adls', 'azure_batch').replace('conn_host: a', 'conn_host: ~').replace(both, `${both}, "account_url": "https://a.b"`), ...(knowledge && { knowledge }) }), []);
  });
});

describe('A connection that stands in two files', () => {
  const files = (first: string, second: string): readonly ReadFile[] => [['.env', first], ['connections.json', second]].map(([name = '', text = '']) => {
    const format = formatAt(name);
    return { uri: name, label: name, format, connections: new Diagnoser(format).diagnose(text, noKnowledge).connections };
  });
  const json = '{"a": {"conn_type": "http", "host": "b", "port": 80}}';

  it('differs where it holds other values, and takes those of the other file', () => {
    const text = 'AIRFLOW_CONN_A={"conn_type": "http", "host": "a", "login": "me"}';
    const [found, ...others] = acrossDiagnoses('.env', files(text, json));
    assert.deepEqual([found?.code, others], ['places-differ', []]);
    const [fix] = found?.fixes ?? [];
    assert.ok(fix !== undefined);
    const edits = fixEdits(formatAt('.env'), text, fix);
    assert.ok(!('kind' in edits));
    assert.deepEqual(acrossDiagnoses('.env', files(applyEdits(text, edits), json)), []);
  });

  it('is fine with the same values', () => {
    assert.deepEqual(acrossDiagnoses('.env', files('AIRFLOW_CONN_A={"conn_type": "http", "host": "b", "port": 80}', json)), []);
  });
});

describe('Mending everything at once', () => {
  const text = settings(
    'conn_type: azure_data_factory', 'conn_uri: azure://', `conn_extra: '{"managed_identity_client_id": "${principalId}", "workload_identity_tenant_id": "${tenantId}", "subscription_id": "${other}"}'`,
  );

  it('leaves nothing that could be mended without a question', () => {
    const format = formatAt('airflow_settings.yaml');
    const fixed = fixedText(format, text, known);
    assert.deepEqual(diagnosesOf({ file: 'airflow_settings.yaml', text: fixed, knowledge: known }), []);
    assert.equal(fixedText(format, fixed, known), fixed);
  });

  it('mends one code alone', () => {
    const fixed = fixedText(formatAt('airflow_settings.yaml'), text, known, 'misspelt-key');
    assert.deepEqual(diagnosesOf({ file: 'airflow_settings.yaml', text: fixed, knowledge: known }).map(({ code }) => code), ['uri-ignored', 'client-id-is-principal-id']);
  });

  it('takes out no secret, which may stand nowhere else', () => {
    const { file, text: secret } = examples['secret-wins'];
    assert.equal(fixedText(formatAt(file), secret, known), secret);
  });
});
