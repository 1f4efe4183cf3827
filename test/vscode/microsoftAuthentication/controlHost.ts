import { request } from 'node:http';

/** An account that the local cloud knows (docs/localCloud.md). */
export interface CloudAccount {
  readonly id: string;
  readonly label: string;
}

/** What is asked of the local cloud's token mint. */
export interface UserTokenRequest {
  readonly account: string;
  /** Tenant id or domain; the account's home tenant by default. */
  readonly tenant?: string;
  /** True when the user is there to answer: a tenant that wants MFA gives a token only then. */
  readonly interactive: boolean;
  readonly scopes: readonly string[];
  /** Claims challenge, as JSON. */
  readonly claims?: string;
}

/** The local cloud's control host, reached as every client reaches it: through the proxy that the environment names. */
export class ControlHost {
  private readonly proxy: URL;

  constructor(proxyUrl: string) {
    this.proxy = new URL(proxyUrl);
  }

  /** Gives the accounts somebody could sign in with. */
  async accounts(): Promise<readonly CloudAccount[]> {
    const answer = (await this.ask('GET', '/accounts')) as { readonly accounts: readonly CloudAccount[] };
    return answer.accounts.map(({ id, label }) => ({ id, label }));
  }

  /** Gives an access token; throws with Entra's error text (`AADSTS50076: …`) when Entra would refuse. */
  async userToken(wanted: UserTokenRequest): Promise<string> {
    const answer = (await this.ask('POST', '/tokens/user', wanted)) as { readonly accessToken: string };
    return answer.accessToken;
  }

  private ask(method: string, path: string, body?: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const headers = { host: 'control.localcloud', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      const call = request({ host: this.proxy.hostname, port: this.proxy.port, method, path: `http://control.localcloud${path}`, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) {
            resolve(JSON.parse(text));
          } else {
            reject(new Error(errorText(text)));
          }
        });
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function errorText(body: string): string {
  try {
    return (JSON.parse(body) as { readonly error_description?: string }).error_description ?? body;
  } catch {
    return body;
  }
}
