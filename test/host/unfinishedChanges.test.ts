import assert from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import * as vscode from 'vscode';
import { connectPanelType } from '../../src/contributions.ts';
import { publicAudience } from '../../src/identity/federatedCredential.ts';
import type { Change, JournalEntry } from '../../src/trust/journalEntry.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { Messages } from '../../src/vscode/messages.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { cloud, played, product, signedIn } from './shell.ts';

const { dana } = sample.accounts;
const { airflowDev } = sample.identities;
const identity = {
  account: { id: `${dana.objectId}.${sample.tenants.contoso.id}`, label: dana.label },
  tenantId: sample.tenants.contoso.id,
  subscriptionId: sample.subscriptions.development,
  resourceGroup: sample.groups.development,
  name: airflowDev.name,
};
const changes = ['one', 'two'].map((name): Change => ({
  kind: 'credential',
  identity,
  name: `unfinished-${name}`,
  after: { name: `unfinished-${name}`, issuer: sample.issuers.dev, subject: `system:serviceaccount:unfinished:${name}`, audience: publicAudience },
}));

describe('unfinished changes', () => {
  let features: ReturnType<ExtensionApi['features']>;
  const told = new EventEmitter();

  before(async () => {
    features = await product();
  });
  beforeEach(async () => {
    await signedIn(dana.label);
    for (const left of await features.services.journal.unfinished()) {
      await (await features.services.journal.takeOver(left.id))?.dismiss();
    }
  });

  /** A change whose first credential was written, by a window that is no more. */
  async function interrupted(surface: JournalEntry['surface']): Promise<void> {
    const { services } = features;
    const running = await services.journal.begin({ title: identity.name, surface }, changes);
    const [first] = changes;
    assert.ok(first?.kind === 'credential' && first.after !== undefined);
    await running.started(0);
    await services.azure().writeCredential(identity, first.after, new AbortController().signal);
    await running.release();
  }

  const formTabs = (): readonly vscode.Tab[] =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(connectPanelType));

  /** Runs the action and waits until VS Code counts so many tabs of the form: it tells of them a little later. */
  async function tabs(count: number, action: () => Promise<void>): Promise<void> {
    let changed: vscode.Disposable | undefined;
    const reached = new Promise<void>((resolve) => {
      const look = (): void => {
        if (formTabs().length === count) {
          resolve();
        }
      };
      changed = vscode.window.tabGroups.onDidChangeTabs(look);
      void action().then(look);
    });
    await reached;
    changed?.dispose();
  }

  async function openForm(): Promise<void> {
    await tabs(1, async () => { await vscode.commands.executeCommand('airflowIdentity.connect'); });
  }

  async function closeForm(): Promise<void> {
    await vscode.window.tabGroups.close(formTabs());
  }

  /** The user answers what is asked with `answer`; gives what was said until the change was over. */
  async function answering(answer: string, action: () => Promise<void>): Promise<readonly string[]> {
    const said: string[] = [];
    const methods: Partial<Messages> = {
      warning: async (text, ...actions) => {
        said.push(formTabs().length === 0 ? text : 'asked beside the form');
        assert.deepEqual(actions, ['Go on', 'Undo', 'Dismiss']);
        return answer;
      },
      info: async (text) => {
        said.push(text);
        told.emit('end');
        return undefined;
      },
      confirm: async (text, detail) => {
        said.push(`${text} ${detail.split('\n').at(-1) ?? ''}`);
        return true;
      },
    };
    await played(features.services.messages, methods, async () => {
      const end = once(told, 'end');
      await action();
      await end;
    });
    return said;
  }

  async function standing(): Promise<readonly string[]> {
    return (await cloud().identity(airflowDev.clientId)).credentials.map(({ name }) => name);
  }

  it('go on: what stands is left, what is missing is written', async () => {
    await openForm();
    await interrupted('other');
    await cloud().clearLog();
    assert.deepEqual(await answering('Go on', closeForm), [
      'A change to id-airflow-dev was interrupted: 1 of 2 steps were begun.',
      'The change to id-airflow-dev went on: 1 done now, 1 done before.',
    ]);
    assert.deepEqual(await standing(), ['unfinished-one', 'unfinished-two']);
    assert.equal((await cloud().log()).filter(({ method }) => method === 'PUT').length, 1);
    assert.deepEqual(await features.services.journal.unfinished(), []);
  });

  it('are undone: only what the change wrote is deleted', async () => {
    await cloud().addCredential(airflowDev.clientId, { name: 'by-a-colleague', issuer: sample.issuers.dev, subject: 'system:serviceaccount:a:b' });
    await openForm();
    await interrupted('other');
    assert.deepEqual(await answering('Undo', closeForm), [
      'A change to id-airflow-dev was interrupted: 1 of 2 steps were begun.',
      'Undo the change to id-airflow-dev? Create credential unfinished-one on id-airflow-dev',
      'The change to id-airflow-dev was undone: 1 taken back, 0 needed nothing.',
    ]);
    assert.deepEqual(await standing(), ['by-a-colleague']);
    assert.deepEqual(await features.services.journal.unfinished(), []);
  });

  it('of a form are not offered while the form is there, which goes on by itself', async () => {
    await openForm();
    await interrupted('form');
    let another: vscode.WebviewPanel | undefined;
    await tabs(2, async () => { another = vscode.window.createWebviewPanel(connectPanelType, 'Another form', vscode.ViewColumn.Active); });
    const said = await answering('Go on', async () => {
      await tabs(1, async () => { another?.dispose(); });
      await closeForm();
    });
    assert.equal(said[0], 'A change to id-airflow-dev was interrupted: 1 of 2 steps were begun.');
  });
});
