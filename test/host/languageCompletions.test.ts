import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../src/errors.ts';
import { ConnectionCompletions } from '../../src/vscode/language/connectionCompletions.ts';
import { IdentityListing } from '../../src/vscode/language/identityListing.ts';
import { recentIdentities, rememberIdentity } from '../../src/vscode/project/recentIdentities.ts';
import { FakeServices, first, identity, Memory, second, subscriptionId } from './languageServices.ts';
import { extra, ProjectFolder, settings } from './projectFolder.ts';

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
    assert.equal(labels(await listAt(newItem)).filter((label) => label === 'Azure: id-first').length, 1);
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
      fake.register(context);
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
