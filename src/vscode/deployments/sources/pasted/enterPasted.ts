import * as vscode from 'vscode';
import type { NotUnderstood, Pasted } from '../../../../deployment/pasted/pasted.ts';
import type { PastedDeployment } from '../../../../deployment/pasted/pastedDeployments.ts';
import { pastedDeployments } from '../../../../deployment/pasted/pastedDeployments.ts';
import { readPasted } from '../../../../deployment/pasted/readPasted.ts';
import { AirflowIdentityError } from '../../../../errors.ts';
import { valueProblem } from '../../../../identity/federatedCredential.ts';
import { pickStep } from '../../../connect/stepPick.ts';
import { askText } from '../../../inputStep.ts';
import type { Messages } from '../../../messages.ts';
import type { ManualDeployment } from '../manual/manualDeployments.ts';

/** Most parts that are shown as not understood; more tell nobody more. */
const mostShown = 8;

/**
 * Reads a deployment from the clipboard or from what is selected in the editor, shows what was not understood, and asks for a
 * name. Nothing of the text is run, and only the names that make subjects are kept. `undefined` when cancelled.
 * @param audience the one of the chosen cloud
 * @throws AirflowIdentityError `invalidInput` when the text tells of no deployment.
 */
export async function enterPasted(messages: Messages, audience: string): Promise<ManualDeployment | undefined> {
  const text = await chosenText();
  if (text === undefined) {
    return undefined;
  }
  const pasted = readPasted(text);
  const { deployments, left } = pastedDeployments(pasted, audience);
  const missed = [...pasted.notUnderstood, ...left];
  const usable = deployments.filter(({ issuer }) => valueProblem('issuer', issuer) === undefined);
  if (usable.length === 0) {
    throw noDeployment(pasted, missed);
  }
  const deployment = await chosenDeployment(usable);
  if (deployment === undefined || !(await isAccepted(messages, deployment, missed))) {
    return undefined;
  }
  const name = await askText({
    title: vscode.l10n.t('Add pasted deployment'),
    prompt: vscode.l10n.t('Name of the Airflow deployment, as you call it'),
    value: deployment.namespace,
    problem: (entered) => (entered === '' ? vscode.l10n.t('The name is missing.') : undefined),
  });
  const { namespace, issuer, serviceAccounts } = deployment;
  return name.kind === 'entered' ? { name: name.text, namespace, issuer, serviceAccounts } : undefined;
}

/** The clipboard, unless something is selected in the editor and the user means that. */
async function chosenText(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  if (selected.trim() === '') {
    return vscode.env.clipboard.readText();
  }
  const file = editor === undefined ? '' : vscode.workspace.asRelativePath(editor.document.uri);
  const picked = await pickStep<() => PromiseLike<string>>({
    title: vscode.l10n.t('Add pasted deployment'),
    placeholder: vscode.l10n.t('Where does the text stand?'),
    load: async (show) => {
      show([
        { label: `$(selection) ${vscode.l10n.t('From the selection')}`, description: file, value: async () => selected },
        { label: `$(clippy) ${vscode.l10n.t('From the clipboard')}`, value: () => vscode.env.clipboard.readText() },
      ]);
    },
  });
  return picked.kind === 'picked' ? picked.value() : undefined;
}

async function chosenDeployment(deployments: readonly PastedDeployment[]): Promise<PastedDeployment | undefined> {
  const [only, ...others] = deployments;
  if (others.length === 0) {
    return only;
  }
  const picked = await pickStep<PastedDeployment>({
    title: vscode.l10n.t('Add pasted deployment'),
    placeholder: vscode.l10n.t('The text tells of several deployments. Which one?'),
    load: async (show) => {
      show(deployments.map((value) => ({ label: value.namespace, description: value.serviceAccounts.join(', '), detail: value.issuer, value })));
    },
  });
  return picked.kind === 'picked' ? picked.value : undefined;
}

/** Asks only where something of the text would be left behind. */
async function isAccepted(messages: Messages, { namespace, issuer, serviceAccounts }: PastedDeployment, missed: readonly NotUnderstood[]): Promise<boolean> {
  return missed.length === 0 || messages.confirm(
    vscode.l10n.t('Add {0} without what was not understood?', namespace),
    [vscode.l10n.t('Issuer: {0}', issuer), vscode.l10n.t('Service accounts: {0}', serviceAccounts.join(', ')), '', ...missedLines(missed)].join('\n'),
    vscode.l10n.t('Add'),
  );
}

function noDeployment({ resourceIds }: Pasted, missed: readonly NotUnderstood[]): AirflowIdentityError {
  if (resourceIds.length > 0) {
    return new AirflowIdentityError('invalidInput', vscode.l10n.t('This is a resource ID: it does not tell which service accounts need Azure.'), {
      fix: vscode.l10n.t('For an AKS cluster, add a deployment from the list of clusters. For an identity, use "Find Identity".'),
    });
  }
  return new AirflowIdentityError('invalidInput', [vscode.l10n.t('The pasted text tells of no deployment.'), ...missedLines(missed)].join('\n'), {
    fix: vscode.l10n.t('Copy the command that Astro shows, an az command, Terraform, Bicep, or a service-account token, then try again.'),
  });
}

function missedLines(missed: readonly NotUnderstood[]): readonly string[] {
  const lines = missed.slice(0, mostShown).map(({ line, text, why }) =>
    (text === '' ? why : vscode.l10n.t('Line {0}: {1}. {2}', line, text, why)));
  return missed.length > mostShown ? [...lines, vscode.l10n.t('And {0} more.', missed.length - mostShown)] : lines;
}
