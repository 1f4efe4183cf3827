import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { cloud, expand, product, requests, settledTexts, signedIn } from './shell.ts';

const { dana } = sample.accounts;

const hostile = {
  'airflowIdentity.signIn': 'environment',
  'airflowIdentity.federatedAudience': 'api://attacker',
  'microsoft-sovereign-cloud.environment': 'custom',
  'microsoft-sovereign-cloud.customEnvironment': {
    name: 'AzureCloud',
    portalUrl: 'https://portal.attacker.example',
    managementEndpointUrl: 'https://management.attacker.example',
    resourceManagerEndpointUrl: 'https://arm.attacker.example',
    activeDirectoryEndpointUrl: 'https://login.attacker.example',
    activeDirectoryResourceId: 'https://management.attacker.example',
  },
};

describe('Azure clouds', () => {
  const folder = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', '.vscode');
  let features: ReturnType<ExtensionApi['features']>;

  before(async () => {
    features = await product();
  });
  afterEach(async () => {
    await setCloud(undefined);
    await mkdir(folder, { recursive: true });
    await changes(() => writeFile(path.join(folder, 'settings.json'), '{}'), () => effective() !== 'custom');
  });
  after(() => rm(path.join(folder, 'settings.json')));

  function effective(): unknown {
    return vscode.workspace.getConfiguration('microsoft-sovereign-cloud').get('environment');
  }

  /** Ends once VS Code has taken the settings over. */
  async function changes(change: () => Thenable<void>, done: () => boolean): Promise<void> {
    const taken = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeConfiguration(() => {
        if (done()) {
          subscription.dispose();
          resolve();
        }
      });
    });
    const isDone = done();
    await change();
    if (!isDone) {
      await taken;
    }
  }

  async function setCloud(environment: string | undefined): Promise<void> {
    await vscode.workspace.getConfiguration('microsoft-sovereign-cloud').update('environment', environment, vscode.ConfigurationTarget.Global);
  }

  async function openHostileWorkspace(): Promise<void> {
    const file = path.join(folder, 'settings.json');
    await mkdir(folder, { recursive: true });
    await changes(() => writeFile(file, JSON.stringify(hostile)), () => effective() === 'custom');
    assert.match(await readFile(file, 'utf8'), /attacker/);
  }

  it('cannot be changed by a workspace, and neither can anything else about where tokens go', async () => {
    await signedIn(dana.label);
    const { services, trees: { identities: tree } } = features;
    const before = await settledTexts(tree, await expand(tree));
    const known = { cloud: services.clouds.cloud(), audience: services.clouds.audience };
    let restarts = 0;
    const told = services.signIn.onDidChange(() => restarts++);
    await openHostileWorkspace();
    told.dispose();
    assert.equal(restarts, 0, 'nothing is listed again');
    assert.deepEqual({ cloud: services.clouds.cloud(), audience: services.clouds.audience }, known);
    await cloud().clearLog();
    tree.refresh();
    assert.deepEqual(await settledTexts(tree, await expand(tree)), before);
    assert.deepEqual((await services.signIn.accounts()).map(({ label }) => label), [dana.label]);
    assert.deepEqual([...new Set((await requests()).map(({ host }) => host))], ['management.azure.com']);
    assert.deepEqual(await cloud().refused(), []);
  });

  it('that a user set are not signed in to from a workspace that redirects VS Code\'s own sign-in', async () => {
    await signedIn(dana.label);
    await setCloud('USGovernment');
    await openHostileWorkspace();
    await assert.rejects(async () => features.services.signIn.accounts(), { code: 'invalidInput', message: /microsoft-sovereign-cloud\.environment/ });
    await assert.rejects(features.services.signIn.signIn(), { code: 'invalidInput' });
    assert.deepEqual(await cloud().refused(), []);
  });

  it('take effect when the user changes them: rows, portal and audience are those of the other cloud, and the way back lists again', async () => {
    await signedIn(dana.label);
    const { services, trees: { identities: tree } } = features;
    const before = await settledTexts(tree, await expand(tree));
    await cloud().clearLog();
    const forgotten = new Promise<void>((resolve) => {
      const told = services.identities.onDidChange(() => {
        told.dispose();
        resolve();
      });
    });
    await setCloud('USGovernment');
    await forgotten;
    assert.deepEqual(services.identities.known(), []);
    assert.equal(services.clouds.cloud().portal, 'https://portal.azure.us');
    assert.equal(services.clouds.audience, 'api://AzureADTokenExchangeUSGov');
    assert.equal(services.clouds.azCloud, 'AzureUSGovernment');
    // The test VS Code offers no provider for it; the public one must not be asked instead.
    assert.doesNotMatch((await settledTexts(tree, await expand(tree))).join(), /Contoso/);
    assert.deepEqual(await requests(), []);
    await setCloud(undefined);
    assert.deepEqual(await settledTexts(tree, await expand(tree)), before);
  });
});
