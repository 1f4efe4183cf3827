import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import type { ProjectFormat } from '../../../src/project/projectFormat.ts';
import type { FormatReaders } from './formatReaders.ts';
import { applyEdits } from '../../../src/project/textEdit.ts';

/** The file that the extension writes for a connection, `before` being what stood there. Fails where it refuses. */
export function fileWith(format: ProjectFormat, connection: AirflowConnection, before?: string, write?: FormatReaders['write']): string {
  const plan = write?.(before ?? '', connection) ?? format.planConnection(before, connection);
  assert.equal(plan.kind, 'edit', plan.kind === 'refused' ? plan.message : plan.kind);
  return plan.kind === 'edit' ? applyEdits(before ?? '', plan.edits) : '';
}
