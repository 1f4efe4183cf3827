import assert from 'node:assert/strict';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCredentialTokens } from '../../../src/azure/identityBundle.ts';
import { systemClock } from '../../../src/clock.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import { publicCloud } from '../../../src/identity/azureCloud.ts';
import type { RequestEntry } from '../../../src/requestLog.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { startCloud } from '../../cloud/startCloud.ts';
import type { Cloud } from '../../cloud/startCloud.ts';
import { accounts, neverCanceled, pointProcessAt, refusalOf } from './cloudClient.ts';

const requests: RequestEntry[] = [];
const dependencies = {
  log: { request: (entry: RequestEntry) => requests.push(entry), waiting: () => undefined },
  clock: systemClock,
  cloud: publicCloud,
  environment: process.env,
};

function setEnvironment(values: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  Object.assign(process.env, values);
  return () => {
    process.env = before;
  };
}

describe('signing in through the environment', () => {
  let cloud: Cloud;
  let restore: () => void;
  const credential = { AZURE_TENANT_ID: sample.tenants.contoso.id, AZURE_CLIENT_ID: sample.app.clientId, AZURE_CLIENT_SECRET: sample.app.secret };

  beforeEach(async () => {
    requests.length = 0;
    cloud = await startCloud();
    restore = pointProcessAt(cloud);
  });
  afterEach(async () => {
    restore();
    await cloud.stop();
  });

  async function withEnvironment<T>(values: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
    const undo = setEnvironment(values);
    try {
      return await work();
    } finally {
      undo();
    }
  }

  it('gives tokens of the application, and its name as the account', async () => {
    await withEnvironment(credential, async () => {
      const tokens = createCredentialTokens('environment', { ...dependencies, environment: process.env });
      const [account] = await tokens.accounts();
      assert.equal(account?.id, `${sample.app.objectId}.${sample.tenants.contoso.id}`);
      const token = await tokens.token({ tenantId: sample.tenants.contoso.id }, neverCanceled());
      assert.ok(token.expiresOnTimestamp > Date.now());
      assert.deepEqual([...new Set(requests.map((entry) => `${entry.method} ${entry.host} ${String(entry.outcome)}`))], ['POST login.microsoftonline.com 200']);
      assert.doesNotMatch(JSON.stringify(requests), /secret|eyJ/);
    });
  });

  it('says that Entra refused a wrong secret', async () => {
    await withEnvironment({ ...credential, AZURE_CLIENT_SECRET: 'wrong' }, async () => {
      const error = await refusalOf(createCredentialTokens('environment', { ...dependencies, environment: process.env }).accounts());
      assert.equal(error.code, 'signedOut');
      assert.match(error.details.serviceCode ?? '', /^AADSTS\d+$/);
      assert.match(error.fix ?? '', /AZURE_/);
      assert.match(error.message, /^Entra refused the credential of the environment: AADSTS\d+: /);
      assert.doesNotMatch(error.message, /Trace ID|wrong/);
    });
  });

  it('says that the file with the federated token cannot be read, which is not Entra\'s doing', async () => {
    const { AZURE_CLIENT_SECRET: _secret, ...without } = credential;
    await withEnvironment({ ...without, AZURE_FEDERATED_TOKEN_FILE: path.join(tmpdir(), 'no-such-token') }, async () => {
      const error = await refusalOf(createCredentialTokens('environment', { ...dependencies, environment: process.env }).accounts());
      assert.match(error.message, /^The environment names a file that cannot be read: .*no-such-token/);
      assert.match(error.fix ?? '', /AZURE_FEDERATED_TOKEN_FILE/);
    });
  });

  it('says which variables are missing', async () => {
    const error = await refusalOf(createCredentialTokens('environment', { ...dependencies, environment: {} }).accounts());
    assert.equal(error.code, 'signedOut');
    assert.match(error.fix ?? '', /AZURE_CLIENT_ID/);
  });

  it('says that there is no network', async () => {
    await withEnvironment({ ...credential, HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' }, async () => {
      const error = await refusalOf(createCredentialTokens('environment', { ...dependencies, environment: process.env }).accounts());
      assert.equal(error.code, 'network');
      assert.match(error.message, /login\.microsoftonline\.com was refused/);
    });
  });
});

describe('signing in through the Azure CLI', () => {
  let folder: string;
  let undo: () => void = () => undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'az-'));
  });
  afterEach(async () => {
    undo();
    await rm(folder, { recursive: true, force: true });
  });

  /** Puts an `az` on the PATH that answers with these lines. */
  async function install(script: string): Promise<void> {
    const file = path.join(folder, 'az');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    undo = setEnvironment({ PATH: `${folder}:/usr/bin:/bin` });
  }

  const claims = Buffer.from(JSON.stringify({ oid: 'o', tid: 't', upn: accounts.dana.label })).toString('base64url');

  it("gives the CLI's tokens and its account, per tenant", async () => {
    await install(`echo "$@" >> "${folder}/calls"; echo '{"accessToken":"x.${claims}.y","expires_on":4102444800,"tenant":"t","tokenType":"Bearer"}'`);
    const tokens = createCredentialTokens('azureCli', dependencies);
    assert.deepEqual(await tokens.accounts(), [{ id: 'o.t', label: accounts.dana.label }]);
    const token = await tokens.token({ tenantId: sample.tenants.fabrikam.id }, neverCanceled());
    assert.equal(token.expiresOnTimestamp, 4_102_444_800_000);
    const calls = (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');
    assert.deepEqual(calls, [
      'account get-access-token --output json --resource https://management.azure.com',
      `account get-access-token --output json --resource https://management.azure.com --tenant ${sample.tenants.fabrikam.id}`,
    ]);
  });

  const failures: readonly { readonly when: string; readonly script: string; readonly code: ErrorCode; readonly message: RegExp; readonly fix: RegExp }[] = [
    {
      when: 'it is not installed',
      script: 'echo "az: command not found" >&2; exit 127',
      code: 'signedOut',
      message: /not installed/,
      fix: /Install the Azure CLI/,
    },
    {
      when: 'nobody is signed in',
      script: `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`,
      code: 'signedOut',
      message: /not signed in/,
      fix: /az login --tenant/,
    },
    {
      when: 'the tenant wants a second factor',
      script: `echo "ERROR: AADSTS50076: Due to a configuration change you must use multi-factor authentication. Correlation ID: 5bf6e1b4-0000-4000-8000-000000000000 Interactive authentication is needed. Please run: az login --scope https://management.azure.com//.default" >&2; exit 1`,
      code: 'interactionRequired',
      message: /AADSTS50076/,
      fix: /az login --tenant/,
    },
    { when: 'it says something else', script: 'echo "ERROR: The disk is full." >&2; exit 1', code: 'signedOut', message: /The disk is full/, fix: /az login/ },
  ];
  for (const { when, script, code, message, fix } of failures) {
    it(`says so when ${when}`, async () => {
      await install(script);
      const error = await refusalOf(createCredentialTokens('azureCli', dependencies).token({ tenantId: sample.tenants.contoso.id }, neverCanceled()));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      assert.match(error.fix ?? '', fix);
    });
  }

  it('says which command answers a claims challenge', async () => {
    await install('exit 1');
    const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from('{"access_token":{}}').toString('base64')}"`;
    const error = await refusalOf(createCredentialTokens('azureCli', dependencies).token({ challenge }, neverCanceled()));
    assert.equal(error.code, 'interactionRequired');
    assert.match(error.fix ?? '', /az login --claims-challenge eyJ/);
  });

  it('ends at once when canceled', async () => {
    await install(`: > "${folder}/begun"; exec sleep 5`);
    const changes = watch(folder);
    const begun = once(changes, 'change');
    const controller = new AbortController();
    const token = createCredentialTokens('azureCli', dependencies).token({}, controller.signal);
    await begun;
    changes.close();
    controller.abort();
    await assert.rejects(token, { name: 'AbortError' });
  });
});
