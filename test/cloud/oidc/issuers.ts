import { jsonResponse } from '../exchange.ts';
import type { CloudRequest, HostResult } from '../exchange.ts';
import { createSigningKey } from '../signingKey.ts';
import type { SigningKey } from '../signingKey.ts';
import { issuerShape } from './issuerShapes.ts';

/** How an issuer of the world behaves. */
export interface IssuerBehaviour {
  /** The connection breaks. */
  readonly unreachable?: boolean;
  /** The discovery document names this issuer instead. */
  readonly namesIssuer?: string;
}

interface Issuer {
  /** Exactly as clusters and tokens name it, trailing slash included. */
  readonly url: string;
  readonly behaviour: IssuerBehaviour;
  key: Promise<SigningKey> | undefined;
}

/** The OIDC issuers of Kubernetes clusters, each with its own RSA key. */
export class Issuers {
  readonly #issuers = new Map<string, Issuer>();

  /** Adds an issuer; its key is made when it is first asked for. */
  add(url: string, behaviour: IssuerBehaviour = {}): void {
    this.#issuers.set(withoutSlash(url), { url, behaviour, key: undefined });
  }

  /** The urls of all issuers. */
  urls(): string[] {
    return [...this.#issuers.values()].map((issuer) => issuer.url);
  }

  /** The key of that issuer; `undefined` where there is no such issuer. */
  key(url: string): Promise<SigningKey> | undefined {
    const issuer = this.#issuers.get(withoutSlash(url));
    if (issuer !== undefined) {
      issuer.key ??= createSigningKey(`localcloud-${withoutSlash(url).split('/').at(-1) ?? 'issuer'}`);
    }
    return issuer?.key;
  }

  /** True where an address lies below the url of an issuer, whichever host that is on. */
  holds(address: URL): boolean {
    return this.#issuerAt(address) !== undefined;
  }

  /** Answers for the issuers' hosts: discovery document and key set (OpenID Connect Discovery 1.0). */
  async handle(request: CloudRequest): Promise<HostResult> {
    const issuer = this.#issuerAt(request.url);
    if (issuer === undefined || request.method !== 'GET') {
      return jsonResponse(404, { error: 'not found' });
    }
    const base = withoutSlash(issuer.url);
    const { keysPath, claims } = issuerShape(issuer.url);
    const asked = `${request.url.origin}${request.url.pathname}`.slice(base.length + 1);
    if (asked !== keysPath && asked !== discoveryPath) {
      return jsonResponse(404, { error: 'not found' });
    }
    if (issuer.behaviour.unreachable === true) {
      return 'reset';
    }
    if (asked === keysPath) {
      const key = await this.key(issuer.url);
      return jsonResponse(200, { keys: [key?.publicJwk] }, { 'content-type': 'application/json' });
    }
    const discovery = {
      issuer: issuer.behaviour.namesIssuer ?? issuer.url,
      jwks_uri: `${base}/${keysPath}`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      ...claims,
    };
    return jsonResponse(200, discovery, { 'content-type': 'application/json' });
  }

  #issuerAt({ origin, pathname }: URL): Issuer | undefined {
    const parts = pathname.split('/');
    // The longest path first: one issuer may lie below another.
    for (let length = parts.length; length > 0; length -= 1) {
      const issuer = this.#issuers.get(`${origin}${parts.slice(0, length).join('/')}`);
      if (issuer !== undefined) {
        return issuer;
      }
    }
    return undefined;
  }
}

const discoveryPath = '.well-known/openid-configuration';

function withoutSlash(url: string): string {
  return url.replace(/\/$/u, '');
}
