import assert from 'node:assert/strict';
import { keyVaultSecrets } from '../../../src/connection/presets/keyVaultSecrets.ts';
import { objectStoragePaths } from '../../../src/connection/presets/objectStoragePaths.ts';
import { remoteLogging } from '../../../src/connection/presets/remoteLogging.ts';
import type { Preset } from '../../../src/connection/preset.ts';
import type { Deployment } from '../../../src/deployment/deployment.ts';
import { workloadsOf } from '../../../src/deployment/layouts/layouts.ts';
import { subjectOf } from '../../../src/deployment/workload.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { presetGaps } from '../../../src/trust/presetTrust.ts';
import { TrustIndex } from '../../../src/trust/trustedWorkloads.ts';
import { deployment as astro, issuer } from './trustSamples.ts';

const chart: Deployment = { ...astro, runtimeVersion: undefined, airflowVersion: '2.11.0', layout: { kind: 'officialChart', release: 'airflow' } };
const unknownVersion: Deployment = { ...chart, airflowVersion: undefined };
const community: Deployment = { ...chart, layout: { kind: 'communityChart', release: 'team' } };

/** Ids of what a preset needs besides, where an identity trusts these workloads; `undefined` where it trusts none of the deployment. */
function missing(preset: Preset, deployment: Deployment, trusted: readonly string[]): readonly string[] | undefined {
  const credentials = workloadsOf(deployment).filter(({ id }) => trusted.includes(id)).map(({ id, serviceAccount }) =>
    ({ name: id, issuer, subject: subjectOf(deployment.namespace, serviceAccount), audiences: [publicAudience] }));
  const [gap] = presetGaps(preset, [deployment], new TrustIndex([{ identity: 'id', credentials }], publicAudience));
  return gap?.missing.map(({ id }) => id);
}

describe('what a preset needs trusted besides', () => {
  const all = ['scheduler', 'dag-processor', 'triggerer', 'worker', 'kpo'];

  for (const [name, preset, deployment, trusted, wanted] of [
    ['the API server for logs, though no source names it', remoteLogging(), astro, all, ['apiserver']],
    ['the API server for a secrets backend', keyVaultSecrets(), astro, all, ['apiserver']],
    ['nothing in front for paths that tasks open', objectStoragePaths(), astro, all, []],
    ['no DAG processor and no pods of tasks for logs', remoteLogging(), astro, ['worker'], ['scheduler', 'triggerer', 'apiserver']],
    ['the webserver of Airflow 2', remoteLogging(), chart, ['scheduler', 'triggerer', 'worker'], ['webserver']],
    ['nothing once one of those in front is trusted', remoteLogging(), unknownVersion, ['scheduler', 'triggerer', 'worker', 'webserver'], []],
    ['either of those in front while none is', remoteLogging(), unknownVersion, ['scheduler', 'triggerer', 'worker'], ['api-server', 'webserver']],
    ['nothing where all components share an account', keyVaultSecrets(), community, ['airflow'], []],
    ['all of it where the account that components share is left out', keyVaultSecrets(), community, ['kpo'], ['airflow']],
  ] as const) {
    it(`is ${name}`, () => {
      assert.deepEqual(missing(preset, deployment, trusted), wanted);
    });
  }

  it('is not said of deployments that the identity does not serve', () => {
    assert.equal(missing(keyVaultSecrets(), astro, []), undefined);
  });
});
