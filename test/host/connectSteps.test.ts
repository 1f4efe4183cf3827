import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import { product, requests, signedIn } from './shell.ts';

describe('Connecting step by step', () => {
  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    process.env['ASTRO_API_TOKEN'] = sample.astro.tokens.organization;
    (await product()).trees.deployments.refresh();
  });
  afterEach(() => {
    delete process.env['ASTRO_API_TOKEN'];
  });

  it('takes a planned role out again, before anything is written', async () => {
    const given = /Data Reader on container raw in stcontosolake/;
    await answering(() => vscode.commands.executeCommand('airflowIdentity.connectStepByStep'), async (dialogs) => {
      await dialogs.pick(/^customer-360-prod$/);
      await dialogs.pick(/^id-airflow-prod$/);
      // The workloads that are ticked are those that are connected.
      await dialogs.pick(/Scheduler/);
      await dialogs.pick(/Do not write a connection/);
      await dialogs.pick(/Give access as well/);
      await dialogs.pick(/Storage account or container/);
      await dialogs.pick(/^stcontosolake$/);
      await dialogs.pick(/^raw$/);
      await dialogs.pick(/^Storage Blob Data Reader$/);
      const planned = await dialogs.pick(/Remove Storage Blob Data Reader/);
      assert.ok(planned.some((line) => given.test(line)), planned.join('; '));
      const left = await dialogs.pick(/Copy as az commands/);
      assert.ok(!left.some((line) => given.test(line) || /Storage Blob Data Reader/.test(line)), left.join('; '));
    });
    assert.doesNotMatch(await vscode.env.clipboard.readText(), /role assignment/);
    assert.deepEqual((await requests()).filter(({ method, path }) => method === 'PUT' && path.includes('Authorization')), []);
  });
});
