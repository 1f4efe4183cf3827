import * as vscode from 'vscode';
import { trustsRecovery } from '../../trust/connectRows.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import type { RowView } from '../../trust/connectView.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { closeQuestion } from '../closeQuestion.ts';
import type { StepPlace, Turn } from './stepPick.ts';

interface RowItem extends vscode.QuickPickItem {
  readonly rowId?: string;
}

const renameButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Change credential name') };
const subjectButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('person'), tooltip: vscode.l10n.t('Change service account') };
const addButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('add'), tooltip: vscode.l10n.t('Add service account') };

const recoveryButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('shield'), tooltip: vscode.l10n.t('Trust the cluster for disaster recovery as well, or leave it out') };

/** Which workloads to trust: a list with ticks. What cannot be ticked stands above it, with its reason. */
export async function askWorkloads(session: ConnectSession, place: StepPlace): Promise<Turn> {
  const pick = vscode.window.createQuickPick<RowItem>();
  pick.title = vscode.l10n.t('Connect deployment to Azure: workloads');
  pick.step = place.step;
  pick.totalSteps = place.totalSteps;
  pick.canSelectMany = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  const { deployment } = session.state;
  const hasRecovery = deployment.kind === 'chosen' && deployment.value.drIssuer !== undefined;
  pick.buttons = [vscode.QuickInputButtons.Back, addButton, ...(hasRecovery ? [recoveryButton] : [])];
  // Asking for a name opens an input box, which hides the pick without the user having left it.
  let asking = false;
  const draw = (): void => {
    const view = connectViewOf(session.state);
    pick.placeholder = `${view.footer.headline} ${view.footer.detail}`;
    pick.items = itemsOf(view.credentials.rows);
    const ticked = new Set(view.credentials.rows.filter((row) => row.ticked && !row.locked).map((row) => row.id));
    pick.selectedItems = pick.items.filter((item) => item.rowId !== undefined && ticked.has(item.rowId));
  };
  const during = async (dialog: () => Promise<void>): Promise<void> => {
    asking = true;
    try {
      await dialog();
    } finally {
      asking = false;
      draw();
      pick.show();
    }
  };
  try {
    return await new Promise<Turn>((resolve, reject) => {
      pick.onDidChangeSelection((selected) => { applyTicks(session, new Set(selected.flatMap(({ rowId }) => rowId ?? []))); describe(pick, session); });
      pick.onDidTriggerItemButton(({ item, button }) => {
        const { rowId } = item;
        if (rowId !== undefined) {
          during(() => (button === subjectButton ? askServiceAccount(session, rowId) : askName(session, rowId))).catch(reject);
        }
      });
      pick.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) {
          resolve('back');
        } else if (button === recoveryButton) {
          session.dispatch({ kind: 'trustRecovery', on: !trustsRecovery(session.state) });
          draw();
        } else {
          during(() => addServiceAccount(session)).catch(reject);
        }
      });
      pick.onDidAccept(() => { resolve('next'); });
      pick.onDidHide(() => {
        if (!asking) {
          resolve('cancelled');
        }
      });
      draw();
      pick.show();
    });
  } finally {
    closeQuestion(pick);
  }
}

function describe(pick: vscode.QuickPick<RowItem>, session: ConnectSession): void {
  const { headline, detail } = connectViewOf(session.state).footer;
  pick.placeholder = `${headline} ${detail}`;
}

function applyTicks(session: ConnectSession, selected: ReadonlySet<string>): void {
  for (const row of connectViewOf(session.state).credentials.rows) {
    if (!row.locked && row.ticked !== selected.has(row.id)) {
      session.dispatch({ kind: 'tick', rowId: row.id, ticked: selected.has(row.id) });
    }
  }
}

function itemsOf(rows: readonly RowView[]): RowItem[] {
  const locked = rows.filter((row) => row.locked).map((row) => [`${row.title}: ${row.statusText}`, ...row.reasons].join('. '));
  return [
    // What cannot be ticked is no item. VS Code shows a separator only above an item, hence one for all of them, and first.
    ...(locked.length === 0 ? [] : [{ label: locked.join('; '), kind: vscode.QuickPickItemKind.Separator }]),
    ...rows.filter((row) => !row.locked).map((row) => ({
      label: row.title,
      description: `${row.statusText} · ${row.credentialName}`,
      // One line that VS Code cuts: what tells the rows apart first, and not what all subjects begin with.
      detail: [row.serviceAccount, ...row.reasons, ...row.changes.map((change) => `${change.label}: ${change.before} → ${change.after}`)].join(' · '),
      buttons: row.serviceAccountEditable ? [renameButton, subjectButton] : [renameButton],
      rowId: row.id,
    })),
  ];
}

async function askName(session: ConnectSession, rowId: string): Promise<void> {
  const row = connectViewOf(session.state).credentials.rows.find(({ id }) => id === rowId);
  const name = await vscode.window.showInputBox({ title: vscode.l10n.t('Credential name, {0}', row?.title ?? ''), value: row?.credentialName ?? '', ignoreFocusOut: true });
  if (name !== undefined) {
    session.dispatch({ kind: 'rename', rowId, name });
  }
}

async function askServiceAccount(session: ConnectSession, rowId: string): Promise<void> {
  const row = connectViewOf(session.state).credentials.rows.find(({ id }) => id === rowId);
  const serviceAccount = await vscode.window.showInputBox({ title: vscode.l10n.t('Service account of {0}', row?.title ?? ''), value: row?.serviceAccount ?? '', ignoreFocusOut: true });
  if (serviceAccount !== undefined) {
    session.dispatch({ kind: 'setServiceAccount', rowId, serviceAccount });
  }
}

async function addServiceAccount(session: ConnectSession): Promise<void> {
  const serviceAccount = await vscode.window.showInputBox({ title: vscode.l10n.t('Add service account'), placeHolder: 'dbt-runner', ignoreFocusOut: true });
  if (serviceAccount !== undefined && serviceAccount.trim() !== '') {
    session.dispatch({ kind: 'serviceAccountNamed', serviceAccount: serviceAccount.trim() });
  }
}
