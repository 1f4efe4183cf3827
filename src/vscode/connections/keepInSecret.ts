import * as vscode from 'vscode';
import { namespaceProblem } from '../../deployment/kubernetesNames.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { FileConnection } from '../../project/placedConnection.ts';
import type { KnownSecret, KnownSecrets } from '../../project/helmValues/knownSecrets.ts';
import type { SecretTarget } from '../../project/helmValues/secretTarget.ts';
import type { PlannedEdit } from '../../project/textEdit.ts';
import type { StepItem } from '../connect/stepPick.ts';
import { pickStep } from '../connect/stepPick.ts';
import { askText } from '../inputStep.ts';
import { findConnectionFiles } from '../project/findConnectionFiles.ts';
import { notRefused } from '../project/notRefused.ts';
import { readProjectFile } from '../project/projectFile.ts';
import { changedMeanwhile } from '../project/writeDocument.ts';
import { writeTogether } from '../project/writeTogether.ts';
import type { Services } from '../services.ts';
import { previewText } from './previewText.ts';

/** A `values.yaml` with the text that was looked at. */
interface ValuesText {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly text: string;
}

/** A secret that was chosen, or how a new one is to be made. */
type SecretChoice = KnownSecret | 'byChart' | 'elsewhere';

/**
 * Has a Helm release get a connection from a Kubernetes secret: `values.yaml` refers to it and, where the chart makes the secret, holds its text;
 * otherwise the command that makes it is copied, and nothing is run. True when something was written.
 * @throws AirflowIdentityError what keeps the file from being changed
 */
export async function keepInSecret(services: Services, placed: FileConnection): Promise<boolean> {
  const uri = await pickValues(services, placed);
  if (uri === undefined) {
    return false;
  }
  const values = await read(uri);
  const known = notRefused(services.language().knownSecrets(values.text, placed.connection));
  const target = await askTarget(services, placed, known);
  if (target === undefined) {
    return false;
  }
  const plan = notRefused(services.language().planSecretReference(values.text, placed.connection, target));
  const edit = plan.kind === 'edit' ? plan : undefined;
  if (edit === undefined && target.isMade) {
    void services.messages.info(vscode.l10n.t('{0} is kept in {1} already.', placed.connection.connectionId, target.secretName));
    return false;
  }
  const command = target.isMade ? undefined : await askCommand(services, placed, target);
  if ((command === undefined && !target.isMade) || !(await isConfirmed(services, placed, { values, target, edit }))) {
    return false;
  }
  if (command !== undefined) {
    await vscode.env.clipboard.writeText(command);
  }
  return edit === undefined ? false : write(values, edit);
}

/** The file itself where the connection stands in a `values.yaml`, else one that is picked. */
async function pickValues({ language, log }: Services, placed: FileConnection): Promise<vscode.Uri | undefined> {
  const own = vscode.Uri.parse(placed.uri);
  if (language().formatOf(own.path)?.id === 'helmValues') {
    return own;
  }
  const answer = await pickStep<vscode.Uri>({
    title: vscode.l10n.t('Keep {0} in a Kubernetes secret', placed.connection.connectionId),
    placeholder: vscode.l10n.t('Which values.yaml is the release installed with?'),
    load: async (show, signal) => {
      const files = await findConnectionFiles(language().projectFormats().filter(({ id }) => id === 'helmValues'), log, signal);
      show(files.length > 0
        ? files.map(({ uri }) => ({ label: `$(file) ${vscode.workspace.asRelativePath(uri)}`, value: uri }))
        : [{ label: vscode.l10n.t('No values.yaml of a chart of Airflow in this workspace'), alwaysShow: true }]);
    },
  });
  return answer.kind === 'picked' ? answer.value : undefined;
}

async function askTarget(services: Services, { connection }: FileConnection, { secrets, canMake }: KnownSecrets): Promise<SecretTarget | undefined> {
  const title = vscode.l10n.t('Keep {0} in a Kubernetes secret', connection.connectionId);
  const answer = await pickStep<SecretChoice>({
    title,
    placeholder: vscode.l10n.t('In which secret?'),
    load: async (show) => {
      show([
        ...secrets.map((secret): StepItem<SecretChoice> => ({ label: `$(lock) ${secret.name}`, detail: secret.isMade ? vscode.l10n.t('The chart makes it of this file.') : vscode.l10n.t('Made elsewhere; this file only names it.'), value: secret })),
        ...(canMake ? [{ label: `$(add) ${vscode.l10n.t('A new secret that the chart makes…')}`, detail: vscode.l10n.t('The connection stands in values.yaml, as text of the secret.'), value: 'byChart' as const }] : []),
        { label: `$(terminal) ${vscode.l10n.t('A secret that is made elsewhere…')}`, detail: vscode.l10n.t('values.yaml only names it. The kubectl command that makes it is copied; nothing is run.'), value: 'elsewhere' as const },
      ]);
    },
  });
  if (answer.kind !== 'picked') {
    return undefined;
  }
  const chosen = typeof answer.value === 'string' ? await askNew(services, title, answer.value === 'byChart', connection.connectionId) : answer.value;
  const key = chosen === undefined
    ? undefined
    : await askText({ title, prompt: vscode.l10n.t('Key of the connection in {0}', chosen.name), value: chosen.proposedKey, problem: services.language().secretKeyProblem });
  return chosen === undefined || key?.kind !== 'entered' ? undefined : { secretName: chosen.name, secretKey: key.text, isMade: chosen.isMade };
}

async function askNew({ language }: Services, title: string, isMade: boolean, proposedKey: string): Promise<KnownSecret | undefined> {
  const name = await askText({ title, prompt: vscode.l10n.t('Name of the secret'), value: 'airflow-connections', problem: language().secretNameProblem });
  return name.kind === 'entered' ? { name: name.text, isMade, proposedKey } : undefined;
}

async function askCommand({ language }: Services, { connection }: FileConnection, target: SecretTarget): Promise<string | undefined> {
  const namespace = await askText({
    title: vscode.l10n.t('Keep {0} in a Kubernetes secret', connection.connectionId), prompt: vscode.l10n.t('Namespace of the release, for the command that makes the secret'), value: 'airflow', problem: namespaceProblem,
  });
  return namespace.kind === 'entered' ? language().kubectlSecret(target, namespace.text, connection) : undefined;
}

interface Wanted {
  readonly values: ValuesText;
  readonly target: SecretTarget;
  readonly edit: PlannedEdit | undefined;
}

async function isConfirmed({ messages }: Services, { connection, uri, label }: FileConnection, { values, target, edit }: Wanted): Promise<boolean> {
  const parts = [
    ...(edit === undefined ? [] : [previewText(values.label, edit)]),
    ...(uri === values.uri.toString() ? [] : [vscode.l10n.t('It also stays in {0}.', label)]),
    ...(target.isMade ? [] : [vscode.l10n.t('The kubectl command that makes the secret is copied to the clipboard. Nothing is run.')]),
  ];
  return messages.confirm(vscode.l10n.t('Keep {0} in {1}, under {2}?', connection.connectionId, target.secretName, target.secretKey), parts.join('\n\n'), vscode.l10n.t('Keep in Secret'));
}

async function write(values: ValuesText, edit: PlannedEdit): Promise<boolean> {
  const file = await readProjectFile(values.uri);
  // The questions may have been open for long.
  if (file.kind !== 'text' || file.document.getText() !== values.text) {
    throw changedMeanwhile(values.uri);
  }
  await writeTogether([{ uri: values.uri, file, plan: edit }]);
  return true;
}

async function read(uri: vscode.Uri): Promise<ValuesText> {
  const file = await readProjectFile(uri);
  if (file.kind === 'refused') {
    throw new AirflowIdentityError(file.code, file.message, { fix: file.fix });
  }
  return { uri, label: vscode.workspace.asRelativePath(uri), text: file.kind === 'text' ? file.document.getText() : '' };
}
