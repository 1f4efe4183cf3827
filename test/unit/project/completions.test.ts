import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Completion } from '../../../src/project/language/completion.ts';
import { completionsAt } from '../../../src/project/airflowSettings/completions.ts';
import { connectionTypes } from '../../../src/connection/types/connectionTypes.ts';
import type { KnownIdentity } from '../../../src/project/language/knowledge.ts';

const guid = (digit: number): string => `${String(digit).repeat(8)}-aaaa-4bbb-8ccc-123456789012`;
const prod: KnownIdentity = {
  name: 'id-airflow-prod', clientId: guid(1), principalId: guid(91), tenantId: guid(2), subscriptionId: guid(3), subscriptionName: 'Production', lastUsed: 5,
};
const dev: KnownIdentity = { ...prod, name: 'a-dev', clientId: guid(4), subscriptionName: 'Dev', lastUsed: 9 };
const never: KnownIdentity = { name: 'a `$name` \\ with } in <b>it</b>', clientId: guid(5), principalId: guid(95), tenantId: guid(2), subscriptionId: guid(3), subscriptionName: "it's" };
const known = [never, prod, dev];

/** Splits at the cursor, written as `‸`. */
function at(marked: string): { readonly text: string; readonly offers: readonly Completion[] } {
  const offset = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  return { text, offers: completionsAt(text, offset, known) };
}

/** What VS Code would insert, with the defaults of all tab stops. */
function accepted(text: string, completion: Completion): string {
  const plain = completion.snippet.replace(/\$\{\d:((?:\\.|[^}\\])*)\}|\$0|\\([$}\\])/g, (_all, stop: string | undefined, escaped: string | undefined) => stop ?? escaped ?? '');
  return text.slice(0, completion.replaced.offset) + plain + text.slice(completion.replaced.offset + completion.replaced.length);
}

function ofKind(offers: readonly Completion[], kind: Completion['kind']): readonly Completion[] {
  return offers.filter((offer) => offer.kind === kind);
}

const types = connectionTypes().map(({ id }) => id);

const item = '    - conn_id: a\n      conn_type: http\n';

describe('completionsAt', () => {
  it('offers a whole connection per known identity, the one used last first', () => {
    const { text, offers } = at(`airflow:\n  connections:\n${item}    - ‸\n  pools:\n`);
    const sorted = [...ofKind(offers, 'connection')].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
    assert.deepEqual(sorted.slice(0, 3).map(({ label, detail }) => [label, detail]), [
      ['Azure: a-dev', 'Dev'],
      ['Azure: id-airflow-prod', 'Production'],
      [`Azure: ${never.name}`, "it's"],
    ]);
    assert.equal(sorted[1]?.snippet,
      'conn_id: ${1:azure_wi}\n      conn_type: azure\n      conn_extra: \'{"managed_identity_client_id":"' + guid(1)
      + '","workload_identity_tenant_id":"' + guid(2) + '","subscriptionId":"${2:' + guid(3) + '}"\\}\'');
    const first = sorted[0];
    assert.ok(first);
    assert.equal(accepted(text, first), `airflow:\n  connections:\n${item}    - conn_id: azure_wi\n      conn_type: azure\n`
      + `      conn_extra: '{"managed_identity_client_id":"${guid(4)}","workload_identity_tenant_id":"${guid(2)}","subscriptionId":"${guid(3)}"}'\n  pools:\n`);
  });

  it('proposes an id that the file does not use yet', () => {
    const { offers } = at('airflow:\n  connections:\n    - conn_id: azure_wi\n    - conn_id: "azure_wi_2"\n    - ‸');
    assert.match(offers[0]?.snippet ?? '', /^conn_id: \$\{1:azure_wi_3\}\n/);
  });

  it('leaves out an identity whose ids cannot be right', () => {
    assert.deepEqual(ofKind(completionsAt('airflow:\n  connections:\n    - ', 30, [{ ...prod, clientId: '"}' }]), 'connection'), []);
  });

  describe('a whole connection fits', () => {
    for (const [name, marked, lead] of [
      ['behind a dash', `airflow:\n  connections:\n${item}    - ‸`, ''],
      ['behind a dash without a space', `airflow:\n  connections:\n${item}    -‸\n`, ' '],
      ['with a word begun', `airflow:\n  connections:\n${item}    - con‸\n`, ''],
      ['on an empty line where the dashes stand', `airflow:\n  connections:\n${item}    ‸\n  pools:\n`, '- '],
      ['with a word begun there', `airflow:\n  connections:\n${item}    az‸\n  pools:\n`, '- '],
      ['before the first entry', `airflow:\n  connections:\n    ‸\n${item}`, '- '],
      ['between two entries', `airflow:\n  connections:\n${item}    - ‸\n${item}`, ''],
      ['in a list without entries', 'airflow:\n  connections:\n    ‸\n  pools:\n', '- '],
      ['in a list whose dashes stand under the key', 'airflow:\n  connections:\n  - conn_id: a\n  - ‸\n  pools:\n', ''],
      ['at dashes with three spaces behind', 'airflow:\n    connections:\n    -   conn_id: a\n    ‸\n', '-   '],
      ['behind a filled block of text', 'airflow:\n  connections:\n    - conn_id: a\n      conn_extra: |\n        - {}\n    - ‸', ''],
      ['below broken lines', 'airflow:\n  connections:\n    - conn_id: "a\n    - conn_id: [\n    - conn: x: y\n    - ‸\n', ''],
      ['with a byte order mark and Windows line endings', '\uFEFFairflow:\r\n  connections:\r\n    - ‸\r\n  pools:\r\n', ''],
      ['under keys in capitals', 'Airflow:\n  Connections:\n    - ‸\n', ''],
    ] as const) {
      it(name, () => {
        const { text, offers } = at(marked);
        const [offer] = ofKind(offers, 'connection');
        assert.ok(offer);
        assert.ok(offer.snippet.startsWith(`${lead}conn_id: `), offer.snippet);
        if (!marked.includes('x: y')) {
          const added = connectionsIn(accepted(text, offer)).find(({ conn_id: id }) => id === 'azure_wi');
          assert.equal(added?.conn_type, 'azure');
        }
      });
    }
  });

  describe('keys fit', () => {
    for (const [name, marked, keys] of [
      ['behind the dash', 'airflow:\n  connections:\n    - ‸', 9],
      ['on the next line of an entry', `airflow:\n  connections:\n${item}      ‸\n  pools:`, 7],
      ['with a letter typed', `airflow:\n  connections:\n${item}      conn_h‸\n`, 7],
      ['between the lines of an entry', 'airflow:\n  connections:\n    - conn_id: a\n      ‸\n      conn_extra: {}\n    - conn_host: b', 7],
      ['behind a dash whose other keys follow', 'airflow:\n  connections:\n    - ‸\n      conn_type: http\n', 8],
      ['below a dash alone', 'airflow:\n  connections:\n    -\n      ‸', 9],
      ['behind a map in conn_extra', 'airflow:\n  connections:\n    - conn_id: a\n      conn_extra:\n        x: y\n      ‸', 7],
    ] as const) {
      it(name, () => {
        assert.equal(ofKind(at(marked).offers, 'key').length, keys);
      });
    }

    it('offers no key that is there and replaces what was typed', () => {
      const { text, offers } = at(`airflow:\n  connections:\n${item}      conn_h‸\n`);
      assert.deepEqual(offers.map(({ label }) => label).slice(0, 2), ['conn_host', 'conn_schema']);
      const [host] = offers;
      assert.ok(host);
      assert.equal(accepted(text, host), `airflow:\n  connections:\n${item}      conn_host: \n`);
    });

    it('offers no whole connection where the other keys of an entry follow', () => {
      assert.deepEqual(ofKind(at('airflow:\n  connections:\n    - ‸\n      conn_type: http\n').offers, 'connection'), []);
    });
  });

  describe('values fit', () => {
    for (const [marked, labels] of [
      ['airflow:\n  connections:\n    - conn_id: a\n      conn_type: ‸', types],
      ['airflow:\n  connections:\n    - conn_type: az‸\n      conn_id: a', types],
      ['airflow:\n  connections:\n    - conn_id: a\n      conn_extra: ‸\n', ['Identity a-dev', 'Identity id-airflow-prod', `Identity ${never.name}`]],
      ['airflow:\n  connections:\n    - conn_id: a\n      conn_host: ‸\n', []],
    ] as const) {
      it(JSON.stringify(marked), () => {
        assert.deepEqual(at(marked).offers.map(({ label }) => label), labels);
      });
    }
  });

  describe('offers nothing', () => {
    for (const [name, marked] of [
      ['in an empty file', '‸'],
      ['at the top level', 'airflow:\n  connections:\n‸'],
      ['in pools', 'airflow:\n  pools:\n    - ‸'],
      ['in variables behind connections', `airflow:\n  connections:\n${item}  variables:\n    - ‸`],
      ['in connections of another map', 'other:\n  connections:\n    - ‸'],
      ['in a comment', `airflow:\n  connections:\n${item}    # - ‸`],
      ['in a comment behind a value', `airflow:\n  connections:\n${item}    - # ‸`],
      ['in a block of text', 'airflow:\n  connections:\n    - conn_extra: |\n        - ‸\n'],
      ['on an empty line of a block of text', 'airflow:\n  connections:\n    - conn_extra: >-\n        a\n        ‸\n'],
      ['in a block of text that looks like a file', 'airflow:\n  variables:\n    - variable_value: |\n        airflow:\n          connections:\n            - ‸'],
      ['in a string of several lines', "airflow:\n  connections:\n    - conn_extra: '{\n        ‸\n        }'"],
      ['in a flow list', 'airflow:\n  connections: [\n    ‸\n  ]\n'],
      ['in a flow map in an entry', 'airflow:\n  connections:\n    - conn_extra: {\n        ‸\n      }\n'],
      ['in the map of conn_extra', 'airflow:\n  connections:\n    - conn_extra:\n        a: b\n        ‸\n'],
      ['at a column where no dash stands', `airflow:\n  connections:\n${item}   ‸\n`],
      ['behind a dash at another column', `airflow:\n  connections:\n${item}  - ‸\n`],
      ['behind a dash glued to a word', `airflow:\n  connections:\n${item}    -x‸\n`],
      ['where an entry would lose its keys', 'airflow:\n  connections:\n    - conn_id: a\n    ‸\n      conn_type: b\n'],
      ['below an empty list in brackets', 'airflow:\n  connections: []\n    ‸\n'],
      ['behind tabs', 'airflow:\n  connections:\n\t- ‸'],
      ['before a key that is there', 'airflow:\n  connections:\n    - ‸conn_id: a\n'],
      ['behind the start of another document', 'airflow:\n  connections:\n---\n    - ‸\n'],
    ] as const) {
      it(name, () => {
        assert.deepEqual(at(marked).offers, []);
      });
    }
  });

  it('never throws, and replaces only around the cursor, whatever the text', () => {
    const fragment = fc.constantFrom('airflow:', '  connections:', '    - ', 'conn_id: a', '\n', '\r\n', "'", '"', '{', '[', '|', '#', '\t', '\uFEFF', ' ', ': ', '*a', '&a', '---', '😀');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fragment).map((parts) => parts.join(''))), fc.nat(200), (text, offset) => {
      for (const { replaced } of completionsAt(text, offset, known)) {
        assert.ok(replaced.offset <= Math.min(offset, text.length) && replaced.offset >= 0);
        assert.ok(replaced.offset + replaced.length <= text.length);
        assert.match(text.slice(replaced.offset, replaced.offset + replaced.length), /^\w*$/);
      }
    }), { numRuns: 500 });
  }).timeout(20_000);

  it('gives a file with one connection more and nothing else changed, wherever a whole connection is accepted', () => {
    const layout = fc.record({ dash: fc.constantFrom(0, 2, 4), gap: fc.constantFrom(1, 3), lineBreak: fc.constantFrom('\n', '\r\n'), line: fc.nat(20), shift: fc.constantFrom(0, 0, 0, -2, 1, 2, 4), typed: fc.constantFrom('', '-', '- ', 'con') });
    let accepts = 0;
    fc.assert(fc.property(layout, ({ dash, gap, lineBreak, line, shift, typed }) => {
      const column = 2 + dash + shift;
      const indent = ' '.repeat(2 + dash);
      const key = ' '.repeat(2 + dash + 1 + gap);
      const entry = (id: string): string[] => [`${indent}-${' '.repeat(gap)}conn_id: ${id}`, `${key}conn_type: http # x`, `${key}conn_extra:`, `${key}  k: 'v'`];
      const lines = ['# top', 'airflow:', '  connections:', ...entry('a'), ...entry('b'), '  pools:', `${indent}- pool_name: p`, 'other: 1', ''];
      const row = line % lines.length;
      const text = lines.toSpliced(row, 0, ' '.repeat(column) + typed).join(lineBreak);
      const offset = lines.slice(0, row).reduce((sum, content) => sum + content.length + lineBreak.length, 0) + column + typed.length;
      for (const offer of ofKind(completionsAt(text, offset, [prod]), 'connection')) {
        const result = parse(accepted(text, offer)) as { airflow: { connections: unknown[] } };
        const before = parse(lines.join(lineBreak)) as typeof result;
        const connections = result.airflow.connections.filter((connection) => (connection as { conn_id: string }).conn_id !== 'azure_wi');
        accepts += 1;
        assert.equal(result.airflow.connections.length, 3);
        assert.deepEqual({ ...result, airflow: { ...result.airflow, connections } }, before);
      }
    }), { numRuns: 1_000 });
    assert.ok(accepts > 50, `only ${accepts} were offered`);
  }).timeout(20_000);
});

function connectionsIn(text: string): readonly { readonly conn_id: string; readonly conn_type: string }[] {
  const root = parse(text) as Record<string, Record<string, { conn_id: string; conn_type: string }[]>>;
  const airflow = root['airflow'] ?? root['Airflow'];
  return airflow?.['connections'] ?? airflow?.['Connections'] ?? [];
}
