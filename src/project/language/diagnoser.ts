import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { FormatFinding, FormatRefusal, FoundConnection, ProjectFormat, TextRange } from '../projectFormat.ts';
import { lineEnd } from '../textLines.ts';
import { ContentReader } from './contentReader.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Knowledge } from './knowledge.ts';
import { noKnowledge } from './knowledge.ts';
import { KnowledgeFindings } from './knowledgeFindings.ts';
import { unmoved } from './movedConnection.ts';
import { ownFindings } from './ownFindings.ts';
import type { PartFinding } from './partFinding.ts';
import { mergedFindings } from './partFinding.ts';
import { providerFinding } from './providerFindings.ts';

/** What a file holds and what is wrong with it. */
export interface DiagnosedFile {
  readonly connections: readonly FoundConnection[];
  /** In the order of their places. */
  readonly diagnoses: readonly Diagnosis[];
}

/** Diagnoses one file again and again, while somebody types in it and more gets known. */
export class Diagnoser {
  readonly #format: ProjectFormat;
  readonly #reader: ContentReader;
  #knowledge: Knowledge = noKnowledge;
  #known = new KnowledgeFindings(noKnowledge);
  #found = new WeakMap<AirflowConnection, readonly PartFinding[]>();
  #placed = new WeakMap<FoundConnection, readonly Diagnosis[]>();

  constructor(format: ProjectFormat) {
    this.#format = format;
    this.#reader = new ContentReader(format);
  }

  /** Everything that is wrong with the file's connections and with the file itself. Never throws. */
  diagnose(text: string, knowledge: Knowledge): DiagnosedFile {
    if (knowledge !== this.#knowledge) {
      this.#knowledge = knowledge;
      this.#known = new KnowledgeFindings(knowledge);
      this.#found = new WeakMap();
      this.#placed = new WeakMap();
    }
    const content = this.#reader.read(text);
    if ('kind' in content) {
      return { connections: [], diagnoses: [refusalDiagnosis(text, content)] };
    }
    const { connections, findings } = content;
    const provider = providerFinding(connections.map(({ connection }) => connection), knowledge);
    const diagnoses = [
      ...findings.map((finding) => formatDiagnosis(finding, connections)),
      ...connections.flatMap((found) => this.#diagnosesOf(found, text)),
      ...(provider === undefined ? [] : connections.filter(({ connection }) => connection === provider.connection).map((found) => partDiagnosis(provider.finding, found))),
    ];
    return { connections, diagnoses: diagnoses.sort((a, b) => a.range.offset - b.range.offset) };
  }

  #diagnosesOf(connection: FoundConnection, text: string): readonly Diagnosis[] {
    const { found, by } = unmoved(connection);
    const placed = this.#placed.get(found) ?? this.#findingsOf(found.connection).map((finding) => partDiagnosis(this.#mendable(finding, text), found));
    this.#placed.set(found, placed);
    return by === 0 ? placed : placed.map((diagnosis) => ({ ...diagnosis, range: { offset: diagnosis.range.offset + by, length: diagnosis.range.length } }));
  }

  /** What the format has no way to say is not offered as a fix: the way out is told instead. */
  #mendable(finding: PartFinding, text: string): PartFinding {
    const [fix] = finding.code === 'empty-schema' ? finding.fixes : [];
    const plan = fix?.kind === 'connection' ? this.#format.planConnection(text, fix.wanted, fix.without) : undefined;
    return plan?.kind === 'refused' ? { ...finding, message: `${plan.message} ${plan.fix}`, fixes: [] } : finding;
  }

  #findingsOf(connection: AirflowConnection): readonly PartFinding[] {
    const found = this.#found.get(connection) ?? mergedFindings([...ownFindings(connection), ...this.#known.of(connection)]);
    this.#found.set(connection, found);
    return found;
  }
}

function partDiagnosis({ part, ...finding }: PartFinding, { connection, entry, places }: FoundConnection): Diagnosis {
  const range = places[part] ?? (part.startsWith('extra.') ? places['extra'] : undefined) ?? places['connectionId'] ?? entry;
  return { ...finding, range, connectionId: connection.connectionId };
}

function formatDiagnosis(finding: FormatFinding, connections: readonly FoundConnection[]): Diagnosis {
  const found = connectionAt(connections, finding.range.offset);
  return {
    ...finding,
    connectionId: found?.connection.connectionId,
    fixes: finding.fixes.map((fix) => ({ ...fix, kind: 'edits', isSafe: true })),
  };
}

function refusalDiagnosis(text: string, { message, fix, line = 1 }: FormatRefusal): Diagnosis {
  return { code: 'file-unreadable', severity: 'error', range: rangeOfLine(text, line), message: `${message} ${fix}`, connectionId: undefined, fixes: [] };
}

function rangeOfLine(text: string, line: number): TextRange {
  let offset = 0;
  for (let count = 1; count < line && offset < text.length; count += 1) {
    offset = lineEnd(text, offset);
  }
  return { offset, length: text.slice(offset, lineEnd(text, offset)).trimEnd().length };
}

/** The connection whose entry holds a place, by halving. */
function connectionAt(connections: readonly FoundConnection[], offset: number): FoundConnection | undefined {
  let [low, high] = [0, connections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((connections[middle]?.entry.offset ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found = connections[low - 1];
  return found !== undefined && offset < found.entry.offset + found.entry.length ? found : undefined;
}
