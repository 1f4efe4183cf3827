import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../errors.ts';
import { formatIdentityId, sameArmId } from '../../identity/armId.ts';
import { deleteSteps, describeDependents, describeStep, isInUse } from '../../identity/deletePlan.ts';
import type { Dependents, DeleteStep } from '../../identity/deletePlan.ts';
import { describeRest, runDelete } from '../../identity/deletePlanRun.ts';
import type { DeleteOutcome, DeletePort } from '../../identity/deletePlanRun.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepItem } from '../connect/stepPick.ts';
import { mayWrite } from '../credentials/mayWrite.ts';
import { askText } from '../inputStep.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import { repeatedWrite } from '../repeatedWrite.ts';
import type { Services } from '../services.ts';
import { stoppable } from '../stoppable.ts';
import { deleteChanges } from './deleteJournal.ts';
import { dependentItems } from './dependentItems.ts';
import { dependentsOf } from './dependents.ts';

type Choice = 'identity' | 'withAssignments';

/**
 * Deletes an identity after showing what depends on it; its name has to be typed where something does.
 * @throws AirflowIdentityError what stopped it, and what stands then.
 */
export async function deleteIdentity(services: Services, projects: AstroProjects, identity: ManagedIdentity): Promise<void> {
  if (!(await mayWrite(services, 'deleteIdentity', identity, [{ kind: 'deleteIdentity', identity }]))) {
    return;
  }
  const dependents = await read(services, projects, identity);
  const choice = isInUse(dependents) ? await askWhatGoes(identity, dependents) : await confirmed(services, identity);
  if (choice === undefined) {
    return;
  }
  const steps = deleteSteps(identity.name, dependents, { removeAssignments: choice === 'withAssignments' });
  const outcome = await runAll(services, identity, steps);
  tell(services, identity, dependents, outcome);
}

async function read(services: Services, projects: AstroProjects, identity: ManagedIdentity): Promise<Dependents> {
  return stoppable(vscode.l10n.t('Looking at what depends on {0}', identity.name), (stop) => dependentsOf(services, projects, identity, stop));
}

async function confirmed({ messages }: Services, { name, resourceGroup }: ManagedIdentity): Promise<Choice | undefined> {
  const isSure = await messages.confirm(
    vscode.l10n.t('Delete {0}?', name),
    vscode.l10n.t('It holds no federated credentials and no roles, and nothing in {0} or in this workspace uses it. A new identity of this name would be another one.', resourceGroup),
    vscode.l10n.t('Delete Identity'),
  );
  return isSure ? 'identity' : undefined;
}

/** Shows everything that depends on it, then asks for the name. */
async function askWhatGoes(identity: ManagedIdentity, dependents: Dependents): Promise<Choice | undefined> {
  const title = vscode.l10n.t('Delete {0}', identity.name);
  for (;;) {
    const answer = await pickStep<Choice>({
      title,
      placeholder: vscode.l10n.t('Stops working: {0}', describeDependents(dependents) || vscode.l10n.t('perhaps what could not be read')),
      load: async (show) => { show([...choices(identity, dependents), ...dependentItems(dependents)]); },
    });
    if (answer.kind !== 'picked') {
      return undefined;
    }
    const typed = await askText({
      title,
      prompt: vscode.l10n.t('Type {0} to delete it. This cannot be undone, not by a new identity of this name either.', identity.name),
      placeholder: identity.name,
      back: true,
      problem: (text) => (text === identity.name ? undefined : vscode.l10n.t('This is not the name of the identity.')),
    });
    if (typed.kind === 'entered') {
      return answer.value;
    }
    if (typed.kind === 'cancelled') {
      return undefined;
    }
  }
}

function choices(identity: ManagedIdentity, dependents: Dependents): StepItem<Choice>[] {
  const left = dependents.assignments.length;
  const alone: StepItem<Choice> = {
    label: `$(trash) ${vscode.l10n.t('Delete {0}…', identity.name)}`,
    ...(left === 0 ? {} : { detail: vscode.l10n.t('Its role assignments stay behind and name nobody.') }),
    value: 'identity',
  };
  return left === 0
    ? [alone]
    : [
        {
          label: `$(trash) ${left === 1 ? vscode.l10n.t('Delete {0} and its role assignment…', identity.name) : vscode.l10n.t('Delete {0} and its {1} role assignments…', identity.name, left)}`,
          detail: vscode.l10n.t('The role assignments first, then the identity.'),
          value: 'withAssignments',
        },
        alone,
      ];
}

/** Several steps are written down before the first, so that a window that closes midway leaves nothing half forgotten. */
async function runAll(services: Services, identity: ManagedIdentity, steps: readonly DeleteStep[]): Promise<DeleteOutcome> {
  const { name } = identity;
  const running = steps.length === 1 ? undefined : await services.journal.begin({ title: name, surface: 'other' }, deleteChanges(identity, steps));
  const outcome = await stoppable(vscode.l10n.t('Deleting {0}', name), (stop, progress) =>
    runDelete(steps, portOf(services, identity, (step, write) => running?.step(steps.indexOf(step), write) ?? write()), {
      stop,
      report: (step, index) => {
        progress.report({ message: vscode.l10n.t('{0} ({1} of {2})', describeStep(step), index + 1, steps.length), increment: index === 0 ? 0 : 100 / steps.length });
      },
    }));
  // Also those whose answer was lost, and that were found to be done.
  outcome.done.forEach((_step, index) => { running?.settled(index, 'done'); });
  await running?.end();
  return outcome;
}

function portOf(
  services: Services,
  identity: ManagedIdentity,
  noted: (step: DeleteStep, write: () => Promise<void>) => Promise<void>,
): DeletePort {
  const { azure } = services;
  const { signal } = new AbortController();
  return {
    write: (step) =>
      noted(step, async () => {
        await repeatedWrite(services, 'delete identity', (uncut) =>
          step.kind === 'identity' ? azure().deleteIdentity(identity, uncut) : azure().removeRoleAssignment(identity, step.left.assignment.id, uncut));
      }),
    stands: async (step) => {
      if (step.kind === 'identity') {
        return azure().identity(identity, signal).then(() => true, isThere);
      }
      const { assignment, subscriptionId } = step.left;
      const held = await azure().roleAssignments({ ...identity, subscriptionId }, identity.principalId, signal);
      return held.some(({ id }) => sameArmId(id, assignment.id));
    },
  };
}

function isThere(error: unknown): boolean {
  if (error instanceof AirflowIdentityError && error.code === 'notFound') {
    return false;
  }
  throw error;
}

/** @throws AirflowIdentityError when a step failed. */
function tell({ identities, log, messages, roles }: Services, identity: ManagedIdentity, dependents: Dependents, outcome: DeleteOutcome): void {
  const { name, principalId } = identity;
  const rest = describeRest(outcome, name);
  if (rest === '') {
    identities.forgetIdentity(identity);
    const staying = dependents.assignments.length - (outcome.done.length - 1);
    log.info(`delete identity: ${formatIdentityId(identity)}`);
    void messages.info(
      staying === 0
        ? vscode.l10n.t('{0} was deleted.', name)
        : staying === 1 ? vscode.l10n.t('{0} was deleted. 1 role assignment stayed behind.', name) : vscode.l10n.t('{0} was deleted. {1} role assignments stayed behind.', name, staying),
    );
    return;
  }
  if (outcome.done.length > 0) {
    roles.changed(principalId);
  }
  if (outcome.error === undefined) {
    void messages.info(vscode.l10n.t('Stopped. {0}', rest));
    return;
  }
  const { code, message, details, fix } = outcome.error;
  throw new AirflowIdentityError(code, `${message} ${rest}`, { details, cause: outcome.error, fix: fix ?? vscode.l10n.t('Delete it again to go on; what is gone is passed over.') });
}
