import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../src/errors.ts';
import type { Account } from '../../src/identity/managedIdentity.ts';
import { language } from '../../src/project/languageBundle.ts';
import { ConnectionCompletions } from '../../src/vscode/language/connectionCompletions.ts';
import { IdentityListing } from '../../src/vscode/language/identityListing.ts';
import { LanguageContribution } from '../../src/vscode/language/languageContribution.ts';
import { Log } from '../../src/vscode/log.ts';
import { recentIdentities, rememberIdentity } from '../../src/vscode/project/recentIdentities.ts';
import type { KnownIdentity, Services } from '../../src/vscode/services.ts';
import { extra, ProjectFolder, settings } from './projectFolder.ts';

const account: Account = { id: 'ada', label: 'ada@example.com' };
const tenantId = '99999999-8888-7777-6666-555555555555';
const subscriptionId = '00000000-1111-2222-3333-444444444444';

function identity(name: string, clientId: string, seenBy: Account = account): KnownIdentity {
  const ref = { account: seenBy, tenantId, subscriptionId, resourceGroup: 'airflow', name };
  return {
    identity: { ...ref, id: `/subscriptions/${subscriptionId}/${name}`, location: 'westeurope', clientId, principalId: clientId, homeTenantId: ref.tenantId, tags: {} },
    tenant: { account: seenBy, tenantId, displayName: 'Contoso', defaultDomain: undefined },
    subscription: { account: seenBy, tenantId, subscriptionId, displayName: 'Production', state: 'Enabled' },
    credentials: undefined,
  };
}

const first = identity('id-first', '11111111-2222-3333-4444-555555555555');
const second = identity('id-second', '22222222-2222-3333-4444-555555555555');

class Memory {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string): unknown {
    return this.#values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

/** The services as far as the language features use them, with a directory that lists what `answer` gives. */
class FakeServices {
  known: readonly KnownIdentity[] = [];
  accounts: readonly Account[] = [account];
  answer: () => Promise<readonly AirflowIdentityError[]> = async () => [];
  listings = 0;
  readonly failures: string[] = [];
  readonly signInChange = new vscode.EventEmitter<void>();
  readonly globalState = new Memory();

  services(): Services {
    const silent = (): void => undefined;
    const services: Partial<Services> = {
      language: () => language,
      log: new Log({ info: silent, warn: silent, error: (text) => { this.failures.push(String(text)); }, debug: silent, trace: silent, show: silent }),
      globalState: this.globalState as vscode.Memento,
      identities: {
        known: () => this.known,
        onDidChange: new vscode.EventEmitter<void>().event,
        listAll: () => {
          this.listings += 1;
          return this.answer();
        },
        updateCredentials: silent,
        showIdentity: silent,
        forgetIdentity: silent,
        refreshIdentity: async () => undefined,
      },
      signIn: {
        accounts: async () => this.accounts,
        onDidChange: this.signInChange.event,
        signIn: async () => undefined,
        signInAgain: async () => undefined,
        token: () => Promise.reject(new Error('Completions ask for no token.')),
      },
    };
    return services as Services;
  }
}

describe('Completions in airflow_settings.yaml', () => {
  let fake: FakeServices;
  let folder: ProjectFolder;

  beforeEach(() => {
    fake = new FakeServices();
    fake.known = [first, second];
  });

  afterEach(async () => {
    await folder.remove();
  });

  /** Opens a settings file and gives it with the position of `|` in its text, which is taken out. */
  async function open(text: string, name = 'airflow_settings.yaml'): Promise<{ readonly editor: vscode.TextEditor; readonly position: vscode.Position }> {
    folder = await ProjectFolder.create({ [name]: text.replace('|', '') });
    const editor = await vscode.window.showTextDocument(folder.uri(name));
    return { editor, position: editor.document.positionAt(text.indexOf('|')) };
  }

  async function listAt(text: string): Promise<vscode.CompletionList> {
    const { editor, position } = await open(text);
    const listing = new IdentityListing(fake.services());
    const provider = new ConnectionCompletions(fake.services(), listing);
    const list = provider.provideCompletionItems(editor.document, position, new vscode.CancellationTokenSource().token);
    listing.dispose();
    assert.ok(list);
    return list;
  }

  function labels(list: vscode.CompletionList): readonly string[] {
    return list.items
      .toSorted((one, other) => ((one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1))
      .map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  const newItem = settings.replace('  pools:', '    - |\n  pools:');

  it('offer a connection for each identity, the one used last first', async () => {
    await rememberIdentity(fake.globalState, second.identity.clientId, 1_000);
    assert.deepEqual(labels(await listAt(newItem)).slice(0, 2), ['Azure: id-second', 'Azure: id-first']);
  });

  it('offer an identity once, though two accounts see it', async () => {
    fake.known = [first, identity('id-first', first.identity.clientId, { id: 'bob', label: 'bob@example.com' })];
    assert.equal(labels(await listAt(newItem)).filter((label) => label.includes('id-first')).length, 1);
  });

  it('offer nothing where a connection does not fit', async () => {
    assert.deepEqual(labels(await listAt(settings.replace('small', 'small\n    - |'))), []);
    await folder.remove();
    assert.deepEqual(labels(await listAt(settings.replace('# keep', '# keep |'))), []);
  });

  it('offer nothing once VS Code has cancelled', async () => {
    const { editor, position } = await open(newItem);
    const listing = new IdentityListing(fake.services());
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    assert.equal(new ConnectionCompletions(fake.services(), listing).provideCompletionItems(editor.document, position, source.token), undefined);
    assert.equal(fake.listings, 0);
    listing.dispose();
  });

  describe('registered in VS Code', () => {
    let context: Pick<vscode.ExtensionContext, 'subscriptions'>;

    beforeEach(() => {
      context = { subscriptions: [] };
      new LanguageContribution(fake.services()).register(context as vscode.ExtensionContext);
    });

    afterEach(() => {
      vscode.Disposable.from(...context.subscriptions).dispose();
    });

    async function offeredFor(uri: vscode.Uri, position: vscode.Position): Promise<vscode.CompletionItem | undefined> {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, position);
      return list.items.find(({ label }) => typeof label === 'object' && label.label === 'Azure: id-first');
    }

    for (const [kind, text, lineEnd] of [
      ['behind a dash', newItem, '\n'],
      ['with CRLF', newItem.replaceAll('\n', '\r\n'), '\r\n'],
      ['on an empty line where a dash could stand', newItem.replace('    - |', '    |'), '\n'],
    ] as const) {
      it(`insert a whole connection ${kind}, with tab stops for its id and subscription`, async () => {
        const { editor, position } = await open(text);
        const item = await offeredFor(editor.document.uri, position);
        assert.ok(item?.insertText instanceof vscode.SnippetString);
        assert.ok(item.range instanceof vscode.Range);

        await editor.insertSnippet(item.insertText, item.range, { undoStopBefore: true, undoStopAfter: true, keepWhitespace: item.keepWhitespace ?? false });

        const entry = ['    - conn_id: azure_wi', '      conn_type: azure', `      conn_extra: '${extra}'`].join(lineEnd);
        assert.equal(editor.document.getText(), text.replace(/ {4}(- )?\|/, entry));
        assert.equal(editor.document.getText(editor.selection), 'azure_wi');
        await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
        assert.equal(editor.document.getText(editor.selection), subscriptionId);
      });
    }

    it('whatever language VS Code takes the file for', async () => {
      const { editor, position } = await open(newItem);
      await vscode.languages.setTextDocumentLanguage(editor.document, 'plaintext');
      assert.ok(await offeredFor(editor.document.uri, position));
    });

    it('but not in other YAML files', async () => {
      const { editor, position } = await open(newItem, 'other.yaml');
      assert.equal(await offeredFor(editor.document.uri, position), undefined);
    });
  });

  describe('list identities by themselves', () => {
    let listing: IdentityListing;

    beforeEach(async () => {
      folder = await ProjectFolder.create();
      listing = new IdentityListing(fake.services());
    });

    afterEach(() => {
      listing.dispose();
    });

    async function settled(): Promise<void> {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }

    it('once, however often they are asked for', async () => {
      listing.start();
      listing.start();
      assert.equal(listing.isRunning, true);
      await settled();
      listing.start();
      await settled();
      assert.equal(fake.listings, 1);
      assert.equal(listing.isRunning, false);
    });

    it('again with other accounts', async () => {
      listing.start();
      await settled();
      fake.signInChange.fire();
      listing.start();
      await settled();
      assert.equal(fake.listings, 2);
    });

    it('not when nobody is signed in', async () => {
      fake.accounts = [];
      listing.start();
      await settled();
      assert.equal(fake.listings, 0);
    });

    it('without a message when that fails; the log has it', async () => {
      fake.answer = () => Promise.reject(new AirflowIdentityError('network', 'No connection.'));
      listing.start();
      await settled();
      assert.deepEqual(fake.failures, ['listing identities for completions failed: network: No connection.']);
    });
  });
});

describe('Identities used recently', () => {
  it('are remembered latest first, each once', async () => {
    const state = new Memory();
    await rememberIdentity(state, 'a', 1);
    await rememberIdentity(state, 'b', 2);
    await rememberIdentity(state, 'a', 3);
    assert.deepEqual(recentIdentities(state), [{ clientId: 'a', at: 3 }, { clientId: 'b', at: 2 }]);
  });

  it('are none where something else was stored', async () => {
    const state = new Memory();
    await state.update('recentIdentities', { a: 1 });
    assert.deepEqual(recentIdentities(state), []);
  });
});
