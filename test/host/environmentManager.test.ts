import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { noConnection } from '../../src/connection/connectionValues.ts';
import type { EnvironmentConnection, EnvironmentPlace } from '../../src/connection/environmentPort.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import type { Dialogs } from './dialogs.ts';
import { cloud, played, product, requests, signedIn } from './shell.ts';

const { organization, workspaces, deployments, environmentObjects: objects, tokens } = sample.astro;
const { airflowDev, airflowProd } = sample.identities;
const place: EnvironmentPlace = { organizationId: organization.id, scope: 'workspace', scopeId: workspaces.dataPlatform.id };
const tenant = { workload_identity_tenant_id: sample.tenants.contoso.id };

describe('A connection written to the Environment Manager', () => {
  let services: ReturnType<ExtensionApi['features']>['services'];
  let asked: string[][];

  beforeEach(async () => {
    ({ services } = await product());
    process.env['ASTRO_API_TOKEN'] = tokens.organization;
    await signedIn(sample.accounts.dana.label);
    asked = [];
  });
  afterEach(async () => {
    delete process.env['ASTRO_API_TOKEN'];
    await cloud().clearFaults();
  });

  const { signal } = new AbortController();
  const there = async (connectionId: string): Promise<EnvironmentConnection | undefined> =>
    (await Array.fromAsync(services.environment().environmentConnections(place, signal))).flat().find(({ connection }) => connection.connectionId === connectionId);
  /** What was sent to change something, by host. */
  const writes = async (host: RegExp): Promise<number> =>
    (await requests()).filter((entry) => host.test(entry.host) && (entry.method === 'PUT' || (entry.method === 'POST' && entry.path.includes('environment-objects')))).length;

  /** Answers the question whether others are to get it. */
  const confirming = (action: () => Promise<void>, answer: () => Promise<boolean> = async () => true): Promise<void> =>
    played(services.messages, { confirm: async (...said) => { asked.push(said); return answer(); }, info: async () => undefined, error: async (...said) => { asked.push(said); return undefined; } }, action);

  async function untilConnection(dialogs: Dialogs, deployment: string, identity: string, connectionId: string): Promise<void> {
    await dialogs.pick(new RegExp(`^${deployment}$`));
    await dialogs.pick(new RegExp(`^${identity}$`));
    await dialogs.pick(/Scheduler/);
    const targets = await dialogs.pick(new RegExp(`^Environment Manager of ${workspaces.dataPlatform.name}, linked to ${deployment}$`));
    assert.ok(targets.some((line) => line.startsWith(`Environment Manager of ${workspaces.dataPlatform.name}, for all deployments`)), targets.join('; '));
    await dialogs.pick(/^Azure$/);
    await dialogs.enter(/finds the connection by this name/, connectionId);
  }

  it('is shown, asked about once more, and links the deployment alone', async () => {
    const opened = new Promise<string>((resolve) => {
      const listening = vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.uri.scheme === 'airflow-connection') {
          listening.dispose();
          resolve(editor.document.getText());
        }
      });
    });
    await confirming(() => answering(() => vscode.commands.executeCommand('airflowIdentity.connectStepByStep'), async (dialogs) => {
      await untilConnection(dialogs, deployments.ordersDev.name, airflowDev.name, 'azure_orders');
      const review = (await dialogs.pick(/Connect deployment/)).join('\n');
      assert.match(review, /\+ conn_id: azure_orders\n\+ conn_type: azure/);
      assert.match(review, new RegExp(`\\+ linked to: ${deployments.ordersDev.name}`));
      const done = (await dialogs.pick(/Open connection/)).join('\n');
      assert.match(done, new RegExp(`Added connection azure_orders to Environment Manager of ${workspaces.dataPlatform.name}, linked to ${deployments.ordersDev.name}`));
    }));
    assert.match(asked.flat().join('\n'), new RegExp(`Everybody who sees workspace ${workspaces.dataPlatform.name} in Astro will see the connection[^]*\\+ conn_id: azure_orders`));
    const written = await there('azure_orders');
    assert.deepEqual(written?.links, { all: false, deployments: [{ id: deployments.ordersDev.id, isOverridden: false }], excluded: [] });
    assert.equal(written.connection.extra['managed_identity_client_id'], airflowDev.clientId);
    assert.match(await opened, new RegExp(`"connectionId": "azure_orders"[^]*${airflowDev.clientId}`));
  });

  it('changes nothing, in Azure neither, when that question is answered with no', async () => {
    await confirming(() => answering(() => vscode.commands.executeCommand('airflowIdentity.connectStepByStep'), async (dialogs) => {
      await untilConnection(dialogs, deployments.ordersDev.name, airflowDev.name, 'azure_orders');
      await dialogs.pick(/Connect deployment/);
      // The review is asked for again, with everything as it was.
      await dialogs.pick(/Copy as az commands/);
    }), async () => false);
    assert.equal(asked.length, 1);
    assert.equal(await there('azure_orders'), undefined);
    assert.equal(await writes(/./), 0);
  });

  it('of an id that stands there is changed when the user says so, and keeps its links', async () => {
    await confirming(() => answering(() => vscode.commands.executeCommand('airflowIdentity.connectStepByStep'), async (dialogs) => {
      await untilConnection(dialogs, deployments.ordersDev.name, airflowDev.name, objects.azure.key);
      const choices = (await dialogs.pick(/Change the existing connection/)).join('\n');
      assert.match(choices, /Astro shows no passwords and other secrets/);
      assert.match((await dialogs.pick(/Connect deployment/)).join('\n'), /changes 1 connection/);
      await dialogs.pick(/Close/);
    }));
    const changed = await there(objects.azure.key);
    assert.deepEqual(changed?.links.deployments.map(({ id }) => id), [deployments.customer360.id, deployments.ordersDev.id]);
    assert.equal(changed.connection.extra['managed_identity_client_id'], airflowDev.clientId);
  });

  it('that Astro refused says which role is missing, and is tried again without writing the credentials twice', async () => {
    await cloud().addFault({ host: 'api.astronomer.io', method: 'POST', times: 1, effect: { kind: 'answer', status: 403, body: { message: 'No', requestId: 'r', statusCode: 403 } } });
    let before = 0;
    await confirming(() => answering(() => vscode.commands.executeCommand('airflowIdentity.connectStepByStep'), async (dialogs) => {
      await untilConnection(dialogs, deployments.ordersDev.name, airflowDev.name, 'azure_orders');
      await dialogs.pick(/Connect deployment/);
      const refused = (await dialogs.pick(/Retry/)).join('\n');
      before = await writes(/management\.azure\.com/);
      assert.match(refused, /Could not write connection azure_orders: The Astro token may not change .* Workspace Operator or Workspace Owner/);
      assert.match(refused, /Created \d federated credential/);
      await dialogs.pick(/Close/);
    }));
    assert.ok(before > 0);
    assert.equal(await writes(/management\.azure\.com/), before);
    assert.equal(await writes(/astronomer/), 2);
    assert.ok(await there('azure_orders'));
    assert.deepEqual(await services.journal.unfinished(), []);
  });

  it('for an identity alone offers its deployments and each workspace, and leaves what somebody added meanwhile', async () => {
    await services.deployments.listAll(signal);
    await services.identities.listAll(signal);
    const identity = services.identities.known().find((one) => one.identity.name === airflowProd.name)?.identity ?? assert.fail();
    const theirs = { ...noConnection('azure_prod'), type: 'azure', extra: { managed_identity_client_id: airflowDev.clientId, ...tenant } };
    await confirming(() => answering(() => vscode.commands.executeCommand('airflowIdentity.addConnection', { identity }), async (dialogs) => {
      const targets = (await dialogs.pick(new RegExp(`^Environment Manager of ${workspaces.marketing.name}, for all deployments$`))).join('\n');
      assert.match(targets, new RegExp(`Environment Manager of ${workspaces.dataPlatform.name}, for all deployments`));
      await dialogs.pick(/^Azure$/);
      await dialogs.enter(/finds the connection by this name/, 'azure_prod');
      const review = (await dialogs.pick(/Write connection/)).join('\n');
      assert.match(review, /\+ linked to: all deployments of the workspace, also later ones/);
    }), async () => {
      await services.environment().createEnvironmentConnection({ ...place, scopeId: workspaces.marketing.id }, theirs, signal);
      return true;
    });
    assert.match(asked.at(-1)?.join(' ') ?? '', /azure_prod in the Environment Manager was changed meanwhile, so nothing was written/);
    const [found] = (await Array.fromAsync(services.environment().environmentConnections({ ...place, scopeId: workspaces.marketing.id }, signal))).flat();
    assert.deepEqual(found?.connection, theirs);
  });
});
