import * as l10n from '@vscode/l10n';

/** Audience of the public Azure cloud (Microsoft Entra: workload identity federation, "Audience"). */
export const publicAudience = 'api://AzureADTokenExchange';

/** Hard limit of the service (Microsoft Entra docs: workload-identity-federation-considerations). */
export const maxCredentialsPerIdentity = 20;

/** Longest issuer, subject or audience in characters (same page). */
const maxValueLength = 600;

/**
 * Regions whose identities cannot hold federated credentials (same page; the list shrinks over time, so this is a hint
 * shown beforehand and the service's 405 has the last word).
 */
const unsupportedRegions: readonly string[] = ['malaysiasouth', 'newzealandnorth'];

/** What a federated credential trusts: a token with exactly this issuer, subject and audience. */
export interface Trust {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** A federated credential as it stands on an identity. */
export interface FederatedCredential {
  readonly name: string;
  readonly issuer: string;
  /** Absent on flexible credentials, which hold `claimsMatchingExpression` instead (api-version 2025-01-31-preview). */
  readonly subject: string | undefined;
  /** The service allows exactly one, its schema a list. */
  readonly audiences: readonly string[];
  readonly claimsMatchingExpression?: string;
}

/** A federated credential to be written. */
export interface CredentialWrite extends Trust {
  readonly name: string;
}

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9-_]{2,119}$/;

/** Says why the service would refuse the name, or gives `undefined` (pattern of ManagedIdentity.json, azure-rest-api-specs). */
export function nameProblem(name: string): string | undefined {
  return namePattern.test(name)
    ? undefined
    : l10n.t('Use 3 to 120 letters, digits, - or _, starting with a letter or digit.');
}

/**
 * Says why an issuer, subject or audience would be refused at once or at token exchange, or gives `undefined`.
 * White space around an issuer is accepted by the service and then blocks every exchange (Entra docs, "issuer").
 */
export function valueProblem(what: 'issuer' | 'subject' | 'audience', value: string): string | undefined {
  if (value === '') {
    return { issuer: l10n.t('The issuer is missing.'), subject: l10n.t('The subject is missing.'), audience: l10n.t('The audience is missing.') }[what];
  }
  if (value.length > maxValueLength) {
    return l10n.t('{0} characters; Azure takes at most {1}.', value.length, maxValueLength);
  }
  if (/\s/.test(value)) {
    return {
      issuer: l10n.t('The issuer contains white space; every token exchange would fail.'),
      subject: l10n.t('The subject contains white space; no service account has such a name.'),
      audience: l10n.t('The audience contains white space.'),
    }[what];
  }
  if (what === 'issuer' && !/^https:\/\/[^/?#]+/i.test(value)) {
    return l10n.t('The issuer must be an https URL.');
  }
  return undefined;
}

/** True when the region (as ARM writes it, for example `westus2`) is known to refuse federated credentials. */
export function isUnsupportedRegion(location: string): boolean {
  return unsupportedRegions.includes(location.toLowerCase().replaceAll(' ', ''));
}
