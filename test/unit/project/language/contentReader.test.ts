import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { formatOf, projectFormats } from '../../../../src/project/formats.ts';
import { ContentReader } from '../../../../src/project/language/contentReader.ts';
import type { FileContent, FormatRefusal, ProjectFormat } from '../../../../src/project/projectFormat.ts';

/** What stands in one place means something in another, back and forth. */
const anchored: Readonly<Record<string, readonly string[]>> = {
  airflowSettings: ['x: &a azure\nairflow:\n  connections:\n    - conn_id: one\n      conn_type: *a\n      conn_host: &b h\n    - conn_id: two\n      conn_type: *a\n      conn_host: *b\n    - &c\n      conn_id: three\n      conn_type: &d wasb\n    - conn_id: four\n      conn_type: *d\n      conn_host: *b\n    - <<: *c\n      conn_id: five\n    - conn_id: six\n      conn_type: *a\n    - conn_id: five\n      conn_type: http\n  pools: &e []\n', 'x: &a azure\ny: &c\n  conn_login: me\nairflow:\n  connections:\n    - conn_id: one\n      conn_type: *a\n      conn_host: &b h\n    - conn_id: two\n      conn_type: *a\n      conn_host: *b\n    - conn_id: three\n      conn_type: &d wasb\n    - conn_id: four\n      conn_type: *d\n      conn_host: *b\n    - conn_id: five\n    - conn_id: six\n      <<: *c\n      conn_type: *a\n    - conn_id: five\n      conn_type: http\n  pools: &e []\n'],
  connectionsYaml: ['one: &a\n  conn_type: &b azure\n  host: h\ntwo: *a\nthree:\n  conn_type: *b\n  extra: &c {a: 1}\nfour:\n  conn_type: http\n  extra: *c\nfive: 5\nsix:\n  conn_type: *b\n  login: \'x\'\nfour:\n  conn_type: ftp\n'],
  dotEnv: ["AIRFLOW_CONN_A='{\nAIRFLOW_CONN_B={\"conn_type\": \"azure\"}\nAIRFLOW_CONN_C=azure://\nAIRFLOW_CONN_B=http://\nAIRFLOW_CONN_D={\"conn_type\": \"azure\"}\n"],
};

function corpus(format: ProjectFormat): readonly string[] {
  const folder = new URL(`../corpus/${format.id}/`, import.meta.url);
  return [...readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8')).filter((text) => text.length < 10_000), ...(anchored[format.id] ?? [])];
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

const typed = ['', 'a', '\n', ' ', '{', '}', '[', '"', "'", ':', ',', '- ', '#', ' #', '&a ', '*a', '&b ', ' *b', 'x', '\t', '|\n', '\\', '=', 'conn_id: a\n', 'AIRFLOW_CONN_A=', '---\n'];

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

  const entries = (change: (lines: string[], index: number) => readonly string[]): string =>
    `airflow:\n  connections:\n${Array.from({ length: 300 }, (_none, index) => change([`    - conn_id: c${index}`, '      conn_type: azure', '      conn_host: h'], index).join('\n')).join('\n')}\n`;
  const map = (change: (lines: string[], index: number) => readonly string[]): string =>
    `${Array.from({ length: 300 }, (_none, index) => change([`c${index}:`, '  conn_type: azure', '  host: h'], index).join('\n')).join('\n')}\n`;
  const variables = (change: (line: string, index: number) => string): string =>
    `${Array.from({ length: 300 }, (_none, index) => change(`AIRFLOW_CONN_C${index}={"conn_type": "azure", "host": "h"}`, index)).join('\n')}\n`;

  for (const [what, path, text, after, put] of [
    ['whose entries repeat an anchor of the first', 'airflow_settings.yaml', entries(([id = '', , host = ''], index) => [id, `      conn_type: ${index === 0 ? '&type azure' : '*type'}`, host]), 'c150\n      conn_type: *type', '\n      conn_login: a'],
    ['of which three repeat what is typed in', 'connections.yaml', map(([id = '', , host = ''], index) => [id, `  conn_type: ${index === 150 ? '&type azure' : index > 296 ? '*type' : 'http'}`, host]), '&type azure', '_batch'],
    ['with an entry that is none', 'connections.yaml', map((lines, index) => (index === 20 ? ['c20: 5'] : lines)), 'c150:\n  conn_type: azure', '_batch'],
    ['with an id that stands twice', 'airflow_settings.yaml', entries(([id = '', ...lines], index) => [index === 20 ? '    - conn_id: c21' : id, ...lines]), 'c150\n      conn_type: azure', '_batch'],
    ['with a quote that is never closed', '.env', variables((line, index) => (index === 20 ? "AIRFLOW_CONN_C20='{" : line)), 'C150={"conn_type": "azure', '_batch'],
    ['that does not parse while a list is begun', 'airflow_settings.yaml', entries((lines) => lines), 'c150\n      conn_type: azure', '\n      conn_login: [a'],
  ] as const) {
    it(`reads few lines of a file ${what}`, () => {
      const format = formatOf(`/project/${path}`);
      assert.ok(format !== undefined);
      const lengths: number[] = [];
      const reader = new ContentReader({ ...format, read: (part) => { lengths.push(part.length); return format.read(part); } });
      reader.read(text);
      assert.deepEqual(lengths, [text.length]);
      const at = text.indexOf(after) + after.length;
      const typedIn = text.slice(0, at) + put + text.slice(at);
      const read = reader.read(typedIn);
      assert.deepEqual(plain(read), plain(format.read(typedIn)));
      assert.ok(lengths.length === 2 && (lengths[1] ?? 0) < text.length / 20, `read ${lengths.join(', ')}`);
    });
  }
});
