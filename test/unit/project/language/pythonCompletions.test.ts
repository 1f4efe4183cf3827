import assert from 'node:assert/strict';
import { pythonCompletions } from '../../../../src/project/language/pythonCompletions.ts';
import type { Completion } from '../../../../src/project/language/completion.ts';

const connections = [{ connectionId: 'azure_wi', type: 'azure' }, { connectionId: 'blobs', type: 'wasb' }, { connectionId: 'bus', type: 'azure_service_bus' }];

function at(marked: string): { readonly text: string; readonly offers: readonly Completion[] } {
  const text = marked.replace('‸', '');
  return { text, offers: pythonCompletions(text, marked.indexOf('‸'), connections) };
}

function accepted(text: string, { snippet, replaced }: Completion): string {
  return text.slice(0, replaced.offset) + snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1') + text.slice(replaced.offset + replaced.length);
}

describe('In a DAG file', () => {
  it('code for each connection is offered by its name, with the hook that suits its type', () => {
    const { offers } = at('def task():\n    b‸');
    assert.deepEqual(offers.map(({ filterText }) => filterText), [
      'azure_wi AzureBaseHook', 'azure_wi DefaultAzureCredential', 'blobs WasbHook', 'blobs DefaultAzureCredential', 'bus DefaultAzureCredential',
    ]);
  });

  it('the code is indented as the line it is put into', () => {
    const { text, offers } = at('def task():\n    blobs‸\n');
    const hook = offers.find(({ detail }) => detail === 'WasbHook');
    assert.ok(hook !== undefined);
    assert.equal(accepted(text, hook), [
      'def task():', '    from airflow.providers.microsoft.azure.hooks.wasb import WasbHook', '',
      '    hook = WasbHook(wasb_conn_id="blobs")', '    blobs = hook.get_blobs_list(container_name="container")', '',
    ].join('\n'));
  });

  it('ids of connections are offered where a hook or operator names one', () => {
    const { text, offers } = at('WasbHook(wasb_conn_id="az‸ure")');
    assert.deepEqual(offers.map(({ label, detail }) => [label, detail]), [['azure_wi', 'azure'], ['blobs', 'wasb'], ['bus', 'azure_service_bus']]);
    assert.equal(offers[0] && accepted(text, offers[0]), 'WasbHook(wasb_conn_id="azure_wi")');
  });

  for (const marked of ['x = ‸', '# b‸', 'print("b‸")', 'b‸lobs', '‸']) {
    it(`nothing is offered at ${marked}`, () => {
      assert.deepEqual(at(marked).offers, []);
    });
  }
});
