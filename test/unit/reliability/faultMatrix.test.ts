import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectToCloud } from '../azure/cloudClient.ts';
import type { CloudClient } from '../azure/cloudClient.ts';
import { cancelCell, cellOf, reloadCell, removeStorages } from './cell.ts';
import type { Cell } from './cell.ts';
import { changeOperations } from './changes.ts';
import { connectRun } from './connectRun.ts';
import { credentialChanges } from './credentialChanges.ts';
import { faultKinds, silence } from './faultKinds.ts';
import { listings, smallPages } from './listings.ts';
import { reliabilityPage } from './reliabilityPage.ts';
import { singleWrites } from './singleWrites.ts';

const page = path.join(import.meta.dirname, '../../../docs/reliability.md');
const operations = [...listings, connectRun, ...credentialChanges, ...changeOperations, ...singleWrites];
const settings = { serviceMs: 0, pageSize: smallPages, graphPage: 3 };
const sections = new Map<string, Cell[]>(operations.map(({ name }) => [name, []]));

function assertRight(operation: string, cell: Cell | undefined): void {
  if (cell !== undefined) {
    sections.get(operation)?.push(cell);
    assert.equal(cell.wrong, undefined, JSON.stringify(cell));
  }
}

describe('fault matrix', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud({ settings, silenceMs: 20_000 });
  });
  after(async () => {
    await client.stop();
    await removeStorages();
  });

  for (const operation of operations) {
    describe(operation.name, () => {
      for (const fault of faultKinds) {
        it(fault.name, async () => { assertRight(operation.name, await cellOf(client, operation, fault)); });
      }
      it('cancel', async () => { assertRight(operation.name, await cancelCell(client, operation)); });
      for (const direction of ['goOn', 'undo'] as const) {
        for (const reached of [false, true]) {
          it(`reload, ${direction}, ${reached ? 'reached' : 'not reached'}`, async () => { assertRight(operation.name, await reloadCell(client, operation, direction, reached)); });
        }
      }
    });
  }
});

describe('fault matrix, a service that says nothing', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud({ settings, silenceMs: 1_000 });
  });
  after(async () => {
    await client.stop();
    await removeStorages();
  });

  for (const operation of operations) {
    it(operation.name, async () => { assertRight(operation.name, await cellOf(client, operation, silence)); });
  }
});

describe('docs/reliability.md', () => {
  it('says what the product does', () => {
    const text = reliabilityPage(sections);
    if (process.argv.includes('--update')) {
      writeFileSync(page, text);
    }
    assert.equal(readFileSync(page, 'utf8'), text);
  });
});
