import assert from 'node:assert/strict';
import { platformOf, privateIssuerProblem } from '../../../src/deployment/issuerPlatform.ts';
import { sample } from '../../cloud/sampleWorld.ts';

const { issuers } = sample;

describe('an issuer', () => {
  for (const [issuer, name, cloudProvider, region] of [
    [issuers.prod, 'AKS', 'AZURE', 'westus2'],
    [issuers.marketing, 'AKS', 'AZURE', undefined],
    [issuers.eksUnreachable, 'Amazon EKS', 'AWS', 'eu-west-1'],
    [issuers.gke, 'GKE', 'GCP', 'europe-west4'],
    [issuers.openShift, 'OpenShift', 'AWS', undefined],
  ] as const) {
    it(`tells that the cluster is on ${name}: ${issuer}`, () => {
      const platform = platformOf(issuer);
      assert.deepEqual([platform?.name, platform?.cloudProvider, platform?.region], [name, cloudProvider, region]);
      assert.equal(privateIssuerProblem(issuer), undefined);
    });
  }

  it('of GKE names the cluster, and one of a cluster of one\'s own tells nothing', () => {
    assert.equal(platformOf(issuers.gke)?.clusterName, 'airflow-gke');
    assert.equal(platformOf(issuers.kind), undefined);
    assert.equal(privateIssuerProblem(issuers.kind), undefined, 'published in a storage account');
  });

  for (const issuer of ['https://kubernetes.default.svc.cluster.local', 'https://kubernetes.default.svc', 'https://kubernetes.default.svc.cluster.local/']) {
    it(`that only pods reach is refused with what to do: ${issuer}`, () => {
      assert.match(privateIssuerProblem(issuer) ?? '', /Only pods in the cluster reach this issuer.*--service-account-issuer/);
    });
  }

  for (const issuer of ['https://localhost:8443', 'https://127.0.0.1:6443', 'https://10.1.2.3', 'https://172.20.0.1/', 'https://192.168.49.2:8443', 'https://oidc.corp.internal/', 'https://[::1]/']) {
    it(`that is not on the Internet is refused: ${issuer}`, () => {
      assert.match(privateIssuerProblem(issuer) ?? '', /not on the Internet/);
    });
  }

  it('on the Internet is not refused for looking alike', () => {
    for (const issuer of ['https://172.15.0.1/', 'https://internal.contoso.example/', 'https://kubernetes.contoso.example/', 'https://100.64.0.1.example/']) {
      assert.equal(privateIssuerProblem(issuer), undefined, issuer);
    }
  });
});
