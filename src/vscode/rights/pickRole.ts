import * as vscode from 'vscode';
import { isCancel } from '../../errors.ts';
import type { AccessScope, RoleDefinition } from '../../identity/accessScope.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { Principal } from '../../identity/principal.ts';
import { roleIdOf } from '../../identity/heldRoles.ts';
import { offeredRolesFor } from '../../identity/roleNames.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from '../connect/stepPick.ts';
import type { Services } from '../services.ts';
import { failureItem } from './failureItem.ts';

/** How the question is asked. */
interface RoleQuestion {
  readonly title: string;
  readonly place?: StepPlace | undefined;
  readonly principal: Principal;
  readonly scope: AccessScope;
  /** Says what the user may not do there, or gives `undefined`. */
  readonly warning: Promise<string | undefined>;
}

/** Asks which role to give: those that Airflow's tasks need on this kind of scope first, then all. */
export async function pickRole(
  services: Pick<Services, 'azure' | 'commands' | 'log'>,
  { title, place, principal, scope, warning }: RoleQuestion,
): Promise<StepAnswer<RoleDefinition>> {
  return pickStep<RoleDefinition>({
    title,
    placeholder: vscode.l10n.t('What may {0} do on {1}? Type a role or what it allows.', principal.name, scope.name),
    place,
    back: true,
    active: ({ value }) => value !== undefined,
    load: async (show, signal) => {
      try {
        const [definitions, held, text] = await Promise.all([
          services.azure().roleDefinitions(scope, signal),
          heldHere(services, principal, scope, signal),
          warning,
        ]);
        const warnings: StepItem<RoleDefinition>[] =
          text === undefined ? [] : [{ label: `$(warning) ${vscode.l10n.t('You may not give access here. Choose a role to get a text for your admin.')}`, detail: text }];
        show([...warnings, ...roleItems(definitions, scope, held)]);
      } catch (error) {
        if (!signal.aborted) {
          show([failureItem(services, 'listing roles', error)]);
        }
      }
    },
  });
}

/** Ids of the roles that the principal was given on exactly this scope. What cannot be read is not shown as held. */
async function heldHere(
  services: Pick<Services, 'azure' | 'log'>,
  principal: Principal,
  scope: AccessScope,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  try {
    const assignments = await services.azure().roleAssignments(scope, principal.principalId, signal);
    return new Set(assignments.filter(({ scopeId, effect }) => effect === 'allow' && sameArmId(scopeId, scope.id)).map(({ roleDefinitionId }) => roleIdOf(roleDefinitionId)));
  } catch (error) {
    if (!isCancel(error)) {
      services.log.warn('Roles that are held already could not be read, so none is marked.');
    }
    return new Set();
  }
}

function roleItems(definitions: readonly RoleDefinition[], scope: AccessScope, held: ReadonlySet<string>): readonly StepItem<RoleDefinition>[] {
  const first = offeredRolesFor(scope.kind).flatMap(({ roleId }) => definitions.find((definition) => definition.roleId === roleId) ?? []);
  const others = definitions.filter((definition) => !first.includes(definition)).sort((a, b) => a.name.localeCompare(b.name));
  const item = (definition: RoleDefinition): StepItem<RoleDefinition> => ({
    label: definition.name,
    description: [
      ...(held.has(definition.roleId) ? [vscode.l10n.t('already given here')] : []),
      ...(definition.isBuiltIn ? [] : [vscode.l10n.t('custom role')]),
      ...(holdsData(scope) && !definition.hasDataActions ? [vscode.l10n.t('no access to data')] : []),
    ].join(' · '),
    detail: definition.description,
    value: definition,
  });
  return [
    ...(first.length === 0 ? [] : [separator(vscode.l10n.t('What Airflow tasks often need here'))]),
    ...first.map(item),
    separator(vscode.l10n.t('All roles')),
    ...others.map(item),
  ];
}

/** Reader or Contributor of a storage account may not read a blob (Microsoft Learn: "Authorize access to blobs using Microsoft Entra ID"). */
function holdsData({ kind }: AccessScope): boolean {
  return kind === 'container' || kind === 'storageAccount' || kind === 'vault';
}

function separator(label: string): StepItem<RoleDefinition> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
