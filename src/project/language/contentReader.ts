import type { FileContent, FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { lineEnd } from '../textLines.ts';
import type { Reading } from './changedReading.ts';
import { readChange, standAlone, startsOf } from './changedReading.ts';
import { marksIn, reachesOn } from './yamlMarks.ts';

/** The formats in which files grow long, and in which what stands beside connections does not reach into them. */
const readInParts: ReadonlySet<string> = new Set(['airflowSettings', 'dotEnv', 'connectionsJson', 'connectionsYaml']);

/**
 * Reads one file again and again while somebody types in it. A change inside the lines of one connection is read together
 * with what stands around all connections and with the next connection, which has to come out as it was: then the parser was
 * in the same state behind the change, and all that follows it is only further down. Connections that share a YAML anchor with
 * it come along. Anything else is read whole.
 */
export class ContentReader {
  readonly #format: ProjectFormat;
  #last: Reading | undefined;

  constructor(format: ProjectFormat) {
    this.#format = format;
  }

  /** What `ProjectFormat.read` gives, in less time. Connections that did not change are the same objects as before. */
  read(text: string): FileContent | FormatRefusal {
    const last = this.#last;
    if (last?.text === text) {
      return last.content;
    }
    const changed = last && readChange(this.#format, last, text);
    if (changed !== undefined) {
      // While somebody types, a file may not parse for a while: what it was before is still what to compare with.
      this.#last = 'kind' in changed ? last : changed;
      return 'kind' in changed ? changed : changed.content;
    }
    const content = this.#format.read(text);
    this.#last = 'kind' in content ? last : readingOf(this.#format, text, content);
    return content;
  }
}

/**
 * `undefined` where what stands elsewhere may mean something else as well: several connections on a line, an anchor on the line above
 * its connection, YAML between braces, whose ends the parser puts up with in many places. JSON it does not.
 */
function readingOf({ id }: ProjectFormat, text: string, content: FileContent): Reading | undefined {
  const { connections } = content;
  const last = connections.at(-1);
  if (last === undefined || !readInParts.has(id)) {
    return undefined;
  }
  const bounds = [...startsOf(text, connections), lineEnd(text, last.entry.offset + last.entry.length)];
  const isApart = bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0)) && standAlone(text, connections);
  const isYaml = id === 'airflowSettings' || id === 'connectionsYaml';
  const isBlock = id === 'connectionsJson' || !/[{[]/.test(text.slice(0, bounds[0]).replace(/#.*$/gm, ''));
  const marks = isYaml ? marksIn(text) : [];
  return isApart && isBlock && !reachesOn(text, marks, bounds) ? { text, content, bounds, marks } : undefined;
}
