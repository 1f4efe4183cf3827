import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KubeContext } from '../../src/deployment/kubernetesPort.ts';
import { AirflowIdentityError } from '../../src/errors.ts';
import { clusterWay } from '../../src/vscode/deployments/layoutWays/clusterWay.ts';
import type { LayoutWay } from '../../src/vscode/deployments/layoutWays/layoutWay.ts';
import { answering } from './dialogs.ts';
import { played, product } from './shell.ts';

/** A context that signs in by a program, as `kubelogin convert-kubeconfig` writes it. */
const context: KubeContext = { name: 'aks-prod', server: 'aks-prod.hcp.westeurope.azmk8s.io', namespace: undefined, isCurrent: true, command: 'kubelogin' };

describe('a kubeconfig that has a program run', () => {
  /** What is read and what is asked, when the user takes the context and answers the question about the program. */
  async function taken(options: { readonly isTrusted: boolean; readonly agrees: boolean }): Promise<{ readonly read: number; readonly asked: readonly string[]; readonly answer: Awaited<ReturnType<LayoutWay['ask']>> }> {
    const { services } = await product();
    let read = 0;
    const asked: string[] = [];
    const cluster = { contexts: () => [context], serviceAccounts: async () => { read += 1; return [{ name: 'airflow-worker', pods: 1, components: ['worker'], clientId: undefined, asksForToken: true }]; } };
    const way = clusterWay(() => cluster, services, () => options.isTrusted);
    let answer: Awaited<ReturnType<LayoutWay['ask']>> | undefined;
    const showQuickPick = async (items: readonly vscode.QuickPickItem[]): Promise<readonly vscode.QuickPickItem[]> => items;
    await played(vscode.window, { showQuickPick: showQuickPick as unknown as typeof vscode.window.showQuickPick }, () =>
      played(services.messages, { confirm: async (text) => { asked.push(text); return options.agrees; } }, () =>
        answering(
          async () => { answer = await way.ask({ title: 'Add deployment', namespace: 'airflow', apiServer: undefined, known: undefined }); },
          async (dialogs) => {
            const shown = await dialogs.pick(/aks-prod/);
            assert.match(shown.join(), /Runs kubelogin to sign in/);
          },
        )));
    assert.ok(answer);
    return { read, asked, answer };
  }

  it('is not obeyed in a workspace that is not trusted', async () => {
    await assert.rejects(taken({ isTrusted: false, agrees: true }), /not trusted, so the program kubelogin is not run/);
  });

  it('is obeyed in a trusted one only after the user agreed', async () => {
    assert.deepEqual(await taken({ isTrusted: true, agrees: false }), { read: 0, asked: ['Run kubelogin?'], answer: { kind: 'back' } });
    const agreed = await taken({ isTrusted: true, agrees: true });
    assert.deepEqual([agreed.read, agreed.answer], [1, { kind: 'picked', value: { layout: { kind: 'listed', serviceAccounts: ['airflow-worker'] } } }]);
  });
});

describe('a cluster that cannot be read', () => {
  it('says why, and asks the question before again', async () => {
    const { services } = await product();
    const cluster = { contexts: () => [{ ...context, command: undefined }], serviceAccounts: () => Promise.reject(new AirflowIdentityError('forbidden', 'The cluster refused.', { fix: 'Sign in anew.' })) };
    const said: string[] = [];
    let answer: Awaited<ReturnType<LayoutWay['ask']>> | undefined;
    await played(services.messages, { error: async (text) => { said.push(text); return undefined; } }, () =>
      answering(
        async () => { answer = await clusterWay(() => cluster, services, () => true).ask({ title: 'Add deployment', namespace: 'airflow', apiServer: undefined, known: undefined }); },
        async (dialogs) => { await dialogs.pick(/aks-prod/); },
      ));
    assert.deepEqual([answer, said], [{ kind: 'back' }, ['The cluster refused. Sign in anew.']]);
  });
});
