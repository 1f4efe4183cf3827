import assert from 'node:assert/strict';
import { presets } from '../../../../src/connection/presets/presets.ts';
import { needsTrust } from '../../../../src/connection/preset.ts';
import { settingsText } from '../../../../src/connection/presets/settingsText.ts';
import { exampleAnswers } from './samplePresets.ts';

const quirks = ['', ' ', 'a b', 'a\nb', '$HOME', 'a #b', '"quoted"', "it's", '../up', 'über', '{json}', 'https://', '-', '_', 'a'.repeat(300)];

for (const preset of presets()) {
  describe(`the preset ${preset.id}`, () => {
    it('says what it is for, what it needs and where that is written', () => {
      for (const text of [preset.title, preset.purpose, preset.trust, preset.role.name, ...preset.questions.flatMap(({ title, description, example }) => [title, description, example])]) {
        assert.notEqual(text, '');
      }
      assert.match(preset.source, /^https:\/\/airflow\.apache\.org\/docs\//);
      assert.match(preset.minimumProvider, /^\d+\.\d+\.\d+$/);
      // A quick pick cuts what is longer.
      assert.deepEqual([preset.purpose, preset.trust, ...preset.notes].filter((sentence) => !sentence.endsWith('.') || sentence.length > 90), []);
      assert.ok(preset.questions.some(({ id }) => id === preset.roleOn));
      assert.equal(new Set(preset.questions.map(({ id }) => id)).size, preset.questions.length);
    });

    it('takes its own examples and proposals', () => {
      for (const { id, example, proposed = example, problem } of preset.questions) {
        assert.deepEqual([problem(example), problem(proposed)], [undefined, undefined], id);
      }
      assert.doesNotThrow(() => preset.settings(exampleAnswers(preset)));
    });

    it('gives variables that every reader of environment variables takes alike, whatever is answered', () => {
      const right = exampleAnswers(preset);
      for (const { id, problem } of preset.questions) {
        for (const value of quirks) {
          const answers = { ...right, values: { ...right.values, [id]: value } };
          if (problem(value) !== undefined) {
            assert.throws(() => preset.settings(answers), { code: 'invalidInput' }, `${id}: ${value}`);
          } else {
            assert.match(settingsText(preset.settings(answers)), /^(?:[A-Z][A-Z0-9_.-]*=[^\s$#'"][^\n$]*\n)+$/, `${id}: ${value}`);
          }
        }
      }
    });

    it('is refused for an identity without its ids', () => {
      for (const key of ['clientId', 'tenantId']) {
        assert.throws(() => preset.settings({ ...exampleAnswers(preset), [key]: 'name' }), { code: 'invalidInput' });
      }
    });
  });
}

describe('the workloads that a preset needs trusted', () => {
  const logging = presets().find(({ id }) => id === 'remoteLogging');

  for (const [id, serviceAccount, isNeeded] of [
    ['worker', 'ns-worker-serviceaccount', true],
    ['apiserver', 'ns-apiserver-serviceaccount', true],
    ['api-server', 'airflow-api-server', true],
    ['webserver', 'airflow-webserver', true],
    ['worker-celery', 'airflow-worker-celery', true],
    ['dag-processor', 'airflow-dag-processor', false],
    ['kpo', 'ns-kpo', false],
    ['airflow', 'airflow', true],
    ['my-airflow-triggerer', 'my-airflow-triggerer', true],
    ['dbt-runner', 'dbt-runner', true],
  ] as const) {
    it(`${isNeeded ? 'count' : 'leave out'} ${serviceAccount}`, () => {
      assert.ok(logging);
      assert.equal(needsTrust(logging, { id, serviceAccount }), isNeeded);
    });
  }
});
