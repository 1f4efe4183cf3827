import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ManagedIdentity } from '../../src/identity/managedIdentity.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import { knownIdentity } from './knownIdentity.ts';
import { ProjectFolder } from './projectFolder.ts';
import { cloud, played, product, signedIn } from './shell.ts';

const { astro, groups, identities: { airflowProd }, resources, subscriptions, tenants } = sample;
const compose = 'services:\n  airflow-scheduler:\n    image: apache/airflow:3.3.2\n    environment:\n      AIRFLOW__LOGGING__REMOTE_LOGGING: \'True\'\n      AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: s3://me:hunter2@logs # old\n      OTHER: kept\n';

describe('adding a preset for an identity', () => {
  let identity: ManagedIdentity;
  let folder: ProjectFolder;

  before(async () => {
    process.env['ASTRO_API_TOKEN'] = astro.tokens.organization;
    await signedIn(sample.accounts.dana.label);
    ({ identity } = await knownIdentity(airflowProd.name));
  });

  after(() => {
    delete process.env['ASTRO_API_TOKEN'];
  });

  beforeEach(async () => {
    folder = await ProjectFolder.create({ '.env': 'OTHER=kept\n', 'requirements.txt': 'apache-airflow-providers-microsoft-azure>=15\n', 'docker-compose.yaml': compose }, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
  });

  afterEach(() => folder.remove());

  const target = (name: string): RegExp => new RegExp(`${path.basename(folder.dir)}/${name}$`);
  const add = (): Thenable<unknown> => vscode.commands.executeCommand('airflowIdentity.addPreset', { identity });

  it('makes a key vault the secrets backend of a project, and leads to the trust that is missing', async () => {
    const { services: { commands } } = await product();
    const asked: unknown[] = [];
    await played(commands, { execute: async (...args: readonly unknown[]) => { asked.push(args); } }, () => answering(add, async (dialogs) => {
      await dialogs.pick(/^Key Vault as secrets backend/);
      await dialogs.pick(new RegExp(`^${resources.vault.name}$`));
      await dialogs.enter(/names of secrets begin with/, 'airflow-connections');
      assert.match(await dialogs.enter(/names of secrets begin with/, 'air_flow') ?? '', /letters, digits and dashes/);
      await dialogs.enter(/names of secrets begin with/, 'airflow-variables');
      assert.match(await dialogs.marked(target('.env')) ?? '', /\.env$/);
      const files = await dialogs.pick(target('.env'));
      assert.ok(!files.some((file) => file.includes('airflow_settings.yaml')), 'settings files hold no environment variables');
      const shown = await dialogs.pick(/Write settings/);
      assert.match(shown.join('\n'), /\+ AIRFLOW__SECRETS__BACKEND=airflow\.providers/);
      const left = await dialogs.pick(/Trust more of customer-360-prod/);
      assert.match(left.join('\n'), /id-airflow-prod holds the role Key Vault Secrets User on kv-contoso-data/);
      assert.match(left.join('\n'), /Trust more of customer-360-prod… \| Not trusted yet: .*API server/);
    }));
    const [[command, repaired]] = asked as [[string, { readonly deployment: { readonly name: string }; readonly identity: ManagedIdentity }]];
    assert.deepEqual([command, repaired.deployment.name, repaired.identity.name], ['airflowIdentity.repairTrust', 'customer-360-prod', airflowProd.name]);
    const kwargs = {
      connections_prefix: 'airflow-connections', variables_prefix: 'airflow-variables', vault_url: `https://${resources.vault.name}.vault.azure.net/`,
      managed_identity_client_id: airflowProd.clientId, workload_identity_tenant_id: tenants.contoso.id,
    };
    assert.equal(await folder.read('.env'), `OTHER=kept\nAIRFLOW__SECRETS__BACKEND=airflow.providers.microsoft.azure.secrets.key_vault.AzureKeyVaultBackend\nAIRFLOW__SECRETS__BACKEND_KWARGS=${JSON.stringify(kwargs)}\n`);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'OTHER=kept\n');
  });

  it('shows what stands there with other values, writes connection and settings in one step, and gives the role that is missing', async () => {
    await answering(add, async (dialogs) => {
      await dialogs.pick(/^Remote logging to Blob Storage/);
      await dialogs.pick(new RegExp(`^${resources.lake.name}$`));
      await dialogs.pick(/^airflow-logs$/);
      await dialogs.enter(/Where in the container the logs go/, 'logs');
      await dialogs.enter(/written beside the settings/, 'azure_logs');
      await dialogs.pick(target('docker-compose.yaml'));
      const shown = (await dialogs.pick(/Change what stands there/)).join('\n');
      assert.match(shown, /AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER=s3:/);
      assert.doesNotMatch(shown, /hunter2/);
      const before = await dialogs.pick(/Give access: Storage Blob Data Contributor on airflow-logs/);
      assert.match(before.join('\n'), /Not trusted yet: .*API server/);
      await dialogs.pick(/\$\(check\) Give access/);
      assert.match((await dialogs.pick(/Done/)).join('\n'), /holds the role Storage Blob Data Contributor on airflow-logs/);
    });
    const text = await folder.read('docker-compose.yaml');
    assert.ok(text.includes('      AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: \'wasb://logs\' # old\n      OTHER: kept\n'), text);
    assert.match(text, /AIRFLOW_CONN_AZURE_LOGS: '\{"conn_type":"wasb","host":"https:\/\/stcontosolake\.blob\.core\.windows\.net"/);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), compose);
    const [write] = (await cloud().log()).filter(({ method, path: where }) => method === 'PUT' && where.includes('roleAssignments'));
    assert.match(write?.path ?? '', /containers\/airflow-logs\//);
  });

  it('does not take a role under a condition for held, and leads to where the condition stands', async () => {
    const { services: { commands } } = await product();
    const scope = `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}/providers/Microsoft.Storage/storageAccounts/${resources.lake.name}/blobServices/default/containers/raw`;
    const condition = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'curated'";
    await cloud().addRoleAssignment({ principalId: airflowProd.principalId, scope, role: 'Storage Blob Data Contributor', principalType: 'ServicePrincipal', condition });
    const asked: unknown[] = [];
    await played(commands, { execute: async (...args: readonly unknown[]) => { asked.push(args); } }, () => answering(add, async (dialogs) => {
      await dialogs.pick(/^Remote logging to Blob Storage/);
      await dialogs.pick(new RegExp(`^${resources.lake.name}$`));
      await dialogs.pick(/^raw$/);
      await dialogs.enter(/Where in the container the logs go/, 'logs');
      await dialogs.enter(/written beside the settings/, 'azure_logs');
      await dialogs.pick(/^Copy to the clipboard/);
      await dialogs.pick(/Copy settings/);
      const left = (await dialogs.pick(/holds the role Storage Blob Data Contributor on raw only under a condition/)).join('\n');
      assert.ok(left.includes(condition), left);
      assert.doesNotMatch(left, /Give access/);
      await dialogs.pick(/Done/);
    }));
    assert.deepEqual(asked, [['airflowIdentity.openInPortal', { portal: { tenantId: tenants.contoso.id, resourceId: scope } }]]);
  });

  it('asks for the provider that object storage paths need, where the pinned one would do for hooks', async () => {
    await folder.write('requirements.txt', 'apache-airflow-providers-microsoft-azure==10.0.0\n');
    await answering(add, async (dialogs) => {
      await dialogs.pick(/^Object storage paths/);
      await dialogs.pick(new RegExp(`^${resources.lake.name}$`));
      await dialogs.pick(/^airflow-logs$/);
      await dialogs.enter(/written beside the settings/, 'azure_storage');
      await dialogs.pick(target('.env'));
      await dialogs.pick(/Write settings/);
      assert.match((await dialogs.pick(/Change requirements\.txt/)).join('\n'), /only as ==10\.0\.0\. Versions before 10\.1\.0/);
      await dialogs.pick(/Done/);
    });
    assert.equal(await folder.read('requirements.txt'), 'apache-airflow-providers-microsoft-azure>=10.1.0\n');
  });

  it('copies what was typed, without asking Azure for it', async () => {
    await answering(add, async (dialogs) => {
      await dialogs.pick(/^XComs in object storage/);
      await dialogs.pick(/Type it instead/);
      await dialogs.enter(/blob address/, 'https://otherstorage.blob.core.windows.net');
      await dialogs.enter(/container of the account/, 'airflow');
      await dialogs.enter(/Where in the container/, 'xcom');
      await dialogs.enter(/Larger values/, '0');
      await dialogs.enter(/written beside the settings/, 'azure_xcom');
      await dialogs.pick(/^Copy to the clipboard/);
      await dialogs.pick(/Copy settings/);
      assert.match((await dialogs.pick(/Done/)).join('\n'), /Give access….*needs the role Storage Blob Data Contributor/);
    });
    assert.match(await vscode.env.clipboard.readText(), /^AIRFLOW_CONN_AZURE_XCOM=\{.*"account_name":"otherstorage"\}\}\nAIRFLOW__CORE__XCOM_BACKEND=\S+\nAIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH=abfs:\/\/azure_xcom@airflow\/xcom\nAIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_THRESHOLD=0\n$/);
    assert.equal(await folder.read('.env'), 'OTHER=kept\n');
  });
});
