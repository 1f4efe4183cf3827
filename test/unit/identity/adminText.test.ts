import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { AccessScope } from '../../../src/identity/accessScope.ts';
import { adminText } from '../../../src/identity/adminText.ts';
import { azChangesScript, azCommandText } from '../../../src/identity/azCommands.ts';
import type { AzChange } from '../../../src/identity/azCommands.ts';
import type { IdentityHost } from '../../../src/identity/identityAdminPort.ts';
import type { IdentityRef } from '../../../src/identity/managedIdentity.ts';
import { missingRights, rightsFor } from '../../../src/identity/permissionCheck.ts';
import { azScript } from '../../../src/trust/azScript.ts';

const account = { id: 'oid.tid', label: 'dana@contoso.com' };
const tenant = { account, tenantId: 't1' };
const identity: IdentityRef = { ...tenant, subscriptionId: 's1', resourceGroup: 'rg-airflow', name: 'id-airflow' };
const scopeId = '/subscriptions/s2/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata';
const scope: AccessScope = { ...tenant, id: scopeId, kind: 'storageAccount', name: 'stdata', subscriptionId: 's2' };
const site: IdentityHost = {
  ...tenant,
  id: '/subscriptions/s1/resourceGroups/rg-airflow/providers/Microsoft.Web/sites/web',
  name: 'web',
  type: 'microsoft.web/sites',
  subscriptionId: 's1',
  resourceGroup: 'rg-airflow',
  systemAssigned: undefined,
  userAssigned: [],
};
const assign: AzChange = { kind: 'assignRole', write: { scope, roleId: 'role-guid', principalId: 'principal' }, roleName: 'Storage Blob Data Contributor' };

/** What a shell makes of a script: the arguments of each call of `az`. */
function run(script: string): readonly (readonly string[])[] {
  const az = `az() { for word in "$@"; do printf '%s\\0' "$word"; done; printf '\\n\\0'; }\n`;
  const output = execFileSync('sh', ['-c', `${az}${script}`], { encoding: 'utf8' });
  const calls: string[][] = [[]];
  for (const word of output.split('\0').slice(0, -1)) {
    if (word === '\n') {
      calls.push([]);
    } else {
      calls.at(-1)?.push(word);
    }
  }
  return calls.slice(0, -1);
}

describe('the az commands of a change', () => {
  const cases: readonly (readonly [AzChange, readonly string[]])[] = [
    [
      { kind: 'writeCredential', identity, credential: { name: 'etl', issuer: 'https://issuer/', subject: 'system:serviceaccount:a:b', audience: 'api://AzureADTokenExchange' } },
      'identity federated-credential create --resource-group rg-airflow --identity-name id-airflow --name etl --issuer https://issuer/ --subject system:serviceaccount:a:b --audiences api://AzureADTokenExchange'.split(' '),
    ],
    [{ kind: 'deleteCredential', identity, name: 'etl' }, 'identity federated-credential delete --yes --resource-group rg-airflow --identity-name id-airflow --name etl'.split(' ')],
    [
      { kind: 'createIdentity', identity: { ...identity, location: 'westeurope', tags: { 'cost center': '12 34', env: "it's" } } },
      [...'identity create --resource-group rg-airflow --name id-airflow --location westeurope --tags'.split(' '), 'cost center=12 34', "env=it's"],
    ],
    [{ kind: 'createIdentity', identity: { ...identity, location: 'westeurope', tags: {} } }, 'identity create --resource-group rg-airflow --name id-airflow --location westeurope'.split(' ')],
    [{ kind: 'tagIdentity', identity: { id: '/id', subscriptionId: 's1' }, tags: { env: 'prod' } }, 'tag update --operation Replace --resource-id /id --tags env=prod'.split(' ')],
    [{ kind: 'tagIdentity', identity: { id: '/id', subscriptionId: 's1' }, tags: {} }, 'tag delete --yes --resource-id /id'.split(' ')],
    [{ kind: 'deleteIdentity', identity }, 'identity delete --resource-group rg-airflow --name id-airflow'.split(' ')],
    [{ kind: 'createResourceGroup', subscriptionId: 's1', group: { name: 'rg-new', location: 'westeurope' } }, 'group create --name rg-new --location westeurope'.split(' ')],
    [assign, `role assignment create --assignee-principal-type ServicePrincipal --assignee-object-id principal --role role-guid --scope ${scopeId}`.split(' ')],
    [{ kind: 'removeRole', subscriptionId: 's1', assignmentId: '/assignment' }, 'role assignment delete --ids /assignment'.split(' ')],
    [{ kind: 'enableSystemAssigned', host: site }, 'webapp identity assign --resource-group rg-airflow --name web'.split(' ')],
    [{ kind: 'enableSystemAssigned', host: { ...site, type: 'Microsoft.Compute/virtualMachines' } }, 'vm identity assign --resource-group rg-airflow --name web'.split(' ')],
    [
      { kind: 'enableSystemAssigned', host: { ...site, type: 'microsoft.app/containerapps', userAssigned: ['/any'] } },
      `resource update --ids ${site.id} --set identity.type=SystemAssigned,UserAssigned`.split(' '),
    ],
  ];
  for (const [change, words] of cases) {
    it(`${change.kind}: ${words.slice(0, 3).join(' ')}`, () => {
      assert.deepEqual(run(azChangesScript([change], undefined)).at(-1), words);
    });
  }

  it('set the subscription before the first change, and again where it changes', () => {
    const remove: AzChange = { kind: 'deleteIdentity', identity };
    assert.deepEqual(
      run(azChangesScript([remove, remove, assign, remove], undefined)).map((words) => words.slice(0, 4).join(' ')),
      ['account set --subscription s1', 'identity delete --resource-group rg-airflow', 'identity delete --resource-group rg-airflow', 'account set --subscription s2',
        'role assignment create --assignee-principal-type', 'account set --subscription s1', 'identity delete --resource-group rg-airflow'],
    );
  });

  it('run nothing of what a name holds', () => {
    const hostile = `x'; echo "$(id)" \`id\` \\\n# $HOME`;
    const change: AzChange = { kind: 'createResourceGroup', subscriptionId: hostile, group: { name: hostile, location: hostile } };
    assert.deepEqual(run(azChangesScript([change, { ...assign, roleName: 'Role\necho ran' }], undefined)), [
      ['account', 'set', '--subscription', hostile],
      ['group', 'create', '--name', hostile, '--location', hostile],
      ['account', 'set', '--subscription', 's2'],
      `role assignment create --assignee-principal-type ServicePrincipal --assignee-object-id principal --role role-guid --scope ${scopeId}`.split(' '),
    ]);
  });

  it('go to the cloud that is set before anything else, and nowhere where that is the public one', () => {
    const remove: AzChange = { kind: 'deleteIdentity', identity };
    for (const text of [azChangesScript([remove], 'AzureChinaCloud'), azCommandText(remove, 'AzureChinaCloud'), azScript(identity, [], { azCloud: 'AzureChinaCloud' })]) {
      assert.deepEqual(run(text)[0], ['cloud', 'set', '--name', 'AzureChinaCloud']);
      assert.match(text, /^# .*az cloud set --name AzureCloud$/m, 'the way back is said, since az keeps the cloud');
    }
    for (const text of [azChangesScript([remove], undefined), azCommandText(remove, undefined), azScript(identity, [])]) {
      assert.ok(!text.includes('az cloud'), text);
    }
    assert.deepEqual(run(azCommandText(remove, "x'; id #"))[0], ['cloud', 'set', '--name', "x'; id #"]);
  });

  it('stop at the first failure', () => {
    assert.match(azChangesScript([assign], undefined), /^#!\/bin\/sh\nset -eu\n/);
  });
});

describe('the text for an admin', () => {
  const missing = missingRights([], rightsFor('assignRole'));
  assert.ok(missing !== undefined);
  const { message, recipient, text } = adminText({ account, scopeId, missing, changes: [assign], azCloud: undefined });

  it('tells the user which right is missing where, and whom to ask', () => {
    assert.equal(message, 'You do not have the right Microsoft.Authorization/roleAssignments/write on storage account stdata.');
    assert.equal(recipient, 'Send it to an Owner or Role Based Access Control Administrator of storage account stdata.');
  });

  it('leads both ways to a national cloud first', () => {
    const national = adminText({ account, scopeId, missing, changes: [assign], azCloud: 'AzureUSGovernment' }).text;
    const [make = '', give = ''] = national.split(/^Or give.*$/m);
    for (const [part, change] of [[make, 'az account set'], [give, 'az role assignment create']] as const) {
      const at = part.indexOf("\naz cloud set --name 'AzureUSGovernment'\n");
      assert.ok(at !== -1 && at < part.indexOf(change), part);
    }
  });

  it('offers both ways: making the change, and giving the smallest role that allows it', () => {
    assert.equal(
      text,
      `dana@contoso.com needs a change in Azure and is not allowed to make it.

Missing right: Microsoft.Authorization/roleAssignments/write
On: ${scopeId}

Either make the change, with the role "Role Based Access Control Administrator" or more there:

#!/bin/sh
set -eu
az account set --subscription 's2'

# Storage Blob Data Contributor
az role assignment create --assignee-principal-type ServicePrincipal \\
  --assignee-object-id 'principal' \\
  --role 'role-guid' \\
  --scope '${scopeId}'

Or give dana@contoso.com that role, as Owner or Role Based Access Control Administrator there:

az role assignment create \\
  --assignee 'dana@contoso.com' \\
  --role 'Role Based Access Control Administrator' \\
  --scope '${scopeId}'
`,
    );
  });
});
