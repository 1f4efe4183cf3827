import assert from 'node:assert/strict';
import type { PastedCredential } from '../../../../src/deployment/pasted/pasted.ts';
import { pastedDeployments } from '../../../../src/deployment/pasted/pastedDeployments.ts';
import { readPasted } from '../../../../src/deployment/pasted/readPasted.ts';

const issuer = 'https://westus2.oic.prod-aks.azure.com/8d0c1a9e-0000-4000-8000-000000000001/5b1f7a52-0000-4000-8000-000000000002/';
const namespace = 'newtonian-apparatus-7941';
const subject = (account: string, ns = namespace): string => `system:serviceaccount:${ns}:${account}`;
const brief = ({ name, issuer: from, subject: whose }: PastedCredential): readonly (string | undefined)[] => [name, from, whose];
const wanted = ['scheduler', 'triggerer', 'worker'].map((workload) => [`${namespace}-${workload}`, issuer, subject(`${namespace}-${workload}-serviceaccount`)]);
const kpo = [`${namespace}-kpo`, issuer, subject(`${namespace}-kpo`)];

/** As the Astro UI shows it (astronomer/docs 0fd057ff, connection-azure-workload-identity-2.png). */
const astroScript = `workloads=( scheduler triggerer worker )
for workload in "\${workloads[@]}"; do
    az identity federated-credential create --name ${namespace}-$workload --identity-name id-etl --resource-group rg-etl --issuer ${issuer} --subject system:serviceaccount:${namespace}:${namespace}-$workload-serviceaccount
done
az identity federated-credential create --name ${namespace}-kpo --identity-name id-etl --resource-group rg-etl --issuer ${issuer} --subject system:serviceaccount:${namespace}:${namespace}-kpo
`;

describe('pasted: the command of the Astro UI', () => {
  const same: Readonly<Record<string, string>> = {
    'as it is shown': astroScript,
    'with Windows line ends': astroScript.replaceAll('\n', '\r\n'),
    'in one line, as a terminal keeps it': astroScript.trim().replaceAll(/\n\s*/g, '; ').replace('do;', 'do'),
    'with braces around the name': astroScript.replaceAll('$workload', '${workload}'),
    'with quotes around values': astroScript.replaceAll(/--(name|subject) (\S+)/g, '--$1 "$2"'),
    'with quotes that a word processor made curly': astroScript.replaceAll(/--(name|subject) (\S+)/g, '--$1 “$2”'),
    'with options joined by =': astroScript.replaceAll(/--(name|issuer|subject) /g, '--$1='),
    'with continued lines': astroScript.replaceAll(' --', ' \\\n      --'),
    'with continued lines that have blanks behind the mark': astroScript.replaceAll(' --', ' \\ \n      --'),
    'with a prompt left to it by a list of words': astroScript.replace('workloads=( scheduler triggerer worker )\n', '').replace('"${workloads[@]}"', 'scheduler triggerer worker'),
    'with the values in variables': `NS=${namespace}\nexport ISSUER="${issuer}"\n${astroScript.replaceAll(issuer, '$ISSUER').replaceAll(namespace, '${NS}')}`,
    'with comments and messages': `#!/usr/bin/env bash\nset -euo pipefail\n# trust\n${astroScript}echo "done"\n`,
  };
  for (const [how, script] of Object.entries(same)) {
    it(how, () => {
      const { kind, credentials, notUnderstood } = readPasted(script);
      assert.deepEqual({ kind, credentials: credentials.map(brief), notUnderstood }, { kind: 'script', credentials: [...wanted, kpo], notUnderstood: [] });
    });
  }

  it('names identity, resource group and lines', () => {
    const [first, , , last] = readPasted(astroScript).credentials;
    assert.deepEqual([first?.identity, first?.line, last?.line], [{ name: 'id-etl', resourceGroup: 'rg-etl', subscriptionId: undefined }, 3, 5]);
  });

  it('becomes one deployment with its service accounts', () => {
    const { deployments, left } = pastedDeployments(readPasted(astroScript), 'api://AzureADTokenExchange');
    assert.deepEqual(left, []);
    assert.deepEqual(deployments.map(({ issuer: from, namespace: ns, serviceAccounts }) => ({ from, ns, serviceAccounts })), [{
      from: issuer, ns: namespace, serviceAccounts: [...['scheduler', 'triggerer', 'worker'].map((workload) => `${namespace}-${workload}-serviceaccount`), `${namespace}-kpo`],
    }]);
  });
});

describe('pasted: PowerShell', () => {
  it('follows foreach, lists and backticks', () => {
    const script = `$ns = '${namespace}'
$issuer = "${issuer}"
$workloads = @('scheduler', "triggerer", 'worker')
foreach ($workload in $workloads) {
  az identity federated-credential create \`
    --name "$ns-$workload" \`
    --identity-name id-etl -g rg-etl \`
    --issuer $issuer \`
    --subject "system:serviceaccount:$($ns):$ns-$workload-serviceaccount"
}
`;
    const { credentials, notUnderstood } = readPasted(script);
    assert.deepEqual({ credentials: credentials.map(brief), notUnderstood }, { credentials: wanted, notUnderstood: [] });
  });
});

describe('pasted: what cannot be told', () => {
  it('is said with the text it stands in, and the rest is kept', () => {
    const { credentials, notUnderstood } = readPasted(
      `az identity federated-credential create --name a-1 --issuer "$(az aks show -g rg -n aks --query oidcIssuerProfile.issuerUrl -o tsv)" --subject ${subject('a')}`,
    );
    assert.deepEqual(credentials.map(brief), [['a-1', undefined, subject('a')]]);
    assert.match(notUnderstood.map(({ text }) => text).join(), /--issuer \$\(az aks show/);
  });

  it('is a variable that nobody set', () => {
    const { credentials, notUnderstood } = readPasted(`az identity federated-credential create -n x-1 --issuer $ISSUER --subject ${subject('a')}`);
    assert.equal(credentials[0]?.issuer, undefined);
    assert.match(notUnderstood[0]?.why ?? '', /\$ISSUER/);
  });

  it('is another command, which is named, once', () => {
    const { kind, notUnderstood } = readPasted('for a in 1 2 3; do\n  kubectl apply -f x.yaml\ndone');
    assert.equal(kind, 'unknown');
    assert.deepEqual(notUnderstood.map(({ text, line }) => [text, line]), [['kubectl apply -f x.yaml', 2]]);
  });

  it('is a subject of something else than Kubernetes', () => {
    const { deployments, left } = pastedDeployments(readPasted('az identity federated-credential create -n gh --issuer https://token.actions.githubusercontent.com --subject repo:a/b:ref:refs/heads/main'), 'x');
    assert.deepEqual([deployments, left.map(({ text }) => text)], [[], ['repo:a/b:ref:refs/heads/main']]);
  });

  it('is an audience that tokens do not have', () => {
    const { left } = pastedDeployments(readPasted(`az identity federated-credential create -n x-1 --issuer ${issuer} --subject ${subject('a')} --audiences api://other`), 'api://AzureADTokenExchange');
    assert.match(left[0]?.why ?? '', /api:\/\/other/);
  });

  it('ends soon, whatever is left open in it', () => {
    const type = 'resource x \'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31\' = ';
    for (const text of [`${type}{\n${"'''a ".repeat(30_000)}`, `${type}${'['.repeat(150_000)}`, '$('.repeat(90_000), '"${'.repeat(60_000), 'for a in b; do '.repeat(13_000)]) {
      assert.deepEqual(readPasted(text).credentials.filter(({ issuer: from }) => from !== undefined), []);
    }
  });

  it('runs nothing and ends, however often a loop goes round', () => {
    const many = Array.from({ length: 50 }, (_, index) => `w${index}`).join(' ');
    const script = `for a in ${many}; do for b in ${many}; do for c in ${many}; do az identity federated-credential create -n $a$b$c --issuer ${issuer} --subject ${subject('x')}; done; done; done`;
    assert.ok(readPasted(script).credentials.length <= 500);
  });
});

describe('pasted: Terraform', () => {
  it('reads texts, locals, for_each and both names of the parent', () => {
    const text = `
locals {
  issuer    = "${issuer}" # of the cluster
  workloads = ["scheduler", "triggerer", "worker"]
}
variable "namespace" {
  type    = string
  default = "${namespace}"
}
resource "azurerm_federated_identity_credential" "airflow" {
  for_each            = toset(local.workloads)
  name                = "\${var.namespace}-\${each.key}"
  resource_group_name = azurerm_resource_group.etl.name
  parent_id           = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-etl/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-etl"
  audience            = ["api://AzureADTokenExchange"]
  issuer              = local.issuer
  subject             = "system:serviceaccount:\${var.namespace}:\${var.namespace}-\${each.value}-serviceaccount"
}
resource "azurerm_federated_identity_credential" "kpo" {
  name                      = "${namespace}-kpo"
  user_assigned_identity_id = azurerm_user_assigned_identity.etl.id
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = "${issuer}"
  subject                   = "${subject(`${namespace}-kpo`)}"
}
`;
    const { kind, credentials, notUnderstood } = readPasted(text);
    assert.deepEqual({ kind, credentials: credentials.map(brief), notUnderstood }, { kind: 'terraform', credentials: [...wanted, kpo], notUnderstood: [] });
    assert.deepEqual(credentials[0]?.identity, { name: 'id-etl', resourceGroup: 'rg-etl', subscriptionId: '11111111-1111-1111-1111-111111111111' });
  });

  it('says what only Terraform knows', () => {
    const { credentials, notUnderstood } = readPasted(`resource "azurerm_federated_identity_credential" "a" {
  name    = "a-1"
  issuer  = azurerm_kubernetes_cluster.aks.oidc_issuer_url
  subject = "\${local.prefix}:a"
}`);
    assert.deepEqual(credentials.map(brief), [['a-1', undefined, undefined]]);
    assert.deepEqual(notUnderstood.map(({ text, line }) => [text, line]), [['issuer = azurerm_kubernetes_cluster.aks.oidc_issuer_url', 3], ['subject = ${local.prefix}:a', 4]]);
  });
});

describe('pasted: Bicep', () => {
  it('reads texts, variables, loops and the parent', () => {
    const text = `param ns string = '${namespace}'
var issuer = '${issuer}'
var workloads = [
  'scheduler'
  'triggerer'
  'worker'
]
resource etl 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'id-etl'
}
@batchSize(1)
resource credentials 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = [for workload in workloads: {
  name: '\${ns}-\${workload}'
  parent: etl
  properties: {
    issuer: issuer
    subject: 'system:serviceaccount:\${ns}:\${ns}-\${workload}-serviceaccount'
    audiences: ['api://AzureADTokenExchange']
  }
}]
resource kpo 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  name: 'id-etl/${namespace}-kpo'
  properties: { issuer: '${issuer}', subject: '${subject(`${namespace}-kpo`)}', audiences: [ 'api://AzureADTokenExchange' ] }
}
`;
    const { kind, credentials, notUnderstood } = readPasted(text);
    assert.deepEqual({ kind, credentials: credentials.map(brief), notUnderstood }, { kind: 'bicep', credentials: [...wanted, kpo], notUnderstood: [] });
    assert.ok(credentials.every(({ identity, audience }) => identity?.name === 'id-etl' && audience === 'api://AzureADTokenExchange'));
  });
});

describe('pasted: JSON', () => {
  it('reads what az lists and what ARM answers', () => {
    const id = '/subscriptions/1/resourcegroups/rg-etl/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-etl/federatedIdentityCredentials/a-1';
    const flat = [{ id, name: 'a-1', issuer, subject: subject('a'), audiences: ['api://AzureADTokenExchange'] }];
    const nested = { value: [{ id, name: 'a-1', properties: { issuer, subject: subject('a'), audiences: ['api://AzureADTokenExchange'] } }] };
    for (const json of [flat, nested]) {
      const { kind, credentials } = readPasted(JSON.stringify(json, null, 2));
      assert.deepEqual([kind, credentials.map(brief), credentials[0]?.identity?.name], ['json', [['a-1', issuer, subject('a')]], 'id-etl']);
    }
  });
});

describe('pasted: a service-account token', () => {
  const claims = { iss: issuer, sub: subject('a'), aud: ['api://AzureADTokenExchange'], exp: 1, 'kubernetes.io': { namespace: 'ä', secret: 'do-not-keep' } };
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const raw = `${encoded({ alg: 'RS256' })}.${encoded(claims)}.c2lnbmF0dXJl`;

  it('gives issuer, subject and audience, and nothing else', () => {
    for (const text of [raw, `Authorization: Bearer ${raw}`, JSON.stringify(claims)]) {
      const pasted = readPasted(text);
      assert.deepEqual(pasted, {
        kind: 'token', resourceIds: [], notUnderstood: [],
        credentials: [{ issuer, subject: subject('a'), audience: 'api://AzureADTokenExchange', name: undefined, identity: undefined, line: 1 }],
      });
    }
  });

  it('is not repeated where it cannot be read', () => {
    const broken = `${encoded({ alg: 'RS256' })}.eyJicm9rZW4.c2lnbmF0dXJl`;
    const pasted = readPasted(`curl -H "Authorization: Bearer ${broken}"`);
    assert.equal(pasted.kind, 'unknown');
    assert.ok(!JSON.stringify(pasted).includes('eyJ'));
  });

  it('is read also where the terminal it was copied from broke its lines', () => {
    const wrapped = raw.replaceAll(/(.{30})/g, '$1\n  ');
    for (const text of [wrapped, `Bearer ${wrapped}`]) {
      assert.deepEqual(readPasted(text).credentials.map((credential) => credential.subject), [subject('a')]);
    }
  });

  it('is not repeated where it was damaged, not even its signature', () => {
    const half = raw.indexOf('.') + 20;
    for (const damage of ['!!', '\n> ', ' … ', '\0']) {
      const pasted = readPasted(`${raw.slice(0, half)}${damage}${raw.slice(half)}`);
      assert.equal(pasted.kind, 'unknown');
      assert.deepEqual(pasted.notUnderstood.map(({ text }) => text), ['']);
    }
  });
});

describe('pasted: an ARM id', () => {
  it('is handed on as it is', () => {
    const id = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks-1';
    assert.deepEqual(readPasted(` ${id}\n`), { kind: 'armId', credentials: [], resourceIds: [id], notUnderstood: [] });
  });
});
