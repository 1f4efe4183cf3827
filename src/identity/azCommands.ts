import type { RoleAssignmentWrite } from './accessScope.ts';
import type { CredentialWrite } from './federatedCredential.ts';
import type { IdentityHost, IdentityWrite, ResourceGroup } from './identityAdminPort.ts';
import type { IdentityRef, ManagedIdentity } from './managedIdentity.ts';
import { shellComment, shellQuoted } from './shellText.ts';

/** A change in Azure that this product makes and that a colleague can make with the Azure CLI. */
export type AzChange =
  | { readonly kind: 'writeCredential'; readonly identity: IdentityRef; readonly credential: CredentialWrite }
  | { readonly kind: 'deleteCredential'; readonly identity: IdentityRef; readonly name: string }
  | { readonly kind: 'createIdentity'; readonly identity: IdentityWrite }
  | { readonly kind: 'tagIdentity'; readonly identity: Pick<ManagedIdentity, 'id' | 'subscriptionId'>; readonly tags: Readonly<Record<string, string>> }
  | { readonly kind: 'deleteIdentity'; readonly identity: IdentityRef }
  | { readonly kind: 'createResourceGroup'; readonly subscriptionId: string; readonly group: ResourceGroup }
  | { readonly kind: 'assignRole'; readonly write: RoleAssignmentWrite; readonly roleName: string }
  | { readonly kind: 'removeRole'; readonly subscriptionId: string; readonly assignmentId: string }
  | { readonly kind: 'enableSystemAssigned'; readonly host: IdentityHost };

/**
 * The change as one command for a POSIX shell, every value quoted. Needs azure-cli 2.45 or newer (`az identity
 * federated-credential`).
 */
export function azCommand(change: AzChange): string {
  switch (change.kind) {
    case 'writeCredential':
      return command('az identity federated-credential create', [
        ...credentialOptions(change.identity, change.credential.name),
        ['--issuer', change.credential.issuer],
        ['--subject', change.credential.subject],
        ['--audiences', change.credential.audience],
      ]);
    case 'deleteCredential':
      return command('az identity federated-credential delete --yes', credentialOptions(change.identity, change.name));
    case 'createIdentity':
      return command('az identity create', [
        ...nameOptions(change.identity),
        ['--location', change.identity.location],
        ...tagOptions(change.identity.tags),
      ]);
    case 'tagIdentity':
      return Object.keys(change.tags).length === 0
        ? command('az tag delete --yes', [['--resource-id', change.identity.id]])
        : command('az tag update --operation Replace', [['--resource-id', change.identity.id], ...tagOptions(change.tags)]);
    case 'deleteIdentity':
      return command('az identity delete', nameOptions(change.identity));
    case 'createResourceGroup':
      return command('az group create', [['--name', change.group.name], ['--location', change.group.location]]);
    case 'assignRole':
      return assignRole(change.write, change.roleName);
    case 'removeRole':
      return command('az role assignment delete', [['--ids', change.assignmentId]]);
    case 'enableSystemAssigned':
      return enableSystemAssigned(change.host);
  }
}

/**
 * What has to run before commands for another cloud than the public one, which is where the Azure CLI goes otherwise
 * (`az cloud set`); nothing for the public one.
 * @param azCloud as `azCloudName` gives it
 */
export function azCloudLines(azCloud: string | undefined): readonly string[] {
  return azCloud === undefined
    ? []
    : ['# Not in the public cloud; needs az login there. Back again: az cloud set --name AzureCloud', `az cloud set --name ${shellQuoted(azCloud)}`];
}

/** The change as something to paste into a shell, the cloud first where it is not the public one. */
export function azCommandText(change: AzChange, azCloud: string | undefined): string {
  return `${[...azCloudLines(azCloud), azCommand(change)].join('\n')}\n`;
}

/** The changes as a script for a POSIX shell that stops at the first failure; where the subscription changes it is set. */
export function azChangesScript(changes: readonly AzChange[], azCloud: string | undefined): string {
  const lines = ['#!/bin/sh', 'set -eu', ...azCloudLines(azCloud)];
  let subscription: string | undefined;
  for (const change of changes) {
    const needed = subscriptionOf(change);
    if (needed.toLowerCase() !== subscription) {
      lines.push(`az account set --subscription ${shellQuoted(needed)}`);
      subscription = needed.toLowerCase();
    }
    lines.push('', azCommand(change));
  }
  return `${lines.join('\n')}\n`;
}

function assignRole({ scope, roleId, principalId }: RoleAssignmentWrite, roleName: string): string {
  const options = [
    ['--assignee-object-id', principalId],
    ['--role', roleId],
    ['--scope', scope.id],
  ] as const;
  return `# ${shellComment(roleName)}\n${command('az role assignment create --assignee-principal-type ServicePrincipal', options)}`;
}

/** `az webapp` and `az vm` keep the user-assigned identities; other types have no such command. */
function enableSystemAssigned({ id, type, name, resourceGroup, userAssigned }: IdentityHost): string {
  switch (type.toLowerCase()) {
    case 'microsoft.web/sites':
      return command('az webapp identity assign', nameOptions({ resourceGroup, name }));
    case 'microsoft.compute/virtualmachines':
      return command('az vm identity assign', nameOptions({ resourceGroup, name }));
    default:
      return command('az resource update', [['--ids', id], ['--set', `identity.type=SystemAssigned${userAssigned.length === 0 ? '' : ',UserAssigned'}`]]);
  }
}

function subscriptionOf(change: AzChange): string {
  switch (change.kind) {
    case 'assignRole':
      return change.write.scope.subscriptionId;
    case 'enableSystemAssigned':
      return change.host.subscriptionId;
    case 'createResourceGroup':
    case 'removeRole':
      return change.subscriptionId;
    case 'writeCredential':
    case 'deleteCredential':
    case 'createIdentity':
    case 'tagIdentity':
    case 'deleteIdentity':
      return change.identity.subscriptionId;
  }
}

type Option = readonly [name: string, ...values: readonly string[]];

function command(start: string, options: readonly Option[]): string {
  return [start, ...options.map(([name, ...values]) => `  ${[name, ...values.map(shellQuoted)].join(' ')}`)].join(' \\\n');
}

function nameOptions({ resourceGroup, name }: Pick<IdentityRef, 'resourceGroup' | 'name'>): readonly Option[] {
  return [['--resource-group', resourceGroup], ['--name', name]];
}

function credentialOptions({ resourceGroup, name: identityName }: IdentityRef, name: string): readonly Option[] {
  return [['--resource-group', resourceGroup], ['--identity-name', identityName], ['--name', name]];
}

function tagOptions(tags: Readonly<Record<string, string>>): readonly Option[] {
  const pairs = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? [] : [['--tags', ...pairs]];
}
