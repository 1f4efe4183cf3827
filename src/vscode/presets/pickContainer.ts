import * as vscode from 'vscode';
import type { AccessScope } from '../../identity/accessScope.ts';
import { showPages } from '../connect/showPages.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from '../connect/stepPick.ts';
import type { Services } from '../services.ts';

/** A container by its name, and the place that roles are given on. */
interface ChosenContainer {
  readonly value: string;
  readonly scope: AccessScope;
}

/** Asks for a container of a storage account, or to type one, since not everybody may list them. */
export function pickContainer(
  services: Pick<Services, 'azure' | 'commands' | 'log'>,
  account: AccessScope,
  { title, place }: { readonly title: string; readonly place: StepPlace },
): Promise<StepAnswer<ChosenContainer | 'typed'>> {
  const typed: StepItem<ChosenContainer | 'typed'> = { label: vscode.l10n.t('Type it instead…'), iconPath: new vscode.ThemeIcon('edit'), alwaysShow: true, value: 'typed' };
  return pickStep<ChosenContainer | 'typed'>({
    title,
    placeholder: vscode.l10n.t('Which container of {0}?', account.name),
    place,
    back: true,
    load: (show, signal) => showPages<ChosenContainer | 'typed', AccessScope>(services, show, signal, {
      pages: () => services.azure().containers(account, signal),
      item: (scope) => ({ label: scope.name, iconPath: new vscode.ThemeIcon('package'), value: { value: scope.name, scope } }),
      always: [typed],
      name: 'listing containers',
    }),
  });
}
