import * as vscode from 'vscode';
import type { Deployment } from '../../src/deployment/deployment.ts';
import { answering } from './dialogs.ts';
import type { Dialogs } from './dialogs.ts';
import { played, product } from './shell.ts';

/** The deployments that were added, from all sources but Astro. */
export async function addedDeployments(): Promise<readonly Deployment[]> {
  const { services } = await product();
  const { deployments } = await services.deployments.listAll(new AbortController().signal);
  return deployments.filter(({ sourceId }) => sourceId !== 'astro');
}

/** Adds a deployment as a user does, by answering the questions; gives what is there then. */
export async function addDeployment(answer: (dialogs: Dialogs) => Promise<void>): Promise<Deployment | undefined> {
  await answering(() => vscode.commands.executeCommand('airflowIdentity.addDeployment'), answer);
  return (await addedDeployments())[0];
}

/** Takes all of them from the list again. */
export async function removeAddedDeployments(): Promise<void> {
  const { services } = await product();
  for (const deployment of await addedDeployments()) {
    await played(services.messages, { confirm: async () => true }, async () => {
      await vscode.commands.executeCommand('airflowIdentity.removeDeployment', { deployment });
    });
  }
}
