import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { projectFormats } from '../../../../src/project/formats.ts';
import { ContentReader } from '../../../../src/project/language/contentReader.ts';
import type { FileContent, FormatRefusal, ProjectFormat } from '../../../../src/project/projectFormat.ts';

function corpus(format: ProjectFormat): readonly string[] {
  const folder = new URL(`../corpus/${format.id}/`, import.meta.url);
  return readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8')).filter((text) => text.length < 10_000);
}

/** Places that are worked out on demand, as plain values; findings in the order of their places. */
function plain(content: FileContent | FormatRefusal): unknown {
  return 'kind' in content
    ? content
    : {
        connections: content.connections.map(({ connection, entry, places }) => ({ connection, entry, places })),
        findings: content.findings.toSorted((a, b) => a.range.offset - b.range.offset || (a.code < b.code ? -1 : 1)),
      };
}

const typed = ['', 'a', '\n', ' ', '{', '}', '[', '"', "'", ':', ',', '- ', '#', ' #', '&a ', '*a', '\t', '|\n', '\\', '=', 'conn_id: a\n', 'AIRFLOW_CONN_A=', '---\n'];

for (const format of projectFormats()) {
  describe(`Reading ${format.title} while somebody types`, () => {
    it('finds at every key what reading the whole file finds', () => {
      const anyEdit = fc.record({ at: fc.nat(), length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(30)), put: fc.constantFrom(...typed) });
      fc.assert(fc.property(fc.constantFrom(...corpus(format)), fc.array(anyEdit, { maxLength: 8 }), (start, edits) => {
        const reader = new ContentReader(format);
        let text = start;
        reader.read(text);
        for (const { at, length, put } of edits) {
          const offset = at % (text.length + 1);
          text = text.slice(0, offset) + put + text.slice(offset + length);
          assert.deepEqual(plain(reader.read(text)), plain(format.read(text)));
        }
      }), { numRuns: 200 });
    }).timeout(60_000);
  });
}

describe('Reading a file while somebody types', () => {
  it('leaves the connections elsewhere the objects they were', () => {
    const [format] = projectFormats();
    assert.ok(format !== undefined);
    const text = 'airflow:\n  connections:\n    - conn_id: a\n      conn_type: azure\n    - conn_id: b\n      conn_type: azure\n    - conn_id: c\n      conn_type: azure\n';
    const reader = new ContentReader(format);
    const before = reader.read(text);
    const after = reader.read(text.replace('conn_id: b', 'conn_id: bb'));
    assert.ok(!('kind' in before) && !('kind' in after));
    assert.deepEqual(after.connections.map(({ connection }) => connection.connectionId), ['a', 'bb', 'c']);
    assert.equal(after.connections[0], before.connections[0]);
    assert.equal(after.connections[2]?.connection, before.connections[2]?.connection);
  });
});
