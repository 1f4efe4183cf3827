import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { AirflowConnection } from '../../../../src/connection/airflowConnection.ts';
import { carries } from '../../../../src/connection/connectionValues.ts';
import { helmValuesFormat } from '../../../../src/project/helmValues/helmValuesFormat.ts';
import { knownSecrets } from '../../../../src/project/helmValues/knownSecrets.ts';
import { planSecretReference } from '../../../../src/project/helmValues/planSecretReference.ts';
import type { SecretTarget } from '../../../../src/project/helmValues/secretTarget.ts';
import { kubectlSecret } from '../../../../src/project/helmValues/secretTarget.ts';
import { maskValues } from '../../../../src/project/helmValues/valuesMask.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { anyConnection } from '../../connection/connectionArbitraries.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';
import { contentOf } from '../formatChecks.ts';

const format = helmValuesFormat();
const folder = new URL('../corpus/helmValues/', import.meta.url);
const json = '{"conn_type":"azure","extra":{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"}}';
const made: SecretTarget = { secretName: 'airflow-connections', secretKey: 'azure_wi', isMade: true };
const madeElsewhere: SecretTarget = { ...made, isMade: false };

function corpus(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function planned(text: string, target: SecretTarget, connection: AirflowConnection = azureConnection()): string {
  const plan = planSecretReference(text, connection, target);
  assert.ok(plan.kind === 'edit', JSON.stringify(plan));
  const result = applyEdits(text, plan.edits);
  assert.equal(planSecretReference(result, connection, target).kind, 'unchanged');
  return result;
}

describe('a connection of values.yaml that is kept in a Kubernetes secret', () => {
  it('is referred to in the list of the official chart', () => {
    assert.equal(planned('executor: x\n', madeElsewhere), 'executor: x\nsecret:\n  - envName: AIRFLOW_CONN_AZURE_WI\n    secretName: airflow-connections\n    secretKey: azure_wi\n');
  });

  it('is referred to in extraEnv where the file has that', () => {
    assert.equal(
      planned('executor: x\nextraEnv: |\n  - name: A\n    value: b\n', madeElsewhere),
      'executor: x\nextraEnv: |\n  - name: A\n    value: b\n  - name: AIRFLOW_CONN_AZURE_WI\n    valueFrom: {secretKeyRef: {name: airflow-connections, key: azure_wi}}\n',
    );
  });

  it('is referred to among the variables of the community chart, which makes no secrets', () => {
    const result = planned(corpus('community.yaml'), madeElsewhere);
    assert.match(result, /\n {4}- name: AIRFLOW_CONN_AZURE_WI\r\n {6}valueFrom: \{secretKeyRef: \{name: airflow-connections, key: azure_wi\}\}\r\n/);
    assert.equal(planSecretReference(corpus('community.yaml'), azureConnection(), made).kind, 'refused');
  });

  it('stands in the text of a new secret that the chart makes', () => {
    assert.equal(
      planned('executor: x\n', made),
      `executor: x\nsecret:\n  - envName: AIRFLOW_CONN_AZURE_WI\n    secretName: airflow-connections\n    secretKey: azure_wi\nextraSecrets:\n  airflow-connections:\n    stringData: |\n      azure_wi: '${json}'\n`,
    );
  });

  it('stands beside others in a secret that the chart makes already, which takes no reference where all its keys are variables', () => {
    const target = { secretName: '{{ .Release.Name }}-airflow-connections', secretKey: 'AIRFLOW_CONN_AZURE_WI', isMade: true };
    const text = corpus('secrets.yaml');
    assert.equal(planned(text, target), text.replace('      AIRFLOW_CONN_RENDERED: {{ .Values.rendered }}\n', `$&      AIRFLOW_CONN_AZURE_WI: '${json}'\n`));
    assert.match(planned(text, { ...made, secretName: 'team-connections' }), /\n {6}unused: x\n {6}azure_wi: '\{/);
  });

  it('leaves the place where it stood, and refers to one secret only', () => {
    const plain = planned(corpus('official.yaml'), { ...madeElsewhere, secretKey: 'vault' }, { ...azureConnection(), connectionId: 'vault' });
    assert.doesNotMatch(plain, /- name: AIRFLOW_CONN_VAULT/);
    assert.match(plain, /- envName: AIRFLOW_CONN_VAULT\n/);
    const moved = planned(corpus('secrets.yaml'), { ...made, secretKey: 'w' }, { ...azureConnection(), connectionId: 'warehouse' });
    assert.equal(moved.split('AIRFLOW_CONN_WAREHOUSE').length, 2);
    assert.doesNotMatch(moved, /^ *warehouse: /m);
    const elsewhere = planned(corpus('secrets.yaml'), { ...madeElsewhere, secretKey: 'e' }, { ...azureConnection(), connectionId: 'elsewhere' });
    assert.doesNotMatch(elsewhere, /made-by-others/);
  });

  it('is not written over another key, nor where a name is none to Kubernetes', () => {
    for (const [target, text] of [
      [{ ...made, secretName: 'team-connections', secretKey: 'unused' }, corpus('secrets.yaml')],
      [{ ...made, secretName: 'Team' }, 'executor: x\n'], [{ ...made, secretKey: 'a b' }, 'executor: x\n'], [{ ...madeElsewhere, secretName: '{{ .Release.Name }}-x' }, 'executor: x\n'],
      [made, 'image: nginx\n'], [made, 'a: [\n'],
    ] as const) {
      const plan = planSecretReference(text, azureConnection(), target);
      assert.equal(plan.kind, 'refused', JSON.stringify(plan));
    }
  });

  it('is shown before with the names of the secrets, and without what they hold', () => {
    const text = `${corpus('secrets.yaml').replace('unused: x', 'unused: hunter1')}webserverSecretKey: hunter2\nregistry: {secretName: pull, secret: hunter3}\n`;
    const plan = planSecretReference(text, { ...azureConnection(), password: 'hunter4' }, made);
    const shown = (plan.kind === 'edit' ? plan.preview : []).map((line) => line.text).join('\n');
    assert.match(shown, /secretName: airflow-connections\n {4}secretKey: azure_wi/);
    assert.match(shown, /\n {6}unused: •+\n/);
    assert.match(shown, /\nwebserverSecretKey: •+$/);
    assert.deepEqual(maskValues(['secret: hunter3', 'secret:', '  - {secretName: a, secretKey: b}', 'registry: {secretName: pull, secret: hunter3}', 'fernetKey: x']), [
      'secret: ••••••', 'secret:', '  - {secretName: a, secretKey: b}', 'registry: {secretName: pull, secret: ••••••}', 'fernetKey: ••••••',
    ]);
    assert.doesNotMatch(shown, /hunter/);
  });

  it('is read, changed and taken out where the chart makes its secret, with its reference', () => {
    const text = corpus('secrets.yaml');
    assert.deepEqual(contentOf(format, text).connections.map(({ connection: { connectionId, host } }) => [connectionId, host]), [['other', 'other-host'], ['warehouse', 'db']]);
    const removal = format.planRemoval(text, 'warehouse');
    assert.ok(removal.kind === 'edit');
    const result = applyEdits(text, removal.edits);
    assert.doesNotMatch(result, /warehouse/i);
    assert.deepEqual((parse(result.replace('{{ .Values.rendered }}', 'x')) as { readonly secret: unknown }).secret, [{ envName: 'AIRFLOW_CONN_ELSEWHERE', secretName: 'made-by-others' }]);
  });

  for (const name of readdirSync(folder)) {
    it(`changes nothing else in ${name}, whatever the connection`, () => {
      const text = corpus(name);
      const isMade = !name.startsWith('community');
      fc.assert(fc.property(anyConnection, fc.boolean(), (connection, wish) => {
        const wanted = { ...connection, connectionId: `ours.${connection.connectionId}` };
        const target = { ...made, secretKey: wanted.connectionId, isMade: isMade && wish };
        const result = planned(text, target, wanted);
        const [before, after] = [contentOf(format, text).connections, contentOf(format, result).connections];
        const ours = after.filter(({ connection: { connectionId } }) => connectionId === wanted.connectionId);
        assert.deepEqual(after.filter((found) => !ours.includes(found)).map((found) => found.connection), before.map((found) => found.connection));
        assert.deepEqual(ours.map((found) => carries(found.connection, wanted)), target.isMade ? [true] : []);
        const removal = format.planRemoval(result, wanted.connectionId);
        assert.equal(removal.kind, target.isMade ? 'edit' : 'unchanged');
      }), { numRuns: 15 });
    });
  }
});

describe('whatever is left of a values.yaml', () => {
  const texts = readdirSync(folder).map(corpus);
  const fragments = ['', '\n', '{', '[', "'", ': ', '- ', '&a ', '*a', '# ', '\t', '\uFEFF', '{{ x }}', '{{- end }}\n', '{{', '}}', '|\n', '>\n', '  ', '\nextraEnv: |\n  - name: A\n', '\nextraSecrets:\n', 'stringData: |\n', '- name: AIRFLOW_CONN_OURS\n'];
  const change = fc.tuple(fc.nat(), fc.nat(30), fc.constantFrom(...fragments));
  const broken = fc.tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 3 })).map(([text, changes]) => changes.reduce((left, [at, length, put]) => {
    const offset = at % (left.length + 1);
    return left.slice(0, offset) + put + left.slice(offset + length);
  }, text));

  it('keeps its other connections when one goes into a secret, or is left alone', () => {
    const target = fc.record({ secretName: fc.constantFrom('team-connections', 'new', '{{ .Release.Name }}-airflow-connections'), secretKey: fc.constantFrom('k', 'AIRFLOW_CONN_OURS', 'warehouse'), isMade: fc.boolean() });
    fc.assert(fc.property(broken, anyConnection, target, (text, connection, wanted) => {
      const plan = planSecretReference(text, { ...connection, connectionId: 'ours' }, wanted);
      const secrets = knownSecrets(text, { connectionId: 'ours' });
      if (plan.kind === 'edit') {
        assert.equal(secrets.kind, 'secrets');
        const others = (content: string): readonly AirflowConnection[] => contentOf(format, content).connections.map((found) => found.connection).filter(({ connectionId }) => connectionId !== 'ours');
        const result = planned(text, wanted, { ...connection, connectionId: 'ours' });
        assert.deepEqual(others(result), others(text));
      }
    }), { numRuns: 300 });
  }).timeout(60_000);
});

describe('the command that makes a secret', () => {
  it('hands the connection over as it is, whatever a shell would make of it', () => {
    fc.assert(fc.property(anyConnection, (connection) => {
      const command = kubectlSecret(made, 'airflow', connection);
      const [, patch = ''] = command.split('# kubectl');
      const run = (text: string): readonly string[] => execFileSync('sh', ['-c', `kubectl() { printf '%s\\0' "$@"; }\n${text}`], { encoding: 'utf8' }).split('\0');
      const created = run(command);
      assert.deepEqual(created.slice(0, 6), ['create', 'secret', 'generic', 'airflow-connections', '--namespace', 'airflow']);
      const value = created[6]?.replace('--from-literal=azure_wi=', '') ?? '';
      assert.equal((JSON.parse(value) as { readonly conn_type: string }).conn_type, connection.type);
      assert.deepEqual(JSON.parse(run(`kubectl${patch}`).at(-2) ?? ''), { stringData: { azure_wi: value } });
    }), { numRuns: 10 });
  });
});
