import * as vscode from 'vscode';
import type { ConnectionTarget } from '../../contributions.ts';
import type { NodeTrait } from '../../nodeTraits.ts';
import type { NamedIdentity } from '../../connection/identityKeys.ts';
import { identityIn } from '../../connection/identityKeys.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { ConnectionIssue } from '../../project/connectionIssues.ts';
import type { PlacedConnection } from '../../project/placedConnection.ts';
import type { KnownIdentity } from '../services.ts';
import { row } from '../tree/row.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { NamedIdentities } from '../trust/namedIdentities.ts';
import { trustIssues, trustText } from './trustWords.ts';

/** What rows of connections need. */
export interface ConnectionNodePorts {
  readonly named: NamedIdentities;
  /** What is wrong with the connection itself, as far as it is known now. */
  readonly issues: (placed: PlacedConnection) => readonly ConnectionIssue[];
}

const looks = {
  error: { icon: 'error', color: 'list.errorForeground' },
  warning: { icon: 'warning', color: 'list.warningForeground' },
  information: { icon: 'info' },
} as const;

/** An Airflow connection where it stands: its identity, what that trusts, and below it what is wrong. */
export class ConnectionNode implements TreeNode, ConnectionTarget {
  readonly id: string;
  readonly parent: TreeNode;
  readonly placed: PlacedConnection;
  readonly #ports: ConnectionNodePorts;

  constructor(parent: TreeNode, id: string, placed: PlacedConnection, ports: ConnectionNodePorts) {
    this.id = `${parent.id}/${id}`;
    this.parent = parent;
    this.placed = placed;
    this.#ports = ports;
  }

  /** The identity it names, once that was listed. */
  get identity(): ManagedIdentity | undefined {
    return this.#known()?.identity;
  }

  get children(): readonly TreeNode[] {
    return this.issues().map((issue, index) => new IssueNode(this, issue, index));
  }

  /** What is wrong with it, the worst first. */
  issues(): readonly ConnectionIssue[] {
    const known = this.#known();
    const issues = [
      ...this.placed.issues,
      ...this.#ports.issues(this.placed),
      ...(known === undefined ? [] : trustIssues(this.placed, known, this.#ports.named)),
    ];
    const order = Object.keys(looks);
    return issues.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  }

  item(): vscode.TreeItem {
    const { placed } = this;
    const { connection } = placed;
    const named = identityIn(connection);
    const issues = this.issues();
    const [worst] = issues;
    const trusts = this.#trusts();
    const item = row({
      id: this.id,
      kind: vscode.l10n.t('Connection'),
      label: connection.connectionId,
      description: [connection.type, this.#identityText(named), trusts, countText(issues)].filter((part) => part !== undefined && part !== '').join(', '),
      icon: 'plug',
      ...(worst === undefined ? {} : looks[worst.severity]),
      facts: [
        [vscode.l10n.t('Type'), connection.type],
        [vscode.l10n.t('Place'), placed.kind === 'file' ? vscode.l10n.t('{0}, line {1}', placed.label, placed.line) : placed.label],
        [vscode.l10n.t('Deployments'), placed.kind === 'environment' ? placed.reaches.map(({ name }) => name).join(', ') : undefined],
        [vscode.l10n.t('Identity'), named === undefined ? vscode.l10n.t('none') : this.identity?.name],
        [vscode.l10n.t('Client ID'), named?.clientId],
        [vscode.l10n.t('Trust'), trusts],
        ...issues.map(({ message }): readonly [string, string] => [vscode.l10n.t('Problem'), message]),
      ],
      traits: this.#traits(issues),
      expands: issues.length === 0 ? 'no' : 'collapsed',
    });
    if (placed.kind === 'file') {
      item.command = { command: 'airflowIdentity.openConnection', title: vscode.l10n.t('Open in File'), arguments: [this] };
    }
    return item;
  }

  #traits(issues: readonly ConnectionIssue[]): readonly NodeTrait[] {
    return [
      'connection',
      ...(this.placed.kind === 'file' ? (['openable'] as const) : []),
      ...(this.placed.kind === 'file' && this.placed.differing.length > 0 ? (['differing'] as const) : []),
      ...(issues.some(({ fixes }) => fixes.length > 0) ? (['fixable'] as const) : []),
      ...(this.identity === undefined ? [] : (['knownIdentity'] as const)),
    ];
  }

  #known(): KnownIdentity | undefined {
    const named = identityIn(this.placed.connection);
    return named === undefined ? undefined : this.#ports.named.identityOf(named.clientId);
  }

  #identityText(named: NamedIdentity | undefined): string {
    return named === undefined ? vscode.l10n.t('no identity') : (this.identity?.name ?? named.clientId);
  }

  #trusts(): string | undefined {
    const known = this.#known();
    return known === undefined ? undefined : trustText(this.#ports.named.trustOf(known));
  }
}

/** Something that is wrong with a connection. */
class IssueNode implements TreeNode, ConnectionTarget {
  readonly id: string;
  readonly parent: ConnectionNode;
  readonly issue: ConnectionIssue;

  constructor(parent: ConnectionNode, issue: ConnectionIssue, index: number) {
    this.id = `${parent.id}/issue ${index} ${issue.code}`;
    this.parent = parent;
    this.issue = issue;
  }

  get placed(): PlacedConnection {
    return this.parent.placed;
  }

  get identity(): ManagedIdentity | undefined {
    return this.parent.identity;
  }

  issues(): readonly ConnectionIssue[] {
    return [this.issue];
  }

  item(): vscode.TreeItem {
    const { message, severity, code, fixes } = this.issue;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Problem'),
      label: message,
      ...looks[severity],
      facts: [
        [vscode.l10n.t('Code'), code],
        [vscode.l10n.t('Fix'), fixes.map(({ title }) => title).join(', ')],
      ],
      traits: [
        ...(fixes.length > 0 ? (['fixable'] as const) : []),
        ...(code === 'places-differ' ? (['differing'] as const) : []),
        ...(code === 'not-trusted' ? (['knownIdentity'] as const) : []),
      ],
      expands: 'no',
    });
  }
}

/** How many problems there are, without what is only told. */
function countText(issues: readonly ConnectionIssue[]): string | undefined {
  const count = issues.filter(({ severity }) => severity !== 'information').length;
  return count === 0 ? undefined : count === 1 ? vscode.l10n.t('1 problem') : vscode.l10n.t('{0} problems', count);
}
