import * as vscode from 'vscode';
import type { CommandId } from '../../contributedCommands.ts';
import { roleTitle } from '../../identity/heldRoles.ts';
import type { FoundRoles } from '../../identity/heldRoles.ts';
import { missingRolesText } from '../../identity/heldRoles.ts';
import type { KnownIdentity } from '../services.ts';
import { escapeMarkdown } from '../tree/facts.ts';
import type { DeploymentTrust, NamedIdentities } from '../trust/namedIdentities.ts';
import type { IdentityListing } from './identityListing.ts';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** Longest wait for what is not known yet, in ms: a hover that comes late is no help. The next one has it. */
const patienceMs = 2_000;

/** More would fill the screen. */
const mostRoles = 8;

const links = ['airflowIdentity.revealIdentity', 'airflowIdentity.openIdentity', 'airflowIdentity.giveAccess'] as const satisfies readonly CommandId[];

/** Says on a client id which identity it is, which deployments that trusts and which roles it has. */
export class IdentityHover implements vscode.HoverProvider {
  readonly #named: NamedIdentities;
  readonly #listing: IdentityListing;

  constructor(named: NamedIdentities, listing: IdentityListing) {
    this.#named = named;
    this.#listing = listing;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Hover | undefined> {
    const range = document.getWordRangeAtPosition(position, guid);
    if (range === undefined) {
      return undefined;
    }
    this.#listing.start();
    const id = document.getText(range);
    const found = this.#named.meantBy(id);
    if (found === undefined) {
      return undefined;
    }
    const stop = new AbortController();
    token.onCancellationRequested(() => { stop.abort(); });
    const read = Promise.all([this.#named.rolesOf(found, stop.signal), this.#named.read([found], { signal: stop.signal, retries: 'failures' })]);
    const roles = await Promise.race([read.then(([held]) => held), after(patienceMs)]);
    const current = this.#named.meantBy(id) ?? found;
    return new vscode.Hover(textOf(id, current, this.#named.trustOf(current), roles), range);
  }
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined);
  });
}

function textOf(id: string, { identity, subscription, tenant }: KnownIdentity, trust: readonly DeploymentTrust[] | undefined, roles: FoundRoles | undefined): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: links };
  const line = (title: string, value: string): void => {
    text.appendMarkdown(`\n\n${title}: ${escapeMarkdown(value)}`);
  };
  text.appendMarkdown(`$(key) **${escapeMarkdown(identity.name)}**`);
  if (id.toLowerCase() !== identity.clientId.toLowerCase()) {
    text.appendMarkdown(`\n\n$(warning) ${vscode.l10n.t('This is its principal ID. Connections need its client ID.')}`);
  }
  line(vscode.l10n.t('Resource group'), identity.resourceGroup);
  line(vscode.l10n.t('Subscription'), subscription.displayName);
  line(vscode.l10n.t('Tenant'), tenant.displayName);
  line(vscode.l10n.t('Trusts'), trust === undefined ? vscode.l10n.t('not known yet') : trust.length === 0 ? vscode.l10n.t('no deployment') : trust.map(trustText).join('; '));
  line(vscode.l10n.t('Roles'), rolesText(roles));
  // Tags may hold parentheses, which would end the link.
  const target = encodeURIComponent(JSON.stringify([{ identity }])).replaceAll('(', '%28').replaceAll(')', '%29');
  const titles = [vscode.l10n.t('Show in tree'), vscode.l10n.t('Open page'), vscode.l10n.t('Give access')];
  text.appendMarkdown(`\n\n${links.map((command, index) => `[${titles[index] ?? ''}](command:${command}?${target})`).join(' · ')}`);
  return text;
}

/** `etl (trusts 2 of 3, not Worker)`. */
function trustText({ deployment, trusted, workloads, missing }: DeploymentTrust): string {
  return missing.length === 0
    ? vscode.l10n.t('{0} (all {1} workloads)', deployment.name, workloads)
    : vscode.l10n.t('{0} ({1} of {2} workloads, not {3})', deployment.name, trusted, workloads, missing.join(', '));
}

function rolesText(roles: FoundRoles | undefined): string {
  if (roles === undefined) {
    return vscode.l10n.t('not known yet');
  }
  const held = roles.scopes.flatMap(({ scope, roles: here }) => here.filter(({ inheritedFrom }) => inheritedFrom === undefined).map((role) => vscode.l10n.t('{0} on {1}', roleTitle(role), scope.name)));
  const shown = held.length > mostRoles ? [...held.slice(0, mostRoles), vscode.l10n.t('{0} more', held.length - mostRoles)] : held;
  return [shown.length === 0 ? vscode.l10n.t('none found') : shown.join('; '), missingRolesText(roles)].filter((part) => part !== undefined).join('. ');
}
