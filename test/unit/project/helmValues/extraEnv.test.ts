import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { helmValuesFormat } from '../../../../src/project/helmValues/helmValuesFormat.ts';
import { hasActions, templatedJson, withoutActions } from '../../../../src/project/helmValues/templateText.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { anyConnection } from '../../connection/connectionArbitraries.ts';
import { azureConnection, foundConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = helmValuesFormat();
const json = '{"conn_type":"azure","extra":{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"}}';

function corpus(name: string): string {
  return readFileSync(new URL(`../corpus/helmValues/${name}`, import.meta.url), 'utf8');
}

function planned(text: string, connection = azureConnection()): string {
  const plan = format.planConnection(text, connection);
  const edit = editOf(plan);
  assert.ok(edit, JSON.stringify(plan));
  return applyEdits(text, edit.edits);
}

/** The one place where two texts differ. */
function added(before: string, after: string): readonly [at: number, text: string] {
  let at = 0;
  while (before[at] === after[at]) {
    at += 1;
  }
  const line = before.lastIndexOf('\n', at - 1) + 1;
  const text = after.slice(line, line + after.length - before.length);
  assert.equal(before.slice(0, line) + text + before.slice(line), after, 'nothing else changed');
  return [line, text];
}

describe('extraEnv of values.yaml, a list of variables as text for tpl', () => {
  it('takes a connection behind all else, also behind the end of a condition, and stays byte for byte', () => {
    const text = corpus('extraEnv.yaml');
    const [line, inserted] = added(text, planned(text));
    assert.equal(inserted, `  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'\n`);
    assert.ok(text.slice(0, line).endsWith('  {{- end }}\n'));
  });

  it('keeps the line endings, the depth and the chomping of the text', () => {
    const text = corpus('extraEnvWindows.yaml');
    const [, inserted] = added(text, planned(text));
    assert.equal(inserted, `      - name: AIRFLOW_CONN_AZURE_WI\r\n        value: '${json}'\r\n`);
  });

  for (const [name, text, result] of [
    ['ends the file without a line break', 'executor: x\nextraEnv: |\n  - name: A\n    value: b', `executor: x\nextraEnv: |\n  - name: A\n    value: b\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'`],
    ['is followed by blank lines that it keeps', 'executor: x\nextraEnv: |+\n  - name: A\n    value: b\n\nlabels: {}\n', `executor: x\nextraEnv: |+\n  - name: A\n    value: b\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'\n\nlabels: {}\n`],
    ['holds a comment alone', 'executor: x\nextraEnv: |\n  # none yet\n', `executor: x\nextraEnv: |\n  # none yet\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'\n`],
    ['holds an empty list', 'executor: x\nextraEnv: |\n  []\n', `executor: x\nextraEnv: |\n  [{name: AIRFLOW_CONN_AZURE_WI, value: '${json}'}]\n`],
    ['is there beside a list without items', 'executor: x\nenv: []\nextraEnv: |\n  - {name: A, value: b}\n', `executor: x\nenv: []\nextraEnv: |\n  - {name: A, value: b}\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'\n`],
    ['is nothing', 'executor: x\nextraEnv: ~\n', `executor: x\nextraEnv: ~\nenv:\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'\n`],
    ['is not the only place', 'executor: x\nenv:\n  - {name: A, value: b}\nextraEnv: |\n  - {name: C, value: d}\n', `executor: x\nenv:\n  - {name: A, value: b}\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'\nextraEnv: |\n  - {name: C, value: d}\n`],
  ] as const) {
    it(`takes one where the text ${name}`, () => {
      assert.equal(planned(text), result);
    });
  }

  it('is changed and emptied within the text', () => {
    const text = corpus('extraEnvWindows.yaml');
    assert.equal(planned(text, { ...foundConnection('a', 'azure', { note: 1 }) }), text.replace('"http://h"', `'{"conn_type":"azure","host":"h","extra":{"note":1}}'`));
    const one = 'executor: x\nextraEnv: |\n  - name: AIRFLOW_CONN_A\n    value: http://h\nlabels: {}\n';
    const removal = format.planRemoval(one, 'a');
    assert.equal(removal.kind === 'edit' && applyEdits(one, removal.edits), 'executor: x\nextraEnv: |\n  []\nlabels: {}\n');
  });

  it('is read without what its template makes at run time', () => {
    assert.deepEqual(contentOf(format, corpus('extraEnv.yaml')).connections.map(({ connection }) => connection.connectionId), ['warehouse', 'vault']);
    for (const connectionId of ['rendered', 'secret']) {
      const plan = format.planConnection(corpus('extraEnv.yaml'), { ...azureConnection(), connectionId });
      assert.match(plan.kind === 'refused' ? plan.message : plan.kind, /stands elsewhere/);
    }
    assert.equal(format.planConnection(corpus('extraEnv.yaml'), { ...azureConnection(), connectionId: 'secret' }).kind, 'refused');
  });

  it('names the line of the file in a refusal', () => {
    const plan = format.planConnection(corpus('extraEnv.yaml'), { ...azureConnection(), connectionId: 'rendered' });
    assert.equal(plan.kind === 'refused' && plan.line, corpus('extraEnv.yaml').split('\n').findIndex((line) => line.includes('AIRFLOW_CONN_RENDERED')) + 1);
  });

  it('gets nothing that tpl would act upon', () => {
    fc.assert(fc.property(anyConnection, fc.string({ unit: fc.constantFrom('{', '}', ' ', 'x', '"', '-', '%') }), (connection, note) => {
      const wanted = { ...connection, connectionId: 'ours', extra: { ...connection.extra, note } };
      const result = planned('executor: x\nextraEnv: |\n  - name: A\n    value: b\n', wanted);
      const { extraEnv } = parse(result) as { readonly extraEnv: string };
      assert.ok(!hasActions(extraEnv), extraEnv);
      const list = parse(extraEnv) as readonly { readonly name: string; readonly value: string }[];
      assert.deepEqual((JSON.parse(list[1]?.value ?? '') as { readonly extra: Readonly<Record<string, unknown>> }).extra['note'], note);
    }));
  });

  it('takes the settings of a preset, but no text that tpl would act upon', () => {
    const settings = (value: string): ReturnType<NonNullable<typeof format.planSettings>> | undefined => format.planSettings?.(corpus('extraEnv.yaml'), { variables: [{ name: 'AIRFLOW__LOGGING__REMOTE_LOGGING', value }, { name: 'POD_NAME', value: 'x' }], connection: azureConnection() });
    const plan = settings('True');
    assert.ok(plan?.kind === 'edit', JSON.stringify(plan));
    assert.match(applyEdits(corpus('extraEnv.yaml'), plan.edits), / {2}\{\{- end \}\}\n {2}- name: AIRFLOW_CONN_AZURE_WI\n.*\n {2}- name: AIRFLOW__LOGGING__REMOTE_LOGGING\n {4}value: 'True'\n {2}- name: POD_NAME\n {4}value: 'x'\n\n\n/);
    assert.equal(settings('{{ ds }}')?.kind, 'refused');
  });

  for (const [name, text, isMended] of [
    ['a list below it', 'executor: x\nextraEnv:\n  - name: AIRFLOW_CONN_A\n    value: "http://h"\n  - name: B\n    value: c\n', true],
    ['a list in the column of its key', 'executor: x\nextraEnv:\n- name: A\n  value: b\n', false],
    ['a list on its line', 'executor: x\nextraEnv: [{name: A, value: b}]\n', false],
  ] as const) {
    it(`is found wrong with ${name}, since helm refuses that`, () => {
      assert.deepEqual(codesIn(format, text), ['chart-value']);
      checkFixes(format, text);
      const [fix] = contentOf(format, text).findings.flatMap(({ fixes }) => fixes);
      assert.equal(fix === undefined ? undefined : applyEdits(text, fix.edits), isMended ? text.replace('extraEnv:\n', 'extraEnv: |\n') : undefined);
    });
  }

  it('is left alone where it is no YAML without its template, or shared', () => {
    for (const text of ['executor: x\nextraEnv: |\n  {{ if }} - [ {{ end }}\n', 'executor: x\nextraEnv: &a |\n  - {name: AIRFLOW_CONN_A, value: "http://h"}\nother: *a\n']) {
      const result = planned(text.replace('executor: x\n', 'executor: x\nenv:\n  - {name: A, value: b}\n'));
      assert.ok(result.includes(text.slice('executor: x\n'.length)));
    }
    assert.equal(format.planRemoval('executor: x\nextraEnv: &a |\n  - {name: AIRFLOW_CONN_A, value: "http://h"}\nother: *a\n', 'a').kind, 'refused');
  });
});

describe('the text of a template', () => {
  for (const [text, hidden] of [
    ['- name: {{ .Release.Name }}-x\n', '- name: xxxxxxxxxxxxxxxxxxx-x\n'],
    ['  {{- if .Values.a }}\n- b\n  {{- end }}\n', '  #xxxxxxxxxxxxxxxxxx\n- b\n  #xxxxxxxxx\n'],
    ['{{/* don\'t "close\n}} */}}\n- a\n', null],
    ['a: "{{ "}}" }}"\n', 'a: "xxxxxxxxxx"\n'],
    ['a: {{ never closed\n', 'a: {{ never closed\n'],
    ['a: }} b\n', 'a: }} b\n'],
  ] as const) {
    it(`is hidden in ${JSON.stringify(text)}`, () => {
      const result = withoutActions(text);
      assert.equal(result.length, text.length);
      assert.deepEqual(result.split('\n').map((line) => line.length), text.split('\n').map((line) => line.length));
      assert.equal(hidden ?? result, result);
    });
  }

  it('is none after JSON was escaped for it, and the JSON says the same', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.ok(!hasActions(templatedJson(text)));
      assert.equal(JSON.stringify(JSON.parse(templatedJson(text))), text);
    }));
  });
});
