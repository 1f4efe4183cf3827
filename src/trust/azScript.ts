import type { IdentityRef } from '../identity/managedIdentity.ts';
import type { PlanRow } from './plan.ts';

/**
 * The plan as a POSIX shell script for the Azure CLI, for a colleague who has the rights.
 * `create` replaces a credential of the same name, as ARM's PUT does; the commands run one after another because the
 * service refuses concurrent writes (`az identity federated-credential create`, azure-cli 2.45 and newer).
 */
export function azScript(identity: IdentityRef, rows: readonly PlanRow[]): string {
  const lines = [
    '#!/bin/sh',
    'set -eu',
    `# Federated credentials for the managed identity ${comment(identity.name)}.`,
    '# Needs Contributor or Owner on the identity.',
    `az account set --subscription ${quote(identity.subscriptionId)}`,
  ];
  for (const { status, wanted } of rows) {
    lines.push(
      '',
      ...(status === 'replace' ? [`# Replaces the credential of this name.`] : []),
      'az identity federated-credential create \\',
      `  --resource-group ${quote(identity.resourceGroup)} \\`,
      `  --identity-name ${quote(identity.name)} \\`,
      `  --name ${quote(wanted.name)} \\`,
      `  --issuer ${quote(wanted.issuer)} \\`,
      `  --subject ${quote(wanted.subject)} \\`,
      `  --audiences ${quote(wanted.audience)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Within single quotes a POSIX shell takes every character as itself but the single quote. */
function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** A line break in a name would end the comment and run what follows. */
function comment(value: string): string {
  return value.replaceAll(/[^\x20-\x7e]/g, '?');
}
