import * as l10n from '@vscode/l10n';

/** What an issuer says about the cluster behind it. */
export interface IssuerPlatform {
  /** As people call it: `AKS`, `Amazon EKS`. */
  readonly name: string;
  /** In the letters of Astro: `AZURE`, `AWS`, `GCP`; absent where the issuer does not tell. */
  readonly cloudProvider: 'AZURE' | 'AWS' | 'GCP' | undefined;
  readonly region: string | undefined;
  readonly clusterName: string | undefined;
}

interface Shape {
  readonly name: string;
  readonly cloudProvider: IssuerPlatform['cloudProvider'];
  /** May name the groups `region` and `cluster`. */
  readonly pattern: RegExp;
}

/**
 * Sources: Microsoft Learn "Use OIDC issuer" for AKS, Amazon EKS user guide "IAM OIDC provider", Google Cloud "About Workload
 * Identity Federation for GKE", Red Hat OpenShift Service on AWS "OIDC configuration".
 */
const shapes: readonly Shape[] = [
  { name: 'AKS', cloudProvider: 'AZURE', pattern: /^https:\/\/(?<region>[a-z0-9]+)\.oic\.prod-aks\.azure\.com\// },
  { name: 'AKS', cloudProvider: 'AZURE', pattern: /^https:\/\/oidc\.prod-aks\.azure\.com\// },
  { name: 'Amazon EKS', cloudProvider: 'AWS', pattern: /^https:\/\/oidc\.eks\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/id\// },
  { name: 'GKE', cloudProvider: 'GCP', pattern: /^https:\/\/container\.googleapis\.com\/v1\/projects\/[^/]+\/(?:locations|zones)\/(?<region>[^/]+)\/clusters\/(?<cluster>[^/]+)$/ },
  { name: 'OpenShift', cloudProvider: 'AWS', pattern: /^https:\/\/(?:oidc\.[a-z0-9.-]*openshiftapps\.com|rh-oidc[a-z0-9-]*\.s3\.[a-z0-9-]+\.amazonaws\.com)\// },
];

/** The platform that writes issuers like this; `undefined` for a cluster that somebody runs themselves. */
export function platformOf(issuer: string): IssuerPlatform | undefined {
  for (const { name, cloudProvider, pattern } of shapes) {
    const match = pattern.exec(issuer);
    if (match !== null) {
      return { name, cloudProvider, region: match.groups?.['region'], clusterName: match.groups?.['cluster'] };
    }
  }
  return undefined;
}

/**
 * Says why Microsoft Entra could never read an issuer, and what to do; `undefined` where it could. Clusters that nobody gave a
 * public issuer, such as those of kind and minikube, name one that only their own pods reach (Azure/azure-workload-identity
 * docs, "Self-managed clusters"; its issue 616).
 */
export function privateIssuerProblem(issuer: string): string | undefined {
  const host = URL.parse(issuer)?.hostname ?? '';
  const isInCluster = host === 'kubernetes' || /^kubernetes\.default(\.svc(\..+)?)?$/.test(host);
  if (isInCluster) {
    return l10n.t('Only pods in the cluster reach this issuer, so Microsoft Entra cannot. Publish the discovery document and the keys at a public https address, and start the API server with it as --service-account-issuer; on AKS enable the OIDC issuer.');
  }
  const isLocal = host === 'localhost' || /\.(local|internal|localhost)$/.test(host) || /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\./.test(host) || host.startsWith('[');
  return isLocal ? l10n.t('This address is not on the Internet, so Microsoft Entra cannot read the issuer there. Publish the discovery document and the keys at a public https address.') : undefined;
}
