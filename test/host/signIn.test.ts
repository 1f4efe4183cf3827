import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../src/errors.ts';
import type { AccessScope } from '../../src/identity/accessScope.ts';
import { builtInRoles } from '../../src/identity/roleNames.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { KnownIdentity } from '../../src/vscode/services.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { cloud, expand, played, product, rowOf, settledTexts, signedIn, text } from './shell.ts';
import { until } from './until.ts';

const { dana, sam } = sample.accounts;

describe('signing in', () => {
  let features: ReturnType<ExtensionApi['features']>;

  before(async () => {
    features = await product();
  });

  it('shows nothing but the welcome content while signed out, and asks nobody', async () => {
    await signedIn();
    assert.deepEqual(await features.services.signIn.accounts(), []);
    assert.deepEqual(await expand(features.trees.identities), []);
    assert.deepEqual(await cloud().log(), []);
  });

  it('shows the tenants of all accounts, and through which account each is seen', async () => {
    await signedIn(dana.label, sam.label);
    const tree = features.trees.identities;
    const texts = await settledTexts(tree, await expand(tree));
    assert.deepEqual(texts.filter((row) => row.startsWith('Fabrikam')).sort(), [`Fabrikam | ${dana.label}`, `Fabrikam | ${sam.label}`]);
    assert.ok(texts.includes(`Contoso | ${dana.label}`));
  });

  it('shows the subscriptions at once where there is one tenant only', async () => {
    await signedIn(sam.label);
    const tree = features.trees.identities;
    const [row] = await expand(tree);
    assert.ok(row);
    assert.match(row.id, /\/subscriptions\//);
  });

  it('turns an expired session into one message, and resumes what it interrupted after the sign-in', async () => {
    await signedIn(dana.label);
    const { services, trees: { identities: tree } } = features;
    await services.identities.listAll(new AbortController().signal);
    const [one, two] = services.identities.known();
    assert.ok(one && two);
    const shown: string[] = [];
    const read = ({ identity }: KnownIdentity): Promise<string | undefined> =>
      services.commands.run('test', async () => {
        await services.identities.refreshIdentity(identity, new AbortController().signal);
        return identity.name;
      });
    // In this mode VS Code refuses its own dialogs, so the user's click and Entra's page are played here.
    await played(services.messages, { error: async (said, ...actions) => { shown.push(said); return actions[0]; } }, () =>
      played(services.signIn, { signInAgain: async () => { await cloud().userToken({ account: dana.label, interactive: true, scopes: ['https://management.core.windows.net/.default'] }); } }, async () => {
        await cloud().revokeSession(dana.label, { tokens: true });
        assert.deepEqual(await Promise.all([read(one), read(two)]), [one.identity.name, two.identity.name]);
      }));
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /Sign in again/);
    assert.equal(text(tree, rowOf(tree, await expand(tree), 'Contoso')), 'Contoso | contoso.example');
  });

  it('asks once for the second factor that Azure wants for a role, hands on the challenge, and then gives the role', async () => {
    await signedIn(dana.label);
    await cloud().changeSettings({ writesNeedMfa: true });
    const { services } = features;
    await services.identities.listAll(new AbortController().signal);
    const known = services.identities.known().find(({ identity }) => identity.name === sample.identities.airflowDev.name);
    assert.ok(known);
    const { account, tenantId, subscriptionId, principalId } = known.identity;
    const scope: AccessScope = { account, tenantId, id: `/subscriptions/${subscriptionId}`, kind: 'subscription', name: 'any', subscriptionId };
    const shown: string[] = [];
    const challenges: (string | undefined)[] = [];
    // VS Code refuses its dialogs here: the click and the second factor are played, everything silent is VS Code's own.
    const secondFactor = async (challenge?: string): Promise<void> => {
      challenges.push(challenge);
      const claims = Buffer.from(/claims="([^"]+)"/.exec(challenge ?? '')?.[1] ?? '', 'base64').toString();
      await cloud().userToken({ account: dana.label, tenant: tenantId, interactive: true, claims, scopes: ['https://management.core.windows.net/.default'] });
    };
    await played(services.messages, { error: async (said, ...actions) => { shown.push(said); return actions[0]; } }, () =>
      played(services.signIn, { signInAgain: secondFactor }, async () => {
        const given = await services.commands.run('test', () => services.azure().assignRole({ scope, roleId: builtInRoles.reader.roleId, principalId }, new AbortController().signal));
        assert.equal(given?.outcome, 'created');
      }));
    assert.deepEqual(shown.map((said) => /second factor/.test(said)), [true]);
    assert.match(challenges[0] ?? '', /^Bearer .*claims="/);
    const writes = (await cloud().log()).filter(({ method, path }) => method === 'PUT' && path.includes('/roleAssignments/'));
    assert.deepEqual(writes.map(({ status }) => status), [401, 201]);
  });

  it('shows nothing of the former account once another way of signing in gives none, and lists again after the way back', async () => {
    await signedIn(dana.label);
    const { services, trees: { identities: tree } } = features;
    assert.equal((await settledTexts(tree, await expand(tree))).length, 3);
    const refused = new AirflowIdentityError('signedOut', 'The Azure CLI is not signed in.');
    const choose = async (kind: string | undefined): Promise<string> => {
      const forgotten = new Promise<void>((resolve) => {
        const told = services.identities.onDidChange(() => {
          told.dispose();
          resolve();
        });
      });
      await vscode.workspace.getConfiguration().update('airflowIdentity.signIn', kind, vscode.ConfigurationTarget.Global);
      await forgotten;
      return (await expand(tree)).map((row) => text(tree, row)).join('; ');
    };
    try {
      await played(services.signIn, { accounts: () => Promise.reject(refused) }, async () => {
        assert.match(await choose('environment'), /^The Azure CLI is not signed in/);
      });
      assert.match(await choose(undefined), /Contoso/);
    } finally {
      await vscode.workspace.getConfiguration().update('airflowIdentity.signIn', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('takes up what the environment holds now, once what it held before was refused', async () => {
    await signedIn();
    const { services } = features;
    const { app, tenants } = sample;
    const variables = { AZURE_TENANT_ID: tenants.contoso.id, AZURE_CLIENT_ID: app.clientId, AZURE_CLIENT_SECRET: 'wrong' };
    Object.assign(process.env, variables);
    await vscode.workspace.getConfiguration().update('airflowIdentity.signIn', 'environment', vscode.ConfigurationTarget.Global);
    try {
      await assert.rejects(services.signIn.accounts(), { code: 'signedOut' });
      process.env['AZURE_CLIENT_SECRET'] = app.secret;
      assert.equal((await services.signIn.accounts())[0]?.id, `${app.objectId}.${tenants.contoso.id}`);
    } finally {
      for (const name of Object.keys(variables)) {
        Reflect.deleteProperty(process.env, name);
      }
      await vscode.workspace.getConfiguration().update('airflowIdentity.signIn', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('reaches rows that were being asked for when the user signed in', async () => {
    await signedIn(dana.label);
    const { services, trees: { identities: tree } } = features;
    const accounts = await services.signIn.accounts();
    const events = new EventEmitter();
    const asked = once(events, 'asked');
    const compared = once(events, 'compared');
    let first = true;
    const signIn: Partial<typeof services.signIn> = {
      accounts: async () => {
        events.emit('compared');
        return accounts;
      },
      token: async ({ tenantId }) => {
        if (tenantId === sample.tenants.northwind.id && first) {
          first = false;
          const refused = once(events, 'refuse');
          events.emit('asked');
          await refused;
          throw new AirflowIdentityError('interactionRequired', 'A second factor is needed.');
        }
        const { accessToken, expiresOn } = await cloud().userToken({ account: dana.label, interactive: true, ...(tenantId === undefined ? {} : { tenant: tenantId }) });
        return { token: accessToken, expiresOnTimestamp: expiresOn };
      },
    };
    try {
      await played(services.signIn, signIn, async () => {
        tree.refresh();
        const rows = expand(tree);
        await asked;
        // Another way of signing in is told as a sign-in is; the accounts stay the same.
        await vscode.workspace.getConfiguration().update('airflowIdentity.signIn', 'environment', vscode.ConfigurationTarget.Global);
        await compared;
        await new Promise((resolve) => setImmediate(resolve));
        events.emit('refuse');
        const northwind = rowOf(tree, await rows, 'Northwind (MFA required)');
        await until(async () => {
          await tree.loaded(northwind);
          return !text(tree, northwind).includes('sign-in needed') && tree.state(northwind).status === 'complete';
        }, () => text(tree, northwind));
        assert.equal(text(tree, northwind), 'Northwind (MFA required) | northwind.example');
      });
    } finally {
      await vscode.workspace.getConfiguration().update('airflowIdentity.signIn', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
