import { markLength } from '../textLines.ts';

/** One requirement of a `requirements.txt`, with places as offsets into its text. */
export interface RequirementLine {
  readonly offset: number;
  /** Normalised: lower case, dashes (PEP 503). */
  readonly name: string;
  /** Normalised like names (PEP 685). */
  readonly extras: readonly string[];
  /** Version specifiers, such as `==8.1.0`; empty without any. */
  readonly specifiers: string;
  readonly specifiersStart: number;
  readonly specifiersEnd: number;
  /** Installed from an address or a file instead of by version. */
  readonly url: string | undefined;
  readonly hasHashes: boolean;
}

/** What a `requirements.txt` holds. */
export interface RequirementsText {
  readonly requirements: readonly RequirementLine[];
  /** Files named by `-r`; what they hold is not known here. */
  readonly included: readonly string[];
  /** Start of the last line when it goes on behind the end of the file (a backslash), so that nothing can follow it. */
  readonly openLine: number | undefined;
}

/** Reads the requirements file format of pip (pip.pypa.io/en/stable/reference/requirements-file-format). Never throws. */
export function readRequirements(text: string): RequirementsText {
  // A continuation becomes blanks of the same length, so that every offset stays true.
  const joined = text.replace(/\\\r?\n/g, (mark) => ' '.repeat(mark.length));
  const requirements: RequirementLine[] = [];
  const included: string[] = [];
  let openLine: number | undefined;
  let offset = markLength(text);
  while (offset < joined.length) {
    const lineBreak = joined.indexOf('\n', offset);
    const end = lineBreak === -1 ? joined.length : lineBreak;
    const line = joined.slice(offset, end);
    if (lineBreak === -1 && (/\\\s*$/.test(line) || /\\\r?\n[ \t]*$/.test(text))) {
      openLine = offset;
    }
    const content = line.replace(/(^|\s)#.*$/, '').trimEnd();
    const include = /^\s*(?:-r|--requirement)(?:\s+|=)?(\S+)/.exec(content);
    if (include?.[1] !== undefined) {
      included.push(include[1]);
    } else {
      const requirement = readLine(content, offset);
      if (requirement !== undefined) {
        requirements.push(requirement);
      }
    }
    offset = end + 1;
  }
  return { requirements, included, openLine };
}

/** A project or extra name as the index compares it (PEP 503, PEP 685). */
function normalisedName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

function readLine(content: string, offset: number): RequirementLine | undefined {
  const editable = /^\s*(?:-e|--editable)(?:\s+|=)(\S+)/.exec(content)?.[1];
  const direct = /^\s*[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\]\s*)?@\s*(\S+)/.exec(content)?.[1];
  const path = /^\s*([^\s;]*(?:[/\\]|\.whl)\S*)/.exec(content)?.[1];
  const address = editable ?? (direct === undefined ? path : undefined);
  if (address !== undefined) {
    return fromAddress(address, content, offset);
  }
  const named = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*/.exec(content);
  if (named === null) {
    return undefined;
  }
  const rest = content.slice(named[0].length);
  const specifiers = direct === undefined ? (/^[^;]*?(?=\s*(?:;|\s--|$))/.exec(rest)?.[0] ?? '') : '';
  const specifiersStart = offset + named[0].length;
  return {
    offset: offset + content.search(/\S/),
    name: normalisedName(named[1] ?? ''),
    extras: (named[2] ?? '').split(',').map((extra) => normalisedName(extra.trim())).filter((extra) => extra !== ''),
    specifiers: specifiers.replace(/^\((.*)\)$/, '$1'),
    specifiersStart,
    specifiersEnd: specifiersStart + specifiers.length,
    url: direct,
    hasHashes: /\s--hash[=\s]/.test(content),
  };
}

/** A requirement given as an address or a file: its name is in `#egg=` or in the name of the wheel, if anywhere. */
function fromAddress(address: string, content: string, offset: number): RequirementLine | undefined {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(address)?.[1];
  const wheel = /([A-Za-z0-9_.]+)-(\d[^-/\\]*)-[^/\\]*\.whl/.exec(address);
  const name = egg ?? wheel?.[1];
  return name === undefined ? undefined : {
    offset,
    name: normalisedName(name),
    extras: [],
    specifiers: wheel?.[2] === undefined ? '' : `==${wheel[2]}`,
    specifiersStart: offset,
    specifiersEnd: offset,
    url: address,
    hasHashes: /\s--hash[=\s]/.test(content),
  };
}
