import * as vscode from 'vscode';
import type { CredentialArguments } from './chosenCredentials.ts';
import { mayWrite } from './mayWrite.ts';
import { pickTransfer, transferLines } from './pickTransfer.ts';
import type { TransferNeeds } from './pickTransfer.ts';
import { writeRows } from './writeRows.ts';

/** Has another identity trust the same as federated credentials of this one. */
export async function duplicateChosen(needs: TransferNeeds, args: CredentialArguments): Promise<void> {
  const { services } = needs;
  const title = vscode.l10n.t('Duplicate federated credentials');
  const picked = await pickTransfer(needs, args, { title, placeholder: vscode.l10n.t('Tick those that are to be on another identity too.') });
  if (picked === undefined) {
    return;
  }
  const { target, plan } = picked;
  const rows = plan.transfers.flatMap(({ row }) => row ?? []);
  if (rows.length === 0) {
    void services.messages.info(vscode.l10n.t('{0} trusts all of them already.', target.name));
    return;
  }
  if (!(await mayWrite(services, 'writeCredential', target, rows.map(({ wanted }) => ({ kind: 'writeCredential', identity: target, credential: wanted }))))) {
    return;
  }
  if (await services.messages.confirm(vscode.l10n.t('Duplicate to {0}?', target.name), transferLines(picked), vscode.l10n.t('Duplicate'))) {
    await writeRows(services, target, rows, vscode.l10n.t('Writing federated credentials'));
    void services.messages.info(rows.length === 1 ? vscode.l10n.t('Credential {0} is on {1} too.', rows[0]?.wanted.name ?? '', target.name) : vscode.l10n.t('{0} credentials are on {1} too.', rows.length, target.name));
  }
}
