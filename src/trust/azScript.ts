import { azCloudLines, azCommand } from '../identity/azCommands.ts';
import type { AzChange } from '../identity/azCommands.ts';
import type { IdentityRef } from '../identity/managedIdentity.ts';
import { shellComment, shellQuoted } from '../identity/shellText.ts';
import type { PlanRow } from './plan.ts';

/** What a script holds beside the credentials. */
interface ScriptParts {
  /** Changes that give roles. */
  readonly roles?: readonly AzChange[];
  /** As `azCloudName` gives it. */
  readonly azCloud?: string | undefined;
}

/**
 * The plan as a POSIX shell script for the Azure CLI, for a colleague who has the rights.
 * `create` replaces a credential of the same name, as ARM's PUT does; the commands run one after another because the
 * service refuses concurrent writes (`az identity federated-credential create`, azure-cli 2.45 and newer).
 */
export function azScript(identity: IdentityRef, rows: readonly PlanRow[], { roles = [], azCloud }: ScriptParts = {}): string {
  const lines = [
    '#!/bin/sh',
    'set -eu',
    ...azCloudLines(azCloud),
    `# Federated credentials for the managed identity ${shellComment(identity.name)}.`,
    '# Needs Managed Identity Federated Identity Credential Contributor, Contributor or Owner on the identity.',
    `az account set --subscription ${shellQuoted(identity.subscriptionId)}`,
  ];
  for (const { status, wanted } of rows) {
    lines.push(
      '',
      ...(status === 'replace' ? [`# Replaces the credential of this name.`] : []),
      azCommand({ kind: 'writeCredential', identity, credential: wanted }),
    );
  }
  for (const role of roles) {
    lines.push('', azCommand(role));
  }
  return `${lines.join('\n')}\n`;
}
