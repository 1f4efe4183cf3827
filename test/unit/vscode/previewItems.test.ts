import assert from 'node:assert/strict';
import { previewItems, sentenceItems } from '../../../src/vscode/connect/previewItems.ts';

describe('an edit shown in a pick', () => {
  it('is whole, however long its lines are, each row as deep as its line', () => {
    const line = `    AIRFLOW_CONN_AZURE_WI: '${JSON.stringify({ conn_type: 'azure', extra: { managed_identity_client_id: '3b9aca00-7f21-4d0e-9a4c-1d2e3f405162' } })}'`;
    const rows = previewItems([{ kind: 'same', text: 'environment:' }, { kind: 'added', text: line }, { kind: 'removed', text: '' }]).map(({ label }) => label);
    assert.equal(rows[0], '\u2002 environment:');
    assert.equal(rows.at(-1), '- ');
    const added = rows.slice(1, -1);
    assert.ok(added.length > 1);
    assert.deepEqual(added.map((row) => row.slice(0, 6)), ['+ \u00a0\u00a0\u00a0\u00a0', ...added.slice(1).map(() => '\u2002 \u00a0\u00a0\u00a0\u00a0')]);
    assert.equal(added.map((row) => row.slice(6)).join(''), line.trim());
    assert.ok(added.every((row) => row.length <= 76));
  });

  it('has its notices broken between words', () => {
    const text = 'requirements.txt allows apache-airflow-providers-microsoft-azure only as ==8.1.0. Versions before 8.2.0 ignore the identity without a word.';
    const rows = sentenceItems(text).map(({ label }) => label);
    assert.match(rows[0] ?? '', /^\$\(warning\) requirements/);
    assert.equal(rows.map((row) => row.replace(/^\$\(\w+\) /, '')).join(' '), text);
    assert.ok(rows.length > 1 && rows.every((row) => row.length <= 85));
  });
});
