import * as vscode from 'vscode';
import type { IdentityTarget } from '../../contributions.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import { sameEdit } from '../../project/textEdit.ts';
import { pickIdentity } from '../connect/pickIdentity.ts';
import { previewItems } from '../connect/previewItems.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { Contribution, Services } from '../services.ts';
import { findConnectionFiles } from './findConnectionFiles.ts';
import { readProjectFile } from './projectFile.ts';
import { recentIdentities } from './recentIdentities.ts';
import { changedMeanwhile, placeCursor, showDocument, writeEdit } from './writeDocument.ts';

/**
 * The label of the pods and the annotations of the service accounts that a Helm release needs for the tokens of an identity,
 * written into a `values.yaml` of the workspace.
 */
export class LabelServiceAccounts implements Contribution {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  register(context: vscode.ExtensionContext): void {
    context.subscriptions.push(this.#services.commands.register('airflowIdentity.labelServiceAccounts', (target) => this.#run(target)));
  }

  async #run(target: IdentityTarget | undefined): Promise<void> {
    const uri = await this.#pickFile();
    const identity = uri === undefined ? undefined : (target?.identity ?? (await this.#pickIdentity()));
    if (uri === undefined || identity === undefined) {
      return;
    }
    const plan = await this.#plan(uri, identity);
    if (plan.kind === 'unchanged') {
      placeCursor(await showDocument(await vscode.workspace.openTextDocument(uri)), new vscode.Position(0, 0));
      void this.#services.messages.info(vscode.l10n.t('{0} names {1} already.', vscode.workspace.asRelativePath(uri), identity.name));
      return;
    }
    if (plan.kind === 'edit' && (await this.#isWanted(uri, identity, plan))) {
      await this.#write(uri, identity, plan);
    }
  }

  /** The files that take connections are those of a chart of Airflow. */
  async #pickFile(): Promise<vscode.Uri | undefined> {
    const answer = await pickStep<vscode.Uri>({
      title: vscode.l10n.t('Label service accounts: values file'),
      placeholder: vscode.l10n.t('Which values.yaml is the release installed with?'),
      load: async (show, signal) => {
        const formats = this.#services.language().projectFormats().filter(({ id }) => id === 'helmValues');
        const files = await findConnectionFiles(formats, this.#services.log, signal);
        show(files.length > 0
          ? files.map(({ uri }) => ({ label: `$(file) ${vscode.workspace.asRelativePath(uri)}`, value: uri }))
          : [{ label: vscode.l10n.t('No values.yaml of a chart of Airflow in this workspace'), alwaysShow: true }]);
      },
    });
    return answer.kind === 'picked' ? answer.value : undefined;
  }

  async #pickIdentity(): Promise<ManagedIdentity | undefined> {
    const answer = await pickIdentity(this.#services, {
      title: vscode.l10n.t('Label service accounts: identity'),
      placeholder: vscode.l10n.t('Which managed identity should the release act as? Type a name or client ID.'),
      recent: recentIdentities(this.#services.globalState).map(({ clientId }) => clientId),
    });
    return answer.kind === 'picked' ? answer.value.identity : undefined;
  }

  /** @throws AirflowIdentityError when the file cannot be read or edited. */
  async #plan(uri: vscode.Uri, { clientId, homeTenantId }: ManagedIdentity): Promise<Exclude<EditPlan, { kind: 'refused' }>> {
    const file = await readProjectFile(uri);
    const plan = file.kind === 'refused' ? file : this.#services.language().planServiceAccounts(file.kind === 'text' ? file.document.getText() : '', { clientId, tenantId: homeTenantId });
    if (plan.kind === 'refused') {
      throw new AirflowIdentityError(plan.code, plan.message, { fix: plan.fix });
    }
    return plan;
  }

  async #isWanted(uri: vscode.Uri, { name }: ManagedIdentity, { preview }: PlannedEdit): Promise<boolean> {
    const answer = await pickStep<'write'>({
      title: vscode.l10n.t('Let the release act as {0}', name),
      placeholder: vscode.l10n.t('Nothing is written before you choose.'),
      load: async (show) => {
        show([
          { label: `$(check) ${vscode.l10n.t('Write labels and annotations')}`, detail: vscode.l10n.t('One step, which Undo takes back'), value: 'write' },
          { label: vscode.workspace.asRelativePath(uri), kind: vscode.QuickPickItemKind.Separator },
          ...previewItems(preview),
        ]);
      },
    });
    return answer.kind === 'picked';
  }

  /** @throws AirflowIdentityError `fileChanged` when the edit would no longer be the one shown. */
  async #write(uri: vscode.Uri, identity: ManagedIdentity, shown: PlannedEdit): Promise<void> {
    const plan = await this.#plan(uri, identity);
    const file = await readProjectFile(uri);
    if (file.kind !== 'text' || file.isBehind || plan.kind !== 'edit' || !sameEdit(plan, shown)) {
      throw changedMeanwhile(uri);
    }
    await writeEdit(uri, file, plan);
  }
}
