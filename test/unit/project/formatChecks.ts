import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { carries, sameConnection } from '../../../src/connection/connectionValues.ts';
import type { FileContent, ProjectFormat } from '../../../src/project/projectFormat.ts';
import type { EditPlan, PlannedEdit } from '../../../src/project/textEdit.ts';
import { applyEdits } from '../../../src/project/textEdit.ts';

/** The edit of a plan, whether it adds or overwrites; `undefined` where nothing is to be written. */
export function editOf(plan: EditPlan): PlannedEdit | undefined {
  return plan.kind === 'differs' ? plan.overwrite : plan.kind === 'edit' ? plan : undefined;
}

/** What a file holds; the test fails where it is refused. */
export function contentOf(format: ProjectFormat, text: string): FileContent {
  const content = format.read(text);
  assert.ok(!('kind' in content), JSON.stringify(content));
  return content;
}

/**
 * What every edit of every format promises: the file reads back, the wish is in it, every other connection is as it was, and
 * planning again finds nothing to do. What is outside of the edits is the same by the nature of edits; that they are sorted
 * and do not overlap is checked.
 * @returns the text with the connection in it, or `undefined` where the plan is to write nothing
 */
export function checkedPlan(format: ProjectFormat, text: string, wanted: AirflowConnection): string | undefined {
  const edit = editOf(format.planConnection(text, wanted));
  if (edit === undefined) {
    return undefined;
  }
  const result = checkedEdit(text, edit);
  const isOurs = ({ connectionId }: AirflowConnection): boolean => connectionId.toLowerCase() === wanted.connectionId.toLowerCase();
  const after = contentOf(format, result).connections.map(({ connection }) => connection);
  const ours = after.filter(isOurs);
  assert.equal(ours.length, 1);
  assert.deepEqual(after.filter((connection) => !isOurs(connection)), contentOf(format, text).connections.map(({ connection }) => connection).filter((connection) => !isOurs(connection)));
  const again = format.planConnection(result, wanted);
  assert.equal(again.kind, 'unchanged', JSON.stringify(again));
  return result;
}

/** Takes a connection out again and checks that all others stay. */
export function checkedRemoval(format: ProjectFormat, text: string, connectionId: string): string | undefined {
  const plan = format.planRemoval(text, connectionId);
  assert.notEqual(plan.kind, 'differs');
  if (plan.kind !== 'edit') {
    return undefined;
  }
  assert.equal(plan.action, 'remove');
  const result = checkedEdit(text, plan);
  assert.deepEqual(
    contentOf(format, result).connections.map(({ connection }) => connection),
    contentOf(format, text).connections.map(({ connection }) => connection).filter((connection) => connection.connectionId.toLowerCase() !== connectionId.toLowerCase()),
  );
  assert.equal(format.planRemoval(result, connectionId).kind, 'unchanged');
  return result;
}

/** Every place of a file holds what the connection says there, wherever the text needs no escapes for it. */
export function checkPlaces(format: ProjectFormat, text: string): void {
  for (const { connection, places, entry } of contentOf(format, text).connections) {
    for (const [part, { offset, length }] of Object.entries(places)) {
      const shown = text.slice(offset, offset + length);
      const value = part.startsWith('extra.') ? connection.extra[part.slice('extra.'.length)] : (connection as unknown as Readonly<Record<string, unknown>>)[part];
      assert.ok(offset >= entry.offset && offset + length <= entry.offset + entry.length, `${part} stands within its entry`);
      if (typeof value === 'string' && /^[\w.-]+$/.test(value) && !/[\\%]/.test(shown)) {
        assert.equal(shown.toLowerCase().replaceAll('-', '_'), value.toLowerCase().replaceAll('-', '_'), part);
      }
    }
  }
}

/** Every fix does away with what it mends and brings nothing new. */
export function checkFixes(format: ProjectFormat, text: string): void {
  const { findings } = contentOf(format, text);
  for (const { code, range, message, fixes } of findings) {
    assert.ok(range.offset >= 0 && range.offset + range.length <= text.length && message.endsWith('.'), code);
    for (const { title, edits } of fixes) {
      const mended = contentOf(format, applyEdits(text, edits)).findings;
      assert.ok(mended.filter((finding) => finding.code === code).length < findings.filter((finding) => finding.code === code).length, `${title} mends ${code}`);
      assert.ok(mended.length < findings.length, `${title} for ${code} brings nothing new: ${mended.map((finding) => finding.code).join()}`);
    }
  }
}

/** The codes of what is wrong with a file, in the order of the text. */
export function codesIn(format: ProjectFormat, text: string): readonly string[] {
  return [...contentOf(format, text).findings].sort((a, b) => a.range.offset - b.range.offset).map(({ code }) => code);
}

/** True when two texts hold the same connections. */
export function holdsTheSame(format: ProjectFormat, a: string, b: string): boolean {
  const [before, after] = [contentOf(format, a).connections, contentOf(format, b).connections];
  return before.length === after.length && before.every(({ connection }, index) => {
    const other = after[index]?.connection;
    return other !== undefined && sameConnection(connection, other) && carries(other, connection);
  });
}

function checkedEdit(text: string, edit: PlannedEdit): string {
  let end = 0;
  for (const { offset, length } of edit.edits) {
    assert.ok(offset >= end && length >= 0 && offset + length <= text.length, 'edits are sorted, apart and inside the text');
    end = offset + length;
  }
  const result = applyEdits(text, edit.edits);
  assert.ok(edit.cursor >= 0 && edit.cursor <= result.length);
  const lineBreaks = new Set(result.match(/\r?\n/g) ?? []);
  assert.ok(lineBreaks.isSubsetOf(new Set(text.match(/\r?\n/g) ?? ['\n'])), 'line endings stay what they are');
  return result;
}
