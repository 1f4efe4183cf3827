import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { planProvider } from '../../../src/project/requirements/planProvider.ts';
import { applyEdits } from '../../../src/project/textEdit.ts';

const name = 'apache-airflow-providers-microsoft-azure';
const wanted = `${name}>=8.2.0`;

describe('planProvider', () => {
  describe('is content', () => {
    for (const text of [
      name,
      `${name}>=8.2.0`,
      `${name}==8.2.0`,
      `${name} >= 8.0 , < 9   # pinned`,
      `${name}~=8.1`,
      `${name}==8.*`,
      `${name}!=8.2.0`,
      `${name}>8.2,<8.3`,
      `${name}===15.2.1`,
      `${name}==13.0.0rc1`,
      `${name}[amazon] (>=10) ; python_version >= "3.10"`,
      'Apache_Airflow.Providers-Microsoft__Azure>=9',
      `pandas \\\n  >= 2\n${name} \\\n    >=9.0 \\\n    --hash=sha256:abc`,
      'apache-airflow[microsoft.azure]==2.9.0',
      'apache-airflow[amazon, Microsoft_Azure]>=3',
      `\uFEFF${name}`,
      `${name}==7.0 ; python_version < "3.8"\n${name}==9.0 ; python_version >= "3.8"`,
      'https://files.example.com/apache_airflow_providers_microsoft_azure-15.2.1-py3-none-any.whl',
    ]) {
      it(JSON.stringify(text), () => {
        assert.deepEqual(planProvider(text), { kind: 'ok' });
      });
    }
  });

  describe('raises a version that is too old and leaves the rest', () => {
    for (const [before, after] of [
      [`${name}==8.1.0\n`, `${wanted}\n`],
      [`pandas\r\n  ${name} <= 8.1 ; python_version >= "3.8"  # old\r\nx`, `pandas\r\n  ${name} >=8.2.0 ; python_version >= "3.8"  # old\r\nx`],
      [`${name}[x] (>=7,<8.2)\n`, `${name}[x] >=8.2.0\n`],
      [`${name}~=8.1.0`, wanted],
      [`${name} \\\n  ==7.0 \\\n  ; python_version > "3"\n`, `${name} \\\n  >=8.2.0 \\\n  ; python_version > "3"\n`],
      [`${name}==7.0 ; python_version < "3.8"\n${name}==8.0 ; python_version >= "3.8"\n`,
        `${wanted} ; python_version < "3.8"\n${wanted} ; python_version >= "3.8"\n`],
    ] as const) {
      it(JSON.stringify(before), () => {
        const plan = planProvider(before);
        assert.equal(plan.kind, 'old');
        assert.equal(applyEdits(before, plan.edit.edits), after);
        assert.match(plan.message, /Versions before 8\.2\.0 ignore the identity/);
        assert.deepEqual(planProvider(after), { kind: 'ok' });
      });
    }
  });

  describe('adds the package where it is absent', () => {
    for (const [before, after] of [
      ['', `${wanted}\n`],
      ['pandas', `pandas\n${wanted}`],
      ['pandas\r\n', `pandas\r\n${wanted}\r\n`],
      [`# ${name}==9\n`, `# ${name}==9\n${wanted}\n`],
      [`${name}-extra==9\n`, `${name}-extra==9\n${wanted}\n`],
      ['-c constraints.txt\n--index-url https://x/simple\n', `-c constraints.txt\n--index-url https://x/simple\n${wanted}\n`],
      ['a\npandas \\', `a\n${wanted}\npandas \\`],
      ['a\npandas \\\n', `a\n${wanted}\npandas \\\n`],
      [readFileSync(new URL('../fixtures/astro/requirements-runtime3.txt', import.meta.url), 'utf8'), undefined],
    ] as const) {
      it(JSON.stringify(before), () => {
        const plan = planProvider(before);
        assert.equal(plan.kind, 'absent');
        const result = applyEdits(before, plan.edit.edits);
        assert.equal(result, after ?? `${before}${before.endsWith('\n') ? '' : '\n'}${wanted}${before.endsWith('\n') ? '\n' : ''}`);
        assert.equal(result.slice(plan.edit.cursor, plan.edit.cursor + name.length), name);
        assert.deepEqual(planProvider(result), { kind: 'ok' });
      });
    }

    it('makes the file where there is none', () => {
      const plan = planProvider(undefined);
      assert.equal(plan.kind, 'absent');
      assert.equal(plan.edit.action, 'create');
      assert.deepEqual(plan.edit.preview, [{ kind: 'added', text: wanted }]);
    });
  });

  describe('says what it cannot know', () => {
    for (const [text, message, offersEdit] of [
      ['-r base.txt\npandas\n', /includes base\.txt/, true],
      ['--requirement=base.txt', /includes base\.txt/, true],
      [`${name} @ git+https://github.com/apache/airflow@main`, /takes .* from git\+https/, false],
      [`${name}@https://x/y.zip`, /takes .* from https:\/\/x\/y\.zip/, false],
      [`-e git+https://github.com/apache/airflow#egg=${name}`, /takes .* from git/, false],
      ['./wheels/apache_airflow_providers_microsoft_azure-8.1.0-py3-none-any.whl', /older than 8\.2\.0/, false],
    ] as const) {
      it(text, () => {
        const plan = planProvider(text);
        assert.equal(plan.kind, 'unknown');
        assert.match(plan.message, message);
        assert.equal(plan.edit !== undefined, offersEdit);
      });
    }
  });

  it('leaves a pin with hashes to the tool that wrote it', () => {
    const plan = planProvider(`pandas\n${name}==8.1.0 \\\n  --hash=sha256:abc\n`);
    assert.equal(plan.kind, 'refused');
    assert.equal(plan.line, 2);
    assert.match(plan.message, /hashes/);
  });

  it('leaves a binary file alone', () => {
    assert.equal(planProvider('PK\u0003\u0004\u0000').kind, 'refused');
  });
});
