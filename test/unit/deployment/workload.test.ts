import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { credentialNameFor, parseSubject, subjectOf } from '../../../src/deployment/workload.ts';
import { nameProblem } from '../../../src/identity/federatedCredential.ts';

describe('workload', () => {
  it('always gets a credential name that Azure takes, for any service account of Kubernetes', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,60}[a-z0-9])?$/);
    fc.assert(fc.property(label, label, (space, account) => { assert.equal(nameProblem(credentialNameFor(space, account)), undefined); }));
  });

  it('has a subject that can be taken apart again', () => {
    assert.deepEqual(parseSubject(subjectOf('ns', 'sa')), { namespace: 'ns', serviceAccount: 'sa' });
    assert.equal(parseSubject('repo:owner/name:ref:refs/heads/main'), undefined);
  });
});
