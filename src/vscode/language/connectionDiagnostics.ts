import * as vscode from 'vscode';
import { identityKeys } from '../../connection/identityKeys.ts';
import { toAirflowIdentityError } from '../../errors.ts';
import type { Diagnosis } from '../../project/language/diagnosis.ts';
import type { Diagnoser } from '../../project/language/diagnoser.ts';
import type { FoundConnection, TextRange } from '../../project/projectFormat.ts';
import type { Services } from '../services.ts';
import { readSetting } from '../settings.ts';
import type { FileKnowledge } from './fileKnowledge.ts';
import type { IdentityListing } from './identityListing.ts';
import { isConnectionFile } from './languageFiles.ts';

/** Who the findings are by, as the Problems view shows it. */
export const diagnosticSource = 'Azure Identity';

/** Quiet time before a text that somebody types in is looked at, in ms. */
const debounceMs = 150;

/** What was found in a version of a document. */
export interface DiagnosedDocument {
  readonly version: number;
  readonly connections: readonly FoundConnection[];
  readonly diagnoses: readonly Diagnosis[];
}

interface OpenFile {
  readonly diagnoser: Diagnoser;
  timer: NodeJS.Timeout | undefined;
  last: DiagnosedDocument | undefined;
}

const severities: Readonly<Record<Diagnosis['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Shows what is wrong with the connections of open files, and keeps it for those who offer fixes. */
export class ConnectionDiagnostics implements vscode.Disposable {
  readonly #services: Pick<Services, 'language' | 'log' | 'extensionUri'>;
  readonly #knowledge: FileKnowledge;
  readonly #listing: IdentityListing;
  readonly #collection = vscode.languages.createDiagnosticCollection('airflowIdentity');
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;
  readonly #files = new Map<string, OpenFile>();

  /** Fired with the file that was looked at anew. */
  readonly onDidChange: vscode.Event<vscode.Uri> = this.#changes.event;

  constructor(services: Pick<Services, 'language' | 'log' | 'extensionUri'>, knowledge: FileKnowledge, listing: IdentityListing) {
    this.#services = services;
    this.#knowledge = knowledge;
    this.#listing = listing;
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => { this.#look(document, 0); }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) {
          this.#look(document, debounceMs);
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => { this.#forget(uri); }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('airflowIdentity.disabledDiagnostics')) {
          this.#lookAtAll(0);
        }
      }),
      knowledge.onDidChange(() => { this.#lookAtAll(debounceMs); }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => { editors.forEach(({ document }) => { this.#list(document); }); }),
    );
    this.#lookAtAll(0);
  }

  /** What is found in a document as it is now, by looking where that was not done yet. */
  async of(document: vscode.TextDocument): Promise<DiagnosedDocument | undefined> {
    const file = this.#fileOf(document);
    if (file !== undefined && file.last?.version !== document.version) {
      await this.#diagnose(document, file);
    }
    return file?.last;
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { timer } of this.#files.values()) {
      clearTimeout(timer);
    }
    this.#collection.dispose();
    this.#changes.dispose();
  }

  #lookAtAll(delay: number): void {
    for (const document of vscode.workspace.textDocuments) {
      this.#look(document, delay);
    }
  }

  #look(document: vscode.TextDocument, delay: number): void {
    const file = this.#fileOf(document);
    if (file !== undefined) {
      clearTimeout(file.timer);
      file.timer = setTimeout(() => void this.#diagnose(document, file), delay);
    }
  }

  #fileOf(document: vscode.TextDocument): OpenFile | undefined {
    const key = document.uri.toString();
    const known = this.#files.get(key);
    if (known !== undefined || document.isClosed || !isConnectionFile(document)) {
      return known;
    }
    const language = this.#services.language();
    const format = language.formatOf(document.uri.path);
    const file = format && { diagnoser: new language.Diagnoser(format), timer: undefined, last: undefined };
    if (file !== undefined) {
      this.#files.set(key, file);
    }
    return file;
  }

  #forget(uri: vscode.Uri): void {
    clearTimeout(this.#files.get(uri.toString())?.timer);
    this.#files.delete(uri.toString());
    this.#collection.delete(uri);
  }

  async #diagnose(document: vscode.TextDocument, file: OpenFile): Promise<void> {
    const { uri } = document;
    try {
      const { knowledge, others } = await this.#knowledge.of(uri);
      if (this.#files.get(uri.toString()) !== file) {
        return;
      }
      const text = document.getText();
      const language = this.#services.language();
      const { connections, diagnoses } = file.diagnoser.diagnose(text, knowledge);
      const format = language.formatOf(uri.path);
      const across = format === undefined || others.length === 0
        ? []
        : language.acrossDiagnoses(uri.toString(), [{ uri: uri.toString(), label: format.title, format, connections }, ...others]);
      const disabled = new Set(readSetting('airflowIdentity.disabledDiagnostics', uri));
      file.last = { version: document.version, connections, diagnoses: [...diagnoses, ...across].filter(({ code }) => !disabled.has(code)) };
      this.#collection.set(uri, file.last.diagnoses.map((diagnosis) => this.#diagnosticOf(document, diagnosis)));
      this.#changes.fire(uri);
      this.#list(document, text);
    } catch (error) {
      this.#services.log.failure(`looking at ${uri.path}`, toAirflowIdentityError(error));
    }
  }

  /** Documents outlive their editors for minutes; Azure is asked only for what somebody has before them. */
  #list(document: vscode.TextDocument, text?: string): void {
    const isShown = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
    if (isShown && this.#fileOf(document) !== undefined && (text ?? document.getText()).includes(identityKeys.clientId)) {
      this.#listing.start();
    }
  }

  #diagnosticOf(document: vscode.TextDocument, { code, severity, message, range }: Diagnosis): vscode.Diagnostic {
    const diagnostic = new vscode.Diagnostic(rangeIn(document, range), message, severities[severity]);
    diagnostic.source = diagnosticSource;
    diagnostic.code = { value: code, target: vscode.Uri.joinPath(this.#services.extensionUri, 'docs', 'diagnostics.md').with({ fragment: code }) };
    return diagnostic;
  }
}

/** A part of a document, as VS Code counts. */
export function rangeIn(document: vscode.TextDocument, { offset, length }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
