import * as vscode from 'vscode';

/** Keys of the picked ones; `undefined` when the question was left. What was picked before stays on offer, known or not. */
export async function askMany(
  title: string,
  known: ReadonlyMap<string, { readonly label: string; readonly description: string }>,
  before: readonly string[],
): Promise<readonly string[] | undefined> {
  const choices = new Map([...before.map((key) => [key, { label: key, description: '' }] as const), ...known]);
  const items = [...choices]
    .map(([key, choice]) => ({ ...choice, key, picked: before.includes(key) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: items.length === 0 ? vscode.l10n.t('Nothing was listed yet: unfold a row of the view first') : vscode.l10n.t('None chosen shows all'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked?.map(({ key }) => key);
}
