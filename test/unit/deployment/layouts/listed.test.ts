import assert from 'node:assert/strict';
import * as v from 'valibot';
import { deploymentSchema } from '../../../../src/deployment/deploymentSchema.ts';
import { workloadsOf } from '../../../../src/deployment/layouts/layouts.ts';
import { deployment, namespace } from '../../trust/trustSamples.ts';

describe('workloads that somebody listed', () => {
  it('are the service accounts that were named', () => {
    const [workload] = workloadsOf({ ...deployment, layout: { kind: 'listed', serviceAccounts: ['dbt.runner'] } });
    assert.deepEqual([workload?.serviceAccount, workload?.credentialName, workload?.recommended], ['dbt.runner', `${namespace}-dbt-runner`, true]);
  });

  it('are read from what was stored before there were layouts', () => {
    const { layout, ...facts } = deployment;
    assert.equal(layout.kind, 'astro');
    assert.deepEqual(v.parse(deploymentSchema, { ...facts, serviceAccounts: ['dbt'] }).layout, { kind: 'listed', serviceAccounts: ['dbt'] });
    assert.deepEqual(v.parse(deploymentSchema, facts).layout, { kind: 'astro' });
  });

  it('come back from storage as they were kept', () => {
    const kept = { ...deployment, layout: { kind: 'listed' as const, serviceAccounts: ['a', 'b'] } };
    assert.deepEqual(v.parse(deploymentSchema, JSON.parse(JSON.stringify(kept))), kept);
    assert.equal(v.safeParse(deploymentSchema, { ...kept, layout: { kind: 'unheardOf' } }).success, false);
  });
});
