import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { extraText } from '../../../../src/connection/extraText.ts';
import { airflowSettingsFormat } from '../../../../src/project/airflowSettings/airflowSettingsFormat.ts';
import type { PlannedEdit } from '../../../../src/project/textEdit.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection, subscriptionId } from '../../connection/sampleConnection.ts';
import { settingsSoup, settingsText } from './settingsArbitraries.ts';

const { planConnection } = airflowSettingsFormat();
const connection = azureConnection({ subscriptionId });
const extra = extraText(connection.extra);

type Entry = Record<string, unknown>;

describe('airflow_settings.yaml, whatever it holds', () => {
  const texts = [
    ['files as people and tools write them', settingsText, 400],
    ['pieces of such files thrown together', settingsSoup, 2_500],
    ['any characters', fc.string({ unit: 'binary', maxLength: 60 }), 500],
  ] as const;

  for (const [name, arbitrary, numRuns] of texts) {
    it(`changes nothing but its entry, and nothing when asked again: ${name}`, () => {
      const kinds = new Map<string, number>();
      fc.assert(fc.property(arbitrary, (text) => {
        const plan = planConnection(text, connection);
        fc.pre(plan.kind === 'refused' || isReadable(text));
        kinds.set(plan.kind, (kinds.get(plan.kind) ?? 0) + 1);
        if (plan.kind === 'edit' || plan.kind === 'differs') {
          checkEdit(text, plan.kind === 'edit' ? plan : plan.overwrite);
        }
      }), { numRuns });
      assert.ok((kinds.get('edit') ?? 0) > 0, 'some texts must be editable, else nothing was tried');
    }).timeout(20_000);
  }
});

function checkEdit(text: string, edit: PlannedEdit): void {
  const result = applyEdits(text, edit.edits);
  const before = entriesAndRest(text);
  const after = entriesAndRest(result);
  const ours = after.entries.find((entry) => field(entry, 'conn_id') === 'azure_wi');
  assert.ok(ours);
  assert.equal(field(ours, 'conn_type'), 'azure');
  const written: unknown = JSON.parse(String(field(ours, 'conn_extra')));
  assert.deepEqual({ ...(written as object), ...connection.extra }, written);
  assert.deepEqual(after.rest, before.rest);
  const index = after.entries.indexOf(ours);
  switch (edit.action) {
    case 'add':
    case 'create':
      assert.deepEqual(ours, { conn_id: 'azure_wi', conn_type: 'azure', conn_extra: extra });
      assert.deepEqual(after.entries.toSpliced(index, 1), before.entries);
      assert.ok(edit.edits.every(({ offset, length }) => /^\s*(null|~|\[\s*\]|\{\s*\})?$/i.test(text.slice(offset, offset + length))), 'adding removes nothing');
      break;
    case 'fill':
    case 'update':
    case 'remove':
      assert.deepEqual(after.entries.map(withoutOurKeys), before.entries.map(withoutOurKeys));
      break;
  }
  assert.match(result.slice(edit.cursor), /^["']?\w/);
  assert.equal(planConnection(result, connection).kind, 'unchanged');
  const lineBreaks = new Set(result.match(/\r?\n/g) ?? []);
  const lineBreaksBefore = new Set(text.match(/\r?\n/g) ?? ['\n']);
  assert.ok(lineBreaks.isSubsetOf(lineBreaksBefore), 'line endings stay what they are');
}

/** The entries of a file, and all else with `connections` taken out; empty, null and absent are the same. */
function entriesAndRest(text: string): { readonly entries: readonly Entry[]; readonly rest: unknown } {
  // The parser counts a byte order mark as a column, go-yaml does not.
  const root = keysInLowerCase(parse(text.replace(/^\uFEFF/, ''), complexKeysOnOneLine, { merge: true, logLevel: 'error' }) as unknown);
  const airflow = keysInLowerCase(root['airflow']);
  const connections: unknown = airflow['connections'];
  const { connections: _taken, ...others } = airflow;
  return {
    entries: Array.isArray(connections) ? (connections as Entry[]) : [],
    rest: { ...root, airflow: others },
  };
}

/** A map as a key becomes its YAML text, with the line breaks it had. */
function complexKeysOnOneLine(_key: unknown, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [/^[{[]/.test(key) ? key.replace(/\s+/g, '') : key, inner as unknown]))
    : value;
}

/** Merge keys with nothing to merge make a file that parses and still cannot be read. */
function isReadable(text: string): boolean {
  try {
    entriesAndRest(text);
    return true;
  } catch {
    return false;
  }
}

function keysInLowerCase(value: unknown): Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [['airflow', 'connections'].includes(key.toLowerCase()) ? key.toLowerCase() : key, inner as unknown]))
    : {};
}

function field(entry: unknown, key: string): unknown {
  return typeof entry === 'object' && entry !== null ? (entry as Entry)[key] : undefined;
}

function withoutOurKeys(entry: Entry): unknown {
  if (typeof entry !== 'object' || entry === null) {
    return entry;
  }
  const { conn_id: _id, conn_type: _type, conn_extra: _extra, ...others } = entry;
  return others;
}
