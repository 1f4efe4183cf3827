import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { identityKeys } from '../../../src/connection/identityKeys.ts';
import { airflowConnection } from '../../../src/connection/writeConnection.ts';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { airflowSettingsFormat } from '../../../src/project/airflowSettings/airflowSettingsFormat.ts';
import { projectFormats } from '../../../src/project/formats.ts';
import { ControlClient } from '../../cloud/control/controlClient.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { startCloud } from '../../cloud/startCloud.ts';
import type { Cloud } from '../../cloud/startCloud.ts';
import { buildShippedBundles } from '../shippedBundles.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { asEnvironment } from './asEnvironment.ts';
import { astroRestBodies } from './astroSettings.ts';
import type { ConnectedDeployment } from './chainStory.ts';
import { checkErrorFixture } from './errorFixtures.ts';
import { formatReaders } from './formatReaders.ts';
import { fileWith } from './projectFiles.ts';
import type { BlobList, Standing } from './questions.ts';
import { airflowReleases } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';

const { app, subscriptions, groups, resources, tenants } = sample;
const lake = `https://${resources.lake.name}.blob.core.windows.net`;
const container = 'curated';
const scope = `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}/providers/Microsoft.Storage/storageAccounts/${resources.lake.name}/blobServices/default/containers/${container}`;
const subscription = `/subscriptions/${subscriptions.production}`;

const allBlobs = ['customer_360/part-0000.csv', 'customer_360/part-0001.csv'];

/** The connection in `airflow_settings.yaml`, as the Astro CLI hands it to Airflow. */
function fromSettings(connection: AirflowConnection): Standing {
  return { place: 'restApi', bodies: astroRestBodies(fileWith(airflowSettingsFormat(), connection)) };
}

/** A task that lists the container; what is left out is as it should be. */
interface Task {
  readonly clientId?: string;
  readonly tenantId?: string;
  readonly subject?: string;
  readonly token?: NonNullable<BrokenLink['token']>;
  readonly standing?: (connection: AirflowConnection) => Standing;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Connects the sample's deployment with the bundles that ship, signed in as an app that may make identities and give roles. */
async function connectDeployment(cloud: Cloud): Promise<ConnectedDeployment> {
  const control = new ControlClient(cloud.proxyUrl);
  await control.addRoleAssignment({ principalId: app.objectId, scope: subscription, role: 'Role Based Access Control Administrator', principalType: 'ServicePrincipal' });
  await control.addRoleAssignment({ principalId: app.objectId, scope: subscription, role: 'Reader', principalType: 'ServicePrincipal' });
  const bundles = await buildShippedBundles();
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'chainStory.ts'), bundles.folder], {
      timeout: 30_000,
      env: { PATH: process.env['PATH'], ...cloud.env, AZURE_TENANT_ID: tenants.contoso.id, AZURE_CLIENT_ID: app.clientId, AZURE_CLIENT_SECRET: app.secret },
    });
    return JSON.parse(stdout) as ConnectedDeployment;
  } finally {
    await bundles.remove();
  }
}

interface Typed {
  readonly issuer: string;
  readonly subject: string;
}

/** A chain with one link broken: everything that is left out is as it should be. */
interface BrokenLink {
  readonly name: string;
  /** What somebody typed for the credential, knowing what would be right. */
  readonly typed?: (right: Typed) => Typed;
  readonly token?: { readonly audience?: string; readonly expiresInSeconds?: number };
  readonly connection?: { readonly tenantId: string };
  readonly role?: 'missing';
  readonly error: RegExp;
}

const brokenLinks: readonly BrokenLink[] = [
  { name: 'otherLetterCase', typed: ({ issuer, subject }) => ({ issuer, subject: subject.replace('-worker-', '-Worker-') }), error: /AADSTS7002138/u },
  { name: 'noSlash', typed: ({ issuer, subject }) => ({ issuer: issuer.replace(/\/$/u, ''), subject }), error: /AADSTS700211/u },
  { name: 'wrongAudience', token: { audience: 'https://kubernetes.default.svc' }, error: /AADSTS700212/u },
  { name: 'expiredToken', token: { expiresInSeconds: -3600 }, error: /AADSTS700024/u },
  { name: 'otherTenant', connection: { tenantId: tenants.fabrikam.id }, error: /AADSTS700016/u },
  { name: 'noRole', role: 'missing', error: /AuthorizationPermissionMismatch/u },
];

for (const release of airflowReleases) {
  describe(`from the extension to a blob, with Airflow ${release.airflow}`, () => {
    let cloud: Cloud;
    let control: ControlClient;
    let airflow: AirflowProcess;
    let connected: ConnectedDeployment;
    before(async () => {
      cloud = await startCloud();
      control = new ControlClient(cloud.proxyUrl);
      [connected, airflow] = await Promise.all([connectDeployment(cloud), startedAirflow(release)]);
    });
    after(() => cloud.stop());

    const subjectOf = (workload: string): string => `system:serviceaccount:${connected.namespace}:${connected.namespace}-${workload}-serviceaccount`;

    /** A task that runs as a workload, with the connection that the extension writes into the project. */
    const listed = async (options: Task): Promise<BlobList> => {
      const { clientId = connected.clientId, tenantId = connected.tenantId, subject = subjectOf('worker'), variables = {} } = options;
      const connection = airflowConnection({ connectionId: 'lake', type: 'wasb', clientId, tenantId, values: { host: lake } });
      const standing = (options.standing ?? fromSettings)(connection);
      const { token } = await control.serviceAccountToken({ issuer: connected.issuer, subject, ...options.token });
      return airflow.listBlobs({ standing, connectionId: 'lake', container, token, variables: { ...cloud.env, ...variables } });
    };

    it('lists a container as each workload that was connected, because of the role that was given', async () => {
      assert.deepEqual(connected.trusted, ['scheduler', 'dag-processor', 'triggerer', 'worker', 'kpo']);
      for (const workload of ['scheduler', 'dag-processor', 'triggerer', 'worker']) {
        assert.deepEqual(await listed({ subject: subjectOf(workload) }), { blobs: allBlobs, error: null });
      }
      assert.deepEqual(await control.refused(), []);
      assert.deepEqual((await control.log()).filter(({ unmodelled }) => unmodelled), []);
    });

    it('lists it with the connection from every file of a project, by every way into Airflow', async () => {
      for (const format of projectFormats()) {
        const { before: present, ways = {} } = formatReaders[format.id] ?? {};
        for (const [way, reader] of Object.entries(ways)) {
          const { blobs, error } = await listed({ standing: (connection) => reader(fileWith(format, connection, present)) });
          assert.deepEqual(blobs, allBlobs, `${format.title}, ${way}: ${error ?? ''}`);
        }
      }
    });

    it('is refused as a workload that was left out', async () => {
      const { error } = await listed({ subject: subjectOf('apiserver') });
      assert.match(error ?? '', /AADSTS700213: .* subject '.*-apiserver-serviceaccount'/u);
      await checkErrorFixture('missingWorkload', error);
    });

    it('says what is in the way: the pod has no token', async () => {
      // Whatever is installed here could sign in somebody; a container has nothing of it.
      const { error } = await listed({ variables: { AZURE_FEDERATED_TOKEN_FILE: '', PATH: '' } });
      assert.match(error ?? '', /Missing required arguments: 'token_file_path'/u);
      await checkErrorFixture('noTokenFile', error);
    });

    it('says what is in the way: the connection holds one key alone, so that the identity is the one of the pod', async () => {
      const standing = (connection: AirflowConnection): Standing => asEnvironment({ ...connection, extra: { [identityKeys.clientId]: connected.clientId } });
      const { error } = await listed({ standing, variables: { AZURE_CLIENT_ID: sample.identities.reporting.clientId, AZURE_TENANT_ID: tenants.contoso.id } });
      assert.match(error ?? '', /AADSTS70021[13]/u);
      await checkErrorFixture('oneKeyAlone', error);
    });

    for (const { name, typed = (right: Typed) => right, token = {}, connection = {}, role, error: expected } of brokenLinks) {
      it(`says what is in the way: ${name}`, async () => {
        const { clientId, principalId } = await control.addIdentity({ subscriptionId: subscriptions.production, resourceGroup: groups.airflow, name: `id-${name}` });
        await control.addCredential(clientId, { name: 'worker', ...typed({ issuer: connected.issuer, subject: subjectOf('worker') }) });
        if (role !== 'missing') {
          await control.addRoleAssignment({ principalId, scope, role: 'Storage Blob Data Reader', principalType: 'ServicePrincipal' });
        }
        const { blobs, error } = await listed({ clientId, token, ...connection });
        assert.deepEqual(blobs, []);
        assert.match(error ?? '', expected);
        await checkErrorFixture(name, error);
      });
    }
  });
}
