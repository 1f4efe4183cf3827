import assert from 'node:assert/strict';
import { formatOf, projectFormats } from '../../../src/project/formats.ts';
import type { MovePlan } from '../../../src/project/movePlan.ts';
import { planMove } from '../../../src/project/movePlan.ts';
import type { ProjectFormat } from '../../../src/project/projectFormat.ts';
import { applyEdits } from '../../../src/project/textEdit.ts';
import { azureConnection, subscriptionId } from '../connection/sampleConnection.ts';
import { contentOf, editOf } from './formatChecks.ts';

/** A file of each format that a connection can go into. */
const start: Readonly<Record<string, string>> = {
  dockerCompose: 'services:\n  scheduler:\n    image: apache/airflow\n', astroDeployment: 'deployment:\n  configuration: {}\n', helmValues: 'executor: LocalExecutor\n',
};

function moved(plan: MovePlan, source: string, target: string): readonly [string, string] {
  const edit = editOf(plan.target);
  return [applyEdits(source, plan.source.edits), edit === undefined ? target : applyEdits(target, edit.edits)];
}

function format(path: string): ProjectFormat {
  const found = formatOf(path);
  assert.ok(found);
  return found;
}

describe('moving a connection', () => {
  const connection = azureConnection({ subscriptionId });

  for (const source of projectFormats()) {
    for (const target of projectFormats().filter(({ id }) => id !== source.id)) {
      it(`from ${source.id} to ${target.id} and back changes nothing of it`, () => {
        const empty = start[source.id] ?? '';
        const first = editOf(source.planConnection(empty, connection));
        assert.ok(first);
        const text = applyEdits(empty, first.edits);
        const there = planMove({ format: source, text }, { format: target, text: start[target.id] ?? '' }, 'azure_wi');
        assert.ok(there.kind === 'move', JSON.stringify(there));
        const [left, taken] = moved(there, text, start[target.id] ?? '');
        assert.deepEqual(contentOf(source, left).connections, []);
        const back = planMove({ format: target, text: taken }, { format: source, text: left }, 'azure_wi');
        assert.ok(back.kind === 'move', JSON.stringify(back));
        const [, result] = moved(back, taken, left);
        const [found] = contentOf(source, result).connections;
        assert.deepEqual(found?.written, connection);
      });
    }
  }

  it('takes a map with capitals as it was meant', () => {
    const text = 'airflow:\n  connections:\n    - conn_id: a\n      conn_type: azure\n      conn_extra:\n        subscriptionId: x-1\n';
    const plan = planMove({ format: format('airflow_settings.yaml'), text }, { format: format('.env'), text: undefined }, 'a');
    // Not a GUID, so nothing is written that would only fail later.
    assert.ok(plan.kind === 'refused');
    const fine = planMove({ format: format('airflow_settings.yaml'), text: text.replace('x-1', subscriptionId) }, { format: format('.env'), text: undefined }, 'a');
    assert.match(fine.kind === 'move' ? (editOf(fine.target)?.edits[0]?.text ?? '') : '', /"subscriptionId":"c0ffee00/);
  });

  it('lets the user decide where the target holds other values, and is refused where the target cannot carry it', () => {
    const text = 'AIRFLOW_CONN_A={"conn_type":"azure_service_bus","schema":"","extra":{"fully_qualified_namespace":"n.servicebus.windows.net"}}\n';
    const refused = planMove({ format: format('.env'), text }, { format: format('airflow_settings.yaml'), text: '' }, 'a');
    assert.ok(refused.kind === 'refused');
    assert.match(refused.message, /needs schema to be there and empty/);
    const plan = planMove({ format: format('.env'), text }, { format: format('connections.json'), text: '{"a": "http://h"}' }, 'a');
    assert.equal(plan.kind === 'move' && plan.target.kind, 'differs');
  });
});
