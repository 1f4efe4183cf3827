import * as vscode from 'vscode';
import { toAirflowIdentityError } from '../../errors.ts';
import type { Preset, PresetAnswers } from '../../connection/preset.ts';
import type { AccessScope } from '../../identity/accessScope.ts';
import { sameArmId } from '../../identity/armId.ts';
import { conditionOf, grantsAbove, grantsOn } from '../../identity/heldRoles.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { ProviderNotice } from '../../trust/connectState.ts';
import { presetGaps } from '../../trust/presetTrust.ts';
import type { PresetGap } from '../../trust/presetTrust.ts';
import { TrustIndex } from '../../trust/trustedWorkloads.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepItem } from '../connect/stepPick.ts';
import { copyText } from '../copyText.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import { failureItem } from '../rights/failureItem.ts';
import { GiveAccess } from '../rights/giveAccess.ts';
import type { Services } from '../services.ts';

/** A preset that stands where it should. */
interface AddedPreset {
  readonly identity: ManagedIdentity;
  readonly preset: Preset;
  readonly answers: PresetAnswers;
  /** The resources that were chosen, by question. */
  readonly scopes: ReadonlyMap<string, AccessScope>;
  /** The file it was written to; empty when it was copied. */
  readonly target: string;
}

/** Something that is left to do. */
interface Next {
  readonly run: () => Promise<void>;
  /** True for what goes on elsewhere, in a form or a browser. */
  readonly leaves?: true;
}

/**
 * Names what a preset needs besides its settings, with a way to each: the role, the trust of the workloads that sign in, the
 * provider. Looks again after each that is done here, until the user leaves.
 */
export async function showWhatIsLeft(services: Services, projects: AstroProjects, added: AddedPreset): Promise<void> {
  for (;;) {
    const answer = await pickStep<Next | 'done'>({
      title: vscode.l10n.t('{0}: what is left', added.preset.title),
      placeholder: vscode.l10n.t('Airflow signs in once all of this is in place.'),
      load: async (show, signal) => {
        const done: StepItem<'done'> = { label: `$(check) ${vscode.l10n.t('Done')}`, value: 'done' };
        const notes = noteItems(added);
        show(notes);
        const items = await Promise.all([roleItems(services, added, signal), trustItems(services, added, signal), providerItems(projects, added)]);
        show([...items.flat(), done, ...notes]);
      },
    });
    if (answer.kind !== 'picked' || answer.value === 'done') {
      return;
    }
    await answer.value.run();
    if (answer.value.leaves) {
      return;
    }
  }
}

/** The role, where the identity does not hold it already, there or above. */
async function roleItems(services: Services, { identity, preset, scopes }: AddedPreset, signal: AbortSignal): Promise<readonly StepItem<Next>[]> {
  const { role, roleOn } = preset;
  const scope = scopes.get(roleOn);
  if (scope === undefined) {
    return [{ label: `$(unlock) ${vscode.l10n.t('Give access…')}`, detail: vscode.l10n.t('{0} needs the role {1}.', identity.name, role.name), value: { run: () => new GiveAccess(services, identity).run() } }];
  }
  const giving: StepItem<Next> = {
    label: `$(unlock) ${vscode.l10n.t('Give access: {0} on {1}', role.name, scope.name)}`,
    detail: vscode.l10n.t('{0} does not hold this role there yet.', identity.name),
    value: { run: () => new GiveAccess(services, identity).give({ scope, role }) },
  };
  try {
    const assignments = await services.azure().roleAssignments(scope, identity.principalId, signal);
    const here = grantsOn(assignments, scope.id, role.roleId);
    const grants = [...here, ...grantsAbove(assignments, scope.id, role.roleId)];
    const condition = conditionOf(grants);
    if (grants.length > 0 && condition === undefined) {
      return [{ label: `$(pass) ${vscode.l10n.t('{0} holds the role {1} on {2}', identity.name, role.name, scope.name)}`, alwaysShow: true }];
    }
    if (condition !== undefined) {
      const conditional = {
        label: `$(warning) ${vscode.l10n.t('{0} holds the role {1} on {2} only under a condition', identity.name, role.name, scope.name)}`,
        detail: vscode.l10n.t('Look in the Azure portal whether it lets this in: {0}', condition),
        value: { run: () => services.commands.execute('airflowIdentity.openInPortal', { portal: { tenantId: scope.tenantId, resourceId: scope.id } }) },
      };
      // Azure takes a role once on a scope, whatever its condition (RoleAssignmentExists).
      return here.some(({ principalId }) => sameArmId(principalId, identity.principalId)) ? [conditional] : [conditional, giving];
    }
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    services.log.failure('roles for a preset', toAirflowIdentityError(error));
    return [{ ...giving, detail: vscode.l10n.t('Whether {0} holds this role there could not be read.', identity.name) }];
  }
  return [giving];
}

/** The workloads that sign in and are not trusted, in each deployment that the identity is known to serve. */
async function trustItems(services: Services, { identity, preset }: AddedPreset, signal: AbortSignal): Promise<readonly StepItem<Next>[]> {
  try {
    const gaps = await gapsOf(services, identity, preset, signal);
    if (gaps.length === 0) {
      return [{
        label: `$(plug) ${vscode.l10n.t('Connect a deployment…')}`,
        detail: vscode.l10n.t('No known deployment is trusted by {0} yet.', identity.name),
        value: { run: () => services.commands.execute('airflowIdentity.connect', { identity }), leaves: true },
      }];
    }
    return gaps.map(({ deployment, missing }) => (missing.length === 0
      ? { label: `$(pass) ${vscode.l10n.t('{0} is trusted as far as this needs', deployment.name)}`, alwaysShow: true }
      : {
          label: `$(plug) ${vscode.l10n.t('Trust more of {0}…', deployment.name)}`,
          detail: vscode.l10n.t('Not trusted yet: {0}', missing.map(({ title }) => title).join(', ')),
          value: { run: () => services.commands.execute('airflowIdentity.repairTrust', { deployment, identity }), leaves: true },
        }));
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return [failureItem(services, 'trust for a preset', error)];
  }
}

async function gapsOf({ clouds, deployments, identities }: Services, identity: ManagedIdentity, preset: Preset, signal: AbortSignal): Promise<readonly PresetGap[]> {
  const [known] = await Promise.all([
    deployments.known ?? deployments.listAll(signal).then((listed) => listed.deployments),
    identities.refreshIdentity(identity, signal),
  ]);
  const credentials = identities.known().find((one) => sameArmId(one.identity.id, identity.id))?.credentials;
  return presetGaps(preset, known, new TrustIndex([{ identity, credentials }], clouds.audience));
}

async function providerItems(projects: AstroProjects, { preset: { minimumProvider }, target }: AddedPreset): Promise<readonly StepItem<Next>[]> {
  const notice: ProviderNotice | undefined = target === '' ? undefined : await projects.checkProvider(target, minimumProvider);
  if (notice === undefined) {
    return [];
  }
  return [notice.canAdd
    ? { label: `$(edit) ${vscode.l10n.t('Change requirements.txt')}`, detail: notice.message, value: { run: () => projects.addProvider(target, minimumProvider) } }
    : { label: `$(warning) ${notice.message}`, alwaysShow: true }];
}

function noteItems({ preset, answers }: AddedPreset): readonly StepItem<Next>[] {
  const { minimumProvider, notes, packages, snippet, source, trust } = preset;
  const needs = [`apache-airflow-providers-microsoft-azure>=${minimumProvider}`, ...packages].join(', ');
  return [
    ...(snippet === undefined ? [] : [{ label: `$(copy) ${vscode.l10n.t('Copy Python code for DAGs')}`, detail: snippet(answers).split('\n').at(-1) ?? '', value: { run: () => copyText(snippet(answers)) } }]),
    { label: `$(link-external) ${vscode.l10n.t('Open the documentation of Airflow')}`, value: { run: async () => { await vscode.env.openExternal(vscode.Uri.parse(source)); }, leaves: true } },
    { label: vscode.l10n.t('Good to know'), kind: vscode.QuickPickItemKind.Separator },
    { label: `$(info) ${vscode.l10n.t('Needs {0}', needs)}`, alwaysShow: true },
    ...[trust, ...notes].map((note) => ({ label: `$(info) ${note}`, alwaysShow: true })),
  ];
}
