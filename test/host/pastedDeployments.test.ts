import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { Deployment } from '../../src/deployment/deployment.ts';
import { answering } from './dialogs.ts';
import { played, product, signedIn } from './shell.ts';

const issuer = 'https://westeurope.oic.prod-aks.azure.com/8d0c1a9e-0000-4000-8000-000000000001/5b1f7a52-0000-4000-8000-000000000002/';
const script = `for w in scheduler worker; do
  az identity federated-credential create --name solar-$w --identity-name id -g rg --issuer ${issuer} --subject system:serviceaccount:solar-1234:solar-1234-$w-serviceaccount
done`;

describe('a pasted deployment', () => {
  let features: ReturnType<ExtensionApi['features']>;

  before(async () => {
    features = await product();
    await signedIn();
  });

  afterEach(async () => {
    await vscode.env.clipboard.writeText('');
    for (const deployment of await added()) {
      await played(features.services.messages, { confirm: async () => true }, async () => {
        await vscode.commands.executeCommand('airflowIdentity.removeDeployment', { deployment });
      });
    }
  });

  async function added(): Promise<readonly Deployment[]> {
    const { deployments } = await features.services.deployments.listAll(new AbortController().signal);
    return deployments.filter(({ sourceId }) => sourceId === 'manual');
  }

  it('is read from the clipboard, named, and kept with its service accounts', async () => {
    await vscode.env.clipboard.writeText(script);
    await answering(() => vscode.commands.executeCommand('airflowIdentity.addDeployment'), async (dialogs) => {
      await dialogs.pick(/Paste a command/);
      await dialogs.enter(/Name of the Airflow deployment/, 'Solar');
    });
    assert.deepEqual((await added()).map(({ name, namespace, issuer: from, layout }) => ({ name, namespace, from, layout })), [{
      name: 'Solar', namespace: 'solar-1234', from: issuer,
      layout: { kind: 'listed', serviceAccounts: ['solar-1234-scheduler-serviceaccount', 'solar-1234-worker-serviceaccount'] },
    }]);
  });

  it('says what was not understood before anything is kept', async () => {
    await vscode.env.clipboard.writeText(`${script}\nkubectl rollout restart deployment`);
    const asked: (readonly string[])[] = [];
    await played(features.services.messages, { confirm: async (...said) => { asked.push(said); return false; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.addDeployment'), async (dialogs) => { await dialogs.pick(/Paste a command/); }));
    assert.match(asked.flat().join('\n'), /Line 4: kubectl rollout restart deployment/);
    assert.deepEqual(await added(), []);
  });

  it('is nothing where the clipboard tells of none, which is said', async () => {
    await vscode.env.clipboard.writeText('hello');
    const shown: string[] = [];
    await played(features.services.messages, { error: async (text) => { shown.push(text); return undefined; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.addDeployment'), async (dialogs) => { await dialogs.pick(/Paste a command/); }));
    assert.match(shown.join(), /tells of no deployment/);
    assert.deepEqual(await added(), []);
  });
});
