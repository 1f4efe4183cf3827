import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { projectFormats } from '../../../src/project/formats.ts';
import type { ProjectFormat } from '../../../src/project/projectFormat.ts';
import { anyConnection } from '../connection/connectionArbitraries.ts';
import { azureConnection } from '../connection/sampleConnection.ts';
import { checkedPlan, checkedRemoval, checkFixes, checkPlaces, contentOf, holdsTheSame } from './formatChecks.ts';
import { manyConnections } from './manyConnections.ts';

/** Files as tools write them and awkward ones, a folder for each format; the README there names the sources. */
function corpus(format: ProjectFormat): readonly (readonly [name: string, text: string])[] {
  const folder = new URL(`corpus/${format.id}/`, import.meta.url);
  return readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);
}

const fragments = [
  '', '\n', '{', '}', '[', '"', "'", ':', '- ', '&a ', '*a', '<<: *a', '# ', '\t', '\uFEFF', '\u0000', '|\n', 'AIRFLOW_CONN_A=', '=', ',', '\n    - conn_id: x\n', '\nconnections:\n', '\n  connections:\n  - a\n', 'x: |+\n\n',
];

for (const format of projectFormats()) {
  describe(`${format.title}, as every format`, () => {
    const files = corpus(format);
    /** A file, and what is left of it after something was put in place of a part of it. */
    const changes = fc.tuple(fc.constantFrom(...files.map(([, text]) => text).filter((text) => text.length < 20_000)), fc.nat(), fc.nat(40), fc.constantFrom(...fragments)).map(([text, at, length, put]) => {
      const offset = at % (text.length + 1);
      return [text, text.slice(0, offset) + put + text.slice(offset + length)] as const;
    });

    for (const [name, text] of files) {
      it(`takes a connection into ${name} and gives it back`, () => {
        fc.assert(fc.property(anyConnection, (connection) => {
          const plan = format.planConnection(text, connection);
          assert.ok(plan.kind !== 'refused', JSON.stringify(plan));
          const result = checkedPlan(format, text, connection);
          if (result !== undefined) {
            checkPlaces(format, result);
            const wasThere = format.planRemoval(text, connection.connectionId).kind === 'edit';
            const without = checkedRemoval(format, result, connection.connectionId);
            assert.ok(without !== undefined, 'what was written can be taken out');
            assert.ok(wasThere || holdsTheSame(format, text, without));
          }
        }), { numRuns: 25 });
      });

      it(`mends what it finds wrong in ${name}`, () => {
        checkFixes(format, text);
      });

      it(`takes each connection of ${name} out, one at a time`, () => {
        const content = format.read(text);
        assert.ok(!('kind' in content));
        checkPlaces(format, text);
        for (const id of new Set(content.connections.slice(0, 20).map(({ connection }) => connection.connectionId))) {
          checkedRemoval(format, text, id);
        }
      });
    }

    it('changes nothing but its entry in whatever is left of a file, and throws for none', () => {
      const broken = changes.map(([, changed]) => changed);
      fc.assert(fc.property(broken, anyConnection, (text, connection) => {
        const result = checkedPlan(format, text, connection);
        checkedRemoval(format, result ?? text, connection.connectionId);
      }), { numRuns: 300 });
    }).timeout(60_000);

    it('holds a thousand connections, of which one is added, changed and taken out', () => {
      const text = manyConnections[format.id]?.(1_000) ?? '';
      assert.equal(contentOf(format, text).connections.length, 1_000);
      for (const connection of [azureConnection(), { ...azureConnection(), connectionId: 'c567' }]) {
        const result = checkedPlan(format, text, connection);
        assert.ok(result !== undefined);
        assert.ok(checkedRemoval(format, result, connection.connectionId) !== undefined);
      }
    }).timeout(60_000);

    it('reads any text without throwing', () => {
      fc.assert(fc.property(fc.string({ unit: 'binary' }), anyConnection, (text, connection) => {
        format.read(text);
        format.planConnection(text, connection);
        format.planRemoval(text, connection.connectionId);
      }), { numRuns: 300 });
    });

    it('makes a file where there is none, or says that it takes connections only into files that are there', () => {
      fc.assert(fc.property(anyConnection, (connection) => {
        const plan = format.planConnection(undefined, connection);
        assert.ok(format.creates === undefined ? plan.kind === 'refused' : plan.kind === 'refused' || (plan.kind === 'edit' && plan.action === 'create'));
      }), { numRuns: 20 });
    });
  });
}
