import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { connectionProblem } from '../../connection/connectionProblem.ts';
import { carries, lacks, mergedConnection, textFields } from '../../connection/connectionValues.ts';
import { extendedLinks } from '../../connection/environmentLinks.ts';
import type { EnvironmentConnection, EnvironmentLinks, EnvironmentPlace, EnvironmentReach } from '../../connection/environmentPort.ts';
import { removalRefusal } from '../../connection/environmentUpdate.ts';
import { signInNotes } from '../../connection/signInNotes.ts';
import { previewEdits } from '../editPreview.ts';
import { inputRefusal } from '../refusal.ts';
import { maskSecrets } from '../secretMask.ts';
import type { EditPlan, PlannedEdit } from '../textEdit.ts';

/** A connection that is to stand in the Environment Manager. */
export interface EnvironmentWish {
  readonly place: EnvironmentPlace;
  readonly connection: AirflowConnection;
  readonly reach: EnvironmentReach;
  /** What it is not to hold any more, as `login` or `host`. */
  readonly without?: readonly string[];
  /** What people call a deployment. */
  readonly nameOf: (deploymentId: string) => string;
}

/**
 * What it takes to have the connection in the Environment Manager, as an edit of the text that shows it: the surfaces know it like an
 * edit of a file. What stands there and is not wished otherwise stays, and so do links; Astro keeps keys of `extra` and secrets that an
 * update leaves out (astronomer/astro-cli `cloud/env/conn.go`, `patchConn`).
 */
export function planEnvironment(standing: EnvironmentConnection | undefined, wish: EnvironmentWish): EditPlan {
  const { connection, without = [] } = wish;
  const problem = connectionProblem(connection);
  if (problem !== undefined) {
    return inputRefusal(problem, l10n.t('Correct the connection, then try again.'));
  }
  const kept = removalRefusal(connection.connectionId, without);
  if (kept !== undefined) {
    return inputRefusal(kept.message, kept.fix ?? '');
  }
  if (standing === undefined) {
    return plannedEdit('add', '', shownText(connection, extendedLinks(noLinks, wish.reach), wish));
  }
  const merged = { ...mergedConnection(standing.connection, connection, without), extra: { ...standing.connection.extra, ...connection.extra } };
  const before = shownText(standing.connection, standing.links, wish);
  const after = shownText(merged, extendedLinks(standing.links, wish.reach), wish);
  const notes = Array.from(new Set([...signInNotes(standing.connection), ...signInNotes(merged), ...overrideNotes(standing.links, wish)]));
  if (carries(standing.connection, connection) && lacks(standing.connection, without)) {
    return before === after ? { kind: 'unchanged', cursor: 0, notes } : plannedEdit('update', before, after);
  }
  return {
    kind: 'differs',
    existing: maskSecrets(before.trimEnd().split('\n')).join('\n'),
    wanted: maskSecrets(after.trimEnd().split('\n')).join('\n'),
    cursor: 0,
    overwrite: plannedEdit('update', before, after),
    notes: [...notes, ...keptNotes(standing.connection, connection)],
  };
}

/** What stays there although the wish does not say it: Astro's updates cannot take it away. */
function keptNotes(standing: AirflowConnection, wanted: AirflowConnection): readonly string[] {
  const keys = Object.keys(standing.extra).filter((key) => !(key in wanted.extra));
  return [
    ...(keys.length === 0 ? [] : [l10n.t('These keys of extra stay as they are: {0}.', keys.join(', '))]),
    l10n.t('Astro shows no passwords and other secrets. Those that stand there stay, unless the connection brings its own.'),
  ];
}

function overrideNotes({ deployments }: EnvironmentLinks, { reach, nameOf }: EnvironmentWish): readonly string[] {
  return deployments
    .filter(({ id, isOverridden }) => isOverridden && reach !== 'all' && reach.includes(id))
    .map(({ id }) => l10n.t('{0} gets values of its own there, which stay.', nameOf(id)));
}

const noLinks: EnvironmentLinks = { all: false, deployments: [], excluded: [] };

function plannedEdit(action: PlannedEdit['action'], before: string, after: string): PlannedEdit {
  const edits = [{ offset: 0, length: before.length, text: after }];
  return { kind: 'edit', action, edits, cursor: 0, preview: previewEdits(before, edits, maskSecrets).preview, lines: undefined };
}

function shownText({ connectionId, type, port, extra, ...fields }: AirflowConnection, links: EnvironmentLinks, { place, nameOf }: EnvironmentWish): string {
  const lines = [
    `conn_id: ${connectionId}`,
    `conn_type: ${type}`,
    ...textFields.flatMap((field) => (fields[field] === undefined ? [] : [`${field}: ${shownValue(fields[field])}`])),
    ...(port === undefined ? [] : [`port: ${port}`]),
    ...Object.entries(extra).map(([key, value], index) => `${index === 0 ? 'extra:\n' : ''}  ${key}: ${shownValue(value)}`),
    ...(place.scope === 'workspace' ? [`${l10n.t('linked to')}: ${linkText(links, nameOf)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line, whatever is in it. */
function shownValue(value: unknown): string {
  return typeof value === 'string' && value !== '' && !/[\r\n]/.test(value) ? value : JSON.stringify(value);
}

function linkText({ all, deployments, excluded }: EnvironmentLinks, nameOf: (id: string) => string): string {
  // Among all, only those are worth a word that get something else.
  const named = deployments
    .filter(({ isOverridden }) => !all || isOverridden)
    .map(({ id, isOverridden }) => (isOverridden ? l10n.t('{0} (with values of its own)', nameOf(id)) : nameOf(id)));
  if (!all) {
    return named.length === 0 ? l10n.t('no deployment') : named.join(', ');
  }
  const everybody = excluded.length === 0
    ? l10n.t('all deployments of the workspace, also later ones')
    : l10n.t('all deployments of the workspace, also later ones, but not {0}', excluded.map(nameOf).join(', '));
  return [everybody, ...named].join(', ');
}
