import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributedCommands.ts';
import { cloud, extension } from './shell.ts';

describe('activation', () => {
  it('sends no request and takes a few milliseconds', async () => {
    await cloud().clearLog();
    const { activationMs } = await extension().activate();
    assert.deepEqual(await cloud().log(), []);
    assert.ok(activationMs < 50, `took ${activationMs} ms`);
  });

  it('registers every command that package.json names', async () => {
    await extension().activate();
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(commandIds.filter((id) => !registered.includes(id)), []);
  });
});
