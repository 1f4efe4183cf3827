import * as l10n from '@vscode/l10n';
import type { EnvironmentPlace, EnvironmentReach } from '../connection/environmentPort.ts';
import type { Deployment, Workspace } from '../deployment/deployment.ts';
import type { TargetChoice } from './connectState.ts';

/** A workspace of the Environment Manager as a place for the connection, and who gets it there. */
export interface EnvironmentTarget {
  readonly place: EnvironmentPlace;
  readonly reach: EnvironmentReach;
}

const scheme = 'astro-environment:';
const everybody = 'all';

/** The source whose deployments read an Environment Manager. */
const astro = 'astro';

/** The place that a `TargetChoice.uri` names; `undefined` for a file. */
export function environmentTargetOf(uri: string): EnvironmentTarget | undefined {
  const [organizationId, scopeId, reach, ...more] = uri.startsWith(scheme) ? uri.slice(scheme.length + 1).split('/').map(decodeURIComponent) : [];
  return organizationId === undefined || scopeId === undefined || reach === undefined || more.length > 0
    ? undefined
    : { place: { organizationId, scope: 'workspace', scopeId }, reach: reach === everybody ? 'all' : reach.split(',') };
}

/** The places in the Environment Manager for a deployment: for itself alone, or for its whole workspace. None outside Astro. */
export function environmentChoices(deployment: Deployment): readonly TargetChoice[] {
  return deployment.sourceId === astro ? [linkedChoice(deployment.workspace, [deployment]), workspaceChoice(deployment.workspace)] : [];
}

/** A workspace of Astro as a place for deployments of it that are named; at least one. */
export function linkedChoice(workspace: Workspace, deployments: readonly Deployment[]): TargetChoice {
  const names = deployments.map(({ name }) => name).join(', ');
  const old = deployments.filter(({ runtimeVersion }) => isBeforeEnvironmentManager(runtimeVersion)).map(({ name }) => name);
  return {
    uri: uriOf(workspace, deployments.map(({ id }) => id).sort()),
    label: l10n.t('Environment Manager of {0}, linked to {1}', workspace.name, names),
    reach: [
      l10n.t('Read by {0}, before environment variables and the metadata database.', names),
      ...(old.length === 0 ? [] : [l10n.t('It needs Astro Runtime 9.3.0 or newer, which {0} does not have.', old.join(', '))]),
    ].join(' '),
    shared: l10n.t('Everybody who sees workspace {0} in Astro will see the connection, and Astro gives it to {1}. Undo cannot take this back.', workspace.name, names),
  };
}

/** A workspace of Astro as a place for all its deployments. */
export function workspaceChoice(workspace: Workspace): TargetChoice {
  return {
    uri: uriOf(workspace, 'all'),
    label: l10n.t('Environment Manager of {0}, for all deployments', workspace.name),
    reach: l10n.t('Read by all deployments of the workspace, also later ones, before environment variables and the metadata database.'),
    shared: l10n.t('Everybody who sees workspace {0} in Astro will see the connection, and Astro gives it to all its deployments, also later ones. Undo cannot take this back.', workspace.name),
  };
}

function uriOf({ organizationId, id }: Workspace, reach: EnvironmentReach): string {
  return `${scheme}/${[organizationId, id, reach === 'all' ? everybody : reach.join(',')].map(encodeURIComponent).join('/')}`;
}

/** Runtime 9.3.0 is the first whose deployments read it (astronomer/docs, "Create Airflow connections in the Astro UI"); `3.1-12` came later. */
function isBeforeEnvironmentManager(runtimeVersion: string | undefined): boolean {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)\.\d/.exec(runtimeVersion ?? '') ?? [];
  return major !== '' && (Number(major) < 9 || (Number(major) === 9 && Number(minor) < 3));
}
