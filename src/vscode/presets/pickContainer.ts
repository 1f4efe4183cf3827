import * as vscode from 'vscode';
import type { AccessScope } from '../../identity/accessScope.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from '../connect/stepPick.ts';
import { paced } from '../paced.ts';
import { failureItem } from '../rights/failureItem.ts';
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
    load: async (show, signal) => {
      const found: StepItem<ChosenContainer | 'typed'>[] = [];
      const redraw = paced(() => {
        show([...found, typed]);
        return found.length;
      });
      show([typed]);
      try {
        for await (const page of services.azure().containers(account, signal)) {
          found.push(...page.map((scope) => ({ label: scope.name, iconPath: new vscode.ThemeIcon('package'), value: { value: scope.name, scope } })));
          redraw();
        }
        show([...found, typed]);
      } catch (error) {
        if (!signal.aborted) {
          show([...found, failureItem(services, 'listing containers', error), typed]);
        }
      }
    },
  });
}
