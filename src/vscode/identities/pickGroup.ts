import * as vscode from 'vscode';
import { isCancel } from '../../errors.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { ResourceGroup } from '../../identity/identityAdminPort.ts';
import { groupNameProblem } from '../../identity/identityName.ts';
import type { Subscription } from '../../identity/managedIdentity.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from '../connect/stepPick.ts';
import { askText } from '../inputStep.ts';
import type { InputAnswer } from '../inputStep.ts';
import { failureItem } from '../rights/failureItem.ts';
import type { Services } from '../services.ts';
import type { ChosenGroup } from './newIdentity.ts';

/** How a resource group is asked for. */
export interface GroupQuestion {
  readonly title: string;
  readonly subscription: Subscription;
  readonly place: StepPlace;
  readonly back: boolean;
  /** Name of the group that is active first. */
  readonly chosen: string | undefined;
}

type Needs = Pick<Services, 'azure' | 'commands' | 'log'>;

/** Asks for a resource group, or for the name of a new one. */
export async function pickGroup(services: Needs, question: GroupQuestion): Promise<StepAnswer<ChosenGroup>> {
  const left = new AbortController();
  // Read once, for the list and for the check of a new name, which may be asked for before the list is there.
  const groups = services.commands.resuming('create identity: resource groups', () => services.azure().resourceGroups(question.subscription, left.signal));
  const known = groups.catch(() => []);
  try {
    for (;;) {
      const answer = await pickStanding(services, question, groups);
      if (answer.kind !== 'picked') {
        return answer;
      }
      if (answer.value !== 'new') {
        return { kind: 'picked', value: { name: answer.value.name, existing: answer.value } };
      }
      const named = await askNewName(question, known);
      if (named.kind === 'entered') {
        return { kind: 'picked', value: { name: named.text, existing: undefined } };
      }
      if (named.kind === 'cancelled') {
        return named;
      }
    }
  } finally {
    left.abort();
  }
}

function pickStanding(services: Needs, { title, subscription, place, back, chosen }: GroupQuestion, groups: Promise<readonly ResourceGroup[]>): Promise<StepAnswer<ResourceGroup | 'new'>> {
  return pickStep<ResourceGroup | 'new'>({
    title,
    placeholder: vscode.l10n.t('Which resource group of {0}?', subscription.displayName),
    place,
    back,
    active: ({ value }) => typeof value === 'object' && chosen !== undefined && sameArmId(value.name, chosen),
    load: async (show) => {
      const create: StepItem<'new'> = { label: `$(add) ${vscode.l10n.t('New resource group…')}`, alwaysShow: true, value: 'new' };
      show([create]);
      try {
        show([create, ...[...(await groups)].sort((a, b) => a.name.localeCompare(b.name)).map(groupItem)]);
      } catch (error) {
        if (!isCancel(error)) {
          show([create, failureItem(services, 'create identity', error)]);
        }
      }
    },
  });
}

function askNewName({ title, subscription, place }: GroupQuestion, known: Promise<readonly ResourceGroup[]>): Promise<InputAnswer> {
  return askText({
    title,
    prompt: vscode.l10n.t('Name of the new resource group in {0}', subscription.displayName),
    ...place,
    back: true,
    live: true,
    problem: groupNameProblem,
    check: async (text) => (await known).some(({ name }) => sameArmId(name, text)) ? vscode.l10n.t('There is a resource group of this name already.') : undefined,
  });
}

function groupItem(group: ResourceGroup): StepItem<ResourceGroup> {
  return { label: group.name, description: group.location, iconPath: new vscode.ThemeIcon('symbol-namespace'), value: group };
}
