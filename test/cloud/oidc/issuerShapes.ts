/** What differs between the issuers of the clouds: where the keys are, and what the discovery document says beside them. */
interface IssuerShape {
  readonly host: RegExp;
  /** Behind the issuer's url. */
  readonly keysPath: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The first whose host matches is used. */
const shapes: readonly IssuerShape[] = [
  // AKS, per region and the older shared host (Azure/azure-workload-identity docs/book managed-clusters.md).
  { host: /^(?:[a-z0-9-]+\.oic|oidc)\.prod-aks\.azure\.com$/u, keysPath: 'openid/v1/jwks', claims: {} },
  // A document printed in the IAM user guide, "Obtain the thumbprint for an OpenID Connect identity provider".
  { host: /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com$/u, keysPath: 'keys', claims: { authorization_endpoint: 'urn:kubernetes:programmatic_authorization', claims_supported: ['sub', 'iss'] } },
  // Documents printed in nais/doc and in the GKE notes of cert-manager's Vault tutorial.
  { host: /^container\.googleapis\.com$/u, keysPath: 'jwks', claims: { claims_supported: ['iss', 'sub', 'kubernetes.io'], grant_types: ['urn:kubernetes:grant_type:programmatic_authorization'] } },
  // Red Hat's own issuers of OpenShift clusters; the document is ccoctl's (openshift/cloud-credential-operator, DiscoveryDocumentTemplate).
  { host: /^oidc\.op1\.openshiftapps\.com$/u, keysPath: 'keys.json', claims: { claims_supported: ['aud', 'exp', 'sub', 'iat', 'iss', 'sub'] } },
];

/** A cluster that publishes its own documents, as Azure/azure-workload-identity docs/book self-managed-clusters/oidc-issuer does it for kind. */
const selfManaged: Omit<IssuerShape, 'host'> = { keysPath: 'openid/v1/jwks', claims: {} };

/** True for a host that nothing but issuers answers at. */
export function isIssuerHost(host: string): boolean {
  return shapes.some((shape) => shape.host.test(host));
}

/** How the issuer with that url publishes its keys. */
export function issuerShape(url: string): Omit<IssuerShape, 'host'> {
  const { hostname } = new URL(url);
  return shapes.find((shape) => shape.host.test(hostname)) ?? selfManaged;
}
