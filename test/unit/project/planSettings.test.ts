import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { presets } from '../../../src/connection/presets/presets.ts';
import type { PresetSettings } from '../../../src/connection/preset.ts';
import { projectFormats } from '../../../src/project/formats.ts';
import type { ProjectFormat } from '../../../src/project/projectFormat.ts';
import type { EditPlan, PlannedEdit } from '../../../src/project/textEdit.ts';
import { applyEdits } from '../../../src/project/textEdit.ts';
import { exampleAnswers } from '../connection/presets/samplePresets.ts';
import { contentOf, editOf } from './formatChecks.ts';

const all = presets().map((preset) => ({ id: preset.id, settings: preset.settings(exampleAnswers(preset)) }));
const formats = projectFormats().filter(({ planSettings }) => planSettings !== undefined);

function corpus(format: ProjectFormat): readonly (readonly [name: string, text: string])[] {
  const folder = new URL(`corpus/${format.id}/`, import.meta.url);
  return readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);
}

function planned(format: ProjectFormat, text: string | undefined, settings: PresetSettings): EditPlan {
  assert.ok(format.planSettings);
  return format.planSettings(text, settings);
}

/** Applies an edit after looking at what every edit promises. */
function applied(text: string, { edits, cursor }: PlannedEdit): string {
  let end = -1;
  for (const { offset, length } of edits) {
    assert.ok(offset > end && offset + length <= text.length, 'edits are sorted, apart and inside the text');
    end = offset + length;
  }
  const result = applyEdits(text, edits);
  assert.ok(cursor >= 0 && cursor <= result.length);
  assert.ok(new Set(result.match(/\r?\n/g) ?? []).isSubsetOf(new Set(text.match(/\r?\n/g) ?? ['\n'])), 'line endings stay what they are');
  return result;
}

describe('settings of presets', () => {
  it('go into the files that hold environment variables', () => {
    assert.deepEqual(formats.map(({ id }) => id), ['dotEnv', 'dockerCompose', 'astroDeployment', 'helmValues']);
  });

  for (const format of formats) {
    for (const [name, text] of corpus(format)) {
      it(`stand in ${name} of ${format.title} after one edit, all presets one after the other, and leave what else is there`, () => {
        const connections = contentOf(format, text).connections.map(({ connection }) => connection);
        let result = text;
        for (const { id, settings } of all) {
          const plan = planned(format, result, settings);
          assert.ok(plan.kind === 'edit' || plan.kind === 'differs', `${id}: ${JSON.stringify(plan)}`);
          const edit = editOf(plan);
          assert.ok(edit);
          result = applied(result, edit);
          assert.equal(planned(format, result, settings).kind, 'unchanged', id);
        }
        assert.deepEqual(contentOf(format, result).connections.map(({ connection }) => connection).slice(0, connections.length), connections);
        for (const { settings: { variables } } of all) {
          for (const variable of variables) {
            assert.ok(result.includes(variable.name) && result.includes(variable.value), variable.name);
          }
        }
      });
    }

    it(`change nothing else in whatever is left of a file: ${format.title}`, () => {
      const anyFile = fc.constantFrom(...corpus(format).map(([, text]) => text));
      const broken = fc.tuple(anyFile, fc.nat(), fc.nat(40), fc.constantFrom('', '\n', '{', '}', '[', '"', "'", ':', '- ', '&a ', '*a', '<<: *a', '# ', '\t', '\uFEFF', '\u0000', '|\n', 'AIRFLOW__SECRETS__BACKEND=a', '=', ',')).map(([text, at, length, put]) => {
        const offset = at % (text.length + 1);
        return text.slice(0, offset) + put + text.slice(offset + length);
      }).filter((text) => text.length < 20_000);
      fc.assert(fc.property(broken, fc.constantFrom(...all), (text, { settings }) => {
        const edit = editOf(planned(format, text, settings));
        if (edit !== undefined) {
          assert.equal(planned(format, applied(text, edit), settings).kind, 'unchanged');
        }
      }), { numRuns: 200 });
    }).timeout(60_000);
  }

  const dotEnv = formats.find(({ id }) => id === 'dotEnv');
  const compose = formats.find(({ id }) => id === 'dockerCompose');
  const logging = all.find(({ id }) => id === 'remoteLogging')?.settings ?? { variables: [], connection: undefined };

  it('make a .env where there is none', () => {
    assert.ok(dotEnv);
    const plan = planned(dotEnv, undefined, logging);
    assert.ok(plan.kind === 'edit' && plan.action === 'create');
    assert.match(applyEdits('', plan.edits), /^AIRFLOW_CONN_AZURE_LOGS=\{.*\}\nAIRFLOW__LOGGING__REMOTE_LOGGING=True\n(?:AIRFLOW__[A-Z_]+=\S+\n){3}$/);
  });

  it('show what stands there with other values before it is overwritten, without secrets', () => {
    assert.ok(dotEnv);
    const text = 'A=1\nAIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER=s3://me:hunter2@logs\nB=2\nAIRFLOW_CONN_AZURE_LOGS={"conn_type":"wasb","password":"hunter2"}\n';
    const plan = planned(dotEnv, text, logging);
    assert.ok(plan.kind === 'differs');
    assert.doesNotMatch(JSON.stringify([plan.existing, plan.wanted, plan.overwrite.preview]), /hunter/);
    assert.match(plan.existing, /AIRFLOW_CONN_AZURE_LOGS=[^]*AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER=s3:/);
    assert.match(plan.wanted, /REMOTE_BASE_LOG_FOLDER=wasb:\/\/logs/);
    assert.ok(plan.notes.some((note) => note.includes('password')));
    assert.match(applyEdits(text, plan.overwrite.edits), /^A=1\nAIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER=wasb:\/\/logs\nB=2\n/);
  });

  it('say nothing of a value that stands there as it should', () => {
    assert.ok(compose);
    const text = 'services:\n  airflow:\n    image: apache/airflow:3.3.2\n    environment:\n      AIRFLOW__LOGGING__REMOTE_LOGGING: True\n';
    const plan = planned(compose, text, logging);
    assert.ok(plan.kind === 'edit' && plan.action === 'add');
    assert.ok(applyEdits(text, plan.edits).startsWith(text));
  });

  it('are not written over a reference to a secret', () => {
    const helm = formats.find(({ id }) => id === 'helmValues');
    assert.ok(helm);
    const plan = planned(helm, 'executor: CeleryExecutor\nenv:\n  - name: AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID\n    valueFrom:\n      secretKeyRef: {name: a, key: b}\n', logging);
    assert.ok(plan.kind === 'refused');
    assert.match(plan.message, /stands elsewhere/);
  });

  it('are refused where a file holds no Airflow', () => {
    assert.ok(compose);
    assert.equal(planned(compose, 'services:\n  db:\n    image: postgres\n', logging).kind, 'refused');
    assert.equal(planned(compose, undefined, logging).kind, 'refused');
  });

  it('with values that readers of .env take in different ways are refused there', () => {
    assert.ok(dotEnv);
    for (const value of ['a$b', 'a #b', '"a"', 'a\nb']) {
      assert.equal(planned(dotEnv, '', { connection: undefined, variables: [{ name: 'A', value }] }).kind, 'refused', value);
    }
  });
});
