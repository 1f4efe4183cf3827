import type { World } from '../world.ts';
import { audienceOfScope } from './tokenAudiences.ts';
import type { IssuedToken } from './accessTokens.ts';
import { tenantNotFound } from './entraErrors.ts';
import type { EntraError } from './entraErrors.ts';

/** What VS Code's provider (or the stand-in for it) asks for. */
export interface UserTokenRequest {
  /** Account id or user principal name. */
  readonly account: string;
  /** Tenant id or domain; the home tenant where absent, `organizations` or `common`. */
  readonly tenant?: string | undefined;
  /** The user sits in front of it: second factors can be asked for, and a revoked session is signed in anew. */
  readonly interactive?: boolean | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly expiresInSeconds?: number | undefined;
  /** A claims challenge to satisfy: needs interaction, and gives a token that proves MFA. */
  readonly claims?: string | undefined;
}

/** A user's token with what a session shows about it. */
export interface UserToken extends IssuedToken {
  readonly accountId: string;
  readonly accountLabel: string;
  readonly tenantId: string;
}

/** Visual Studio Code's own client id at Microsoft (microsoft/vscode extensions/microsoft-authentication/src/common/scopeData.ts). */
const vscodeClientId = 'aebc6443-996d-45c2-90f0-388ff96faa56';

function revokedGrant(revokedAt: number): EntraError {
  const since = new Date(revokedAt).toISOString().replace('Z', '0000Z');
  return {
    status: 400,
    error: 'invalid_grant',
    code: 50173,
    text: `The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '${since}' and the TokensValidFrom date (before which tokens are not valid) for this user is '${since}'.`,
    trailer: 'lines',
    suberror: 'bad_token',
  };
}

function resourceName(scopes: readonly string[] | undefined): string {
  return audienceOfScope((scopes ?? []).join(' ')) ?? 'https://management.azure.com';
}

/** Gives a user's ARM token, or the error that Entra would answer in that state of the session. */
export async function userToken(world: World, request: UserTokenRequest): Promise<UserToken | { readonly error: EntraError }> {
  const account = world.directory.findAccount(request.account);
  if (account === undefined) {
    return { error: { status: 400, error: 'invalid_grant', code: 50034, text: `The user account ${request.account} does not exist in the directory.`, trailer: 'lines' } };
  }
  const home = account.memberships[0];
  const named = request.tenant === undefined || /^(organizations|common)$/iu.test(request.tenant) ? home?.tenantId : request.tenant;
  const tenant = world.directory.findTenant(named ?? '');
  if (tenant === undefined) {
    return { error: tenantNotFound(named ?? '', 'token') };
  }
  const membership = account.memberships.find((item) => item.tenantId === tenant.id);
  if (membership === undefined) {
    return {
      error: {
        status: 400,
        error: 'invalid_grant',
        code: 50020,
        text: `User account '${account.label}' from identity provider 'https://sts.windows.net/${home?.tenantId ?? ''}/' does not exist in tenant '${tenant.displayName}' and cannot access the application '${vscodeClientId}'(Visual Studio Code) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
        trailer: 'lines',
      },
    };
  }
  const session = world.directory.session(account);
  if (request.interactive === true) {
    session.revokedAt = undefined;
    if (membership.needsMfa || request.claims !== undefined) {
      session.mfaTenants.add(tenant.id);
    }
  }
  if (session.revokedAt !== undefined) {
    return { error: revokedGrant(session.revokedAt) };
  }
  if ((membership.needsMfa || request.claims !== undefined) && !session.mfaTenants.has(tenant.id)) {
    return {
      error: {
        status: 400,
        error: 'invalid_grant',
        code: 50076,
        text: `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '797f4846-ba00-4fd7-ba43-dac1f8f63013'.`,
        trailer: 'lines',
        suberror: 'basic_action',
      },
    };
  }
  const token = await world.accessTokens.mint(
    { tenantId: tenant.id, objectId: membership.objectId, applicationId: vscodeClientId, userName: account.label, displayName: account.displayName, mfa: session.mfaTenants.has(tenant.id), generation: session.generation },
    resourceName(request.scopes),
    request.expiresInSeconds,
  );
  return { ...token, accountId: account.id, accountLabel: account.label, tenantId: tenant.id };
}
