import * as vscode from 'vscode';
import { isGuid } from '../../connection/guid.ts';
import { identityIn } from '../../connection/identityKeys.ts';
import type { KnownIdentity, Services } from '../services.ts';
import { readSetting } from '../settings.ts';
import { Lookout } from '../trust/lookout.ts';
import type { NamedIdentities } from '../trust/namedIdentities.ts';
import type { ConnectionDiagnostics } from './connectionDiagnostics.ts';
import { rangeIn } from './connectionDiagnostics.ts';

/** More connections than this get no lines above them: nobody reads them, and each identity costs a request. */
const mostIdentities = 25;

/** An identity may trust many deployments, and the editor cuts a line that is too long at its end, where the action stands. */
const mostNamed = 2;

/** Lines above connections: the identity, what it trusts, what is missing, and giving it access. */
export class IdentityLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #named: NamedIdentities;
  readonly #diagnostics: ConnectionDiagnostics;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** By document. */
  readonly #lookouts = new Map<string, Lookout>();

  readonly onDidChangeCodeLenses: vscode.Event<void> = this.#changes.event;

  constructor({ named, identities, deployments, signIn }: Pick<Services, 'named' | 'identities' | 'deployments' | 'signIn'>, diagnostics: ConnectionDiagnostics) {
    this.#named = named;
    this.#diagnostics = diagnostics;
    const changed = (): void => { this.#changes.fire(); };
    this.#subscription = vscode.Disposable.from(
      identities.onDidChange(changed),
      deployments.onDidChangeKnown(changed),
      signIn.onDidChange(changed),
      vscode.window.onDidChangeVisibleTextEditors((editors) => { this.#keepLookouts(editors); }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('airflowIdentity.codeLens')) {
          changed();
        }
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#keepLookouts([]);
    this.#changes.dispose();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const found = readSetting('airflowIdentity.codeLens', document.uri) ? await this.#diagnostics.of(document) : undefined;
    const named = (found?.connections ?? []).flatMap(({ connection, entry }) => {
      const clientId = identityIn(connection)?.clientId;
      return clientId !== undefined && isGuid(clientId) ? [{ clientId, range: rangeIn(document, { offset: entry.offset, length: 0 }) }] : [];
    });
    const shown = new Set([...new Set(named.map(({ clientId }) => clientId.toLowerCase()))].slice(0, mostIdentities));
    this.#look(document, [...shown].flatMap((clientId) => this.#named.identityOf(clientId) ?? []));
    return named.filter(({ clientId }) => shown.has(clientId.toLowerCase())).flatMap(({ clientId, range }) => this.#commands(clientId).map((command) => new vscode.CodeLens(range, command)));
  }

  /** What is read fires its own event. */
  #look({ uri }: vscode.TextDocument, named: readonly KnownIdentity[]): void {
    const lookout = this.#lookouts.get(uri.toString()) ?? new Lookout();
    this.#lookouts.set(uri.toString(), lookout);
    void lookout.begin((signal) => this.#named.read(named, { signal, retries: 'nothing' }));
  }

  /** Nobody looks at a file that no editor shows. */
  #keepLookouts(editors: readonly vscode.TextEditor[]): void {
    const shown = new Set(editors.map(({ document }) => document.uri.toString()));
    for (const [key, lookout] of this.#lookouts) {
      if (!shown.has(key)) {
        lookout.end();
        this.#lookouts.delete(key);
      }
    }
  }

  #commands(clientId: string): readonly vscode.Command[] {
    const known = this.#named.identityOf(clientId);
    if (known === undefined) {
      return [];
    }
    const { identity } = known;
    const trust = this.#named.trustOf(known);
    const whole = (trust ?? []).filter(({ missing }) => missing.length === 0).map(({ deployment }) => deployment.name);
    const halves = (trust ?? []).filter(({ missing }) => missing.length > 0);
    const openPage = { tooltip: vscode.l10n.t('Open the page of {0}', identity.name), command: 'airflowIdentity.openIdentity', arguments: [{ identity }] };
    return [
      { title: `$(key) ${identity.name}`, tooltip: vscode.l10n.t('Show in the Identities view'), command: 'airflowIdentity.revealIdentity', arguments: [{ identity }] },
      ...(trust === undefined
        ? []
        : trust.length === 0
          ? [{ title: `$(warning) ${vscode.l10n.t('trusts no deployment')}`, tooltip: vscode.l10n.t('Connect a deployment'), command: 'airflowIdentity.connect', arguments: [{ identity }] }]
          : whole.length === 0 ? [] : [{ title: `$(shield) ${vscode.l10n.t('trusts {0}', named(whole))}`, ...openPage }]),
      ...halves.slice(0, mostNamed).map(({ deployment, missing, workloads }) => ({
        title: `$(warning) ${vscode.l10n.t('{0}: {1} of {2} missing', deployment.name, missing.length, workloads)}`,
        tooltip: vscode.l10n.t('Not trusted: {0}. Press to repair.', missing.join(', ')), command: 'airflowIdentity.repairTrust', arguments: [{ identity, deployment }],
      })),
      ...(halves.length > mostNamed ? [{ title: vscode.l10n.t('{0} more', halves.length - mostNamed), ...openPage }] : []),
      { title: vscode.l10n.t('Give access'), tooltip: vscode.l10n.t('Give {0} a role in Azure', identity.name), command: 'airflowIdentity.giveAccess', arguments: [{ identity }] },
    ];
  }
}

function named(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return rest > 0 ? vscode.l10n.t('{0} and {1} more', names.slice(0, mostNamed).join(', '), rest) : names.join(', ');
}
