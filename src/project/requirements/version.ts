/** A release such as 8.2.0, as its numbers. Pre-releases and local parts are left out: they do not decide anything here. */
export type Release = readonly number[];

/** Reads the release of a version text (PEP 440), or `undefined` when it does not start with one. */
function readRelease(text: string): Release | undefined {
  const match = /^\s*v?(?:\d+!)?(\d+(?:\.\d+)*)/.exec(text);
  return match?.[1]?.split('.').map(Number);
}

/** Negative, zero or positive, as `a` is older than, equal to or newer than `b`; missing parts count as 0. */
function compareReleases(a: Release, b: Release): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/**
 * True when version specifiers such as `>=8.0,<9` (PEP 440) allow `minimum` or anything newer. Specifiers that cannot be
 * read are taken to allow it: saying nothing is better than a wrong alarm.
 */
export function allowsFrom(specifiers: string, minimum: Release): boolean {
  const clauses = specifiers.split(',').map((clause) => clause.trim()).filter((clause) => clause !== '');
  const named = clauses.flatMap((clause) => {
    const release = readRelease(clause.replace(/^[=<>!~]+/, ''));
    return release === undefined ? [] : [release, [...release, 1]];
  });
  // Between two named versions every version is allowed or none, so their neighbours stand for all.
  const candidates = [minimum, [...minimum, 1], ...named, [99_999]].filter((release) => compareReleases(release, minimum) >= 0);
  return candidates.some((release) => clauses.every((clause) => matchesClause(clause, release)));
}

function matchesClause(clause: string, release: Release): boolean {
  const [, operator = '', text = ''] = /^([=<>!~]*)\s*(.*)$/.exec(clause) ?? [];
  const wanted = readRelease(text);
  if (wanted === undefined) {
    return true;
  }
  const difference = compareReleases(release, wanted);
  const isPrefix = /\.\*\s*$/.test(text);
  switch (operator) {
    case '==':
    case '===':
      return isPrefix ? startsWith(release, wanted) : difference === 0;
    case '!=':
      return isPrefix ? !startsWith(release, wanted) : difference !== 0;
    case '>=':
      return difference >= 0;
    case '>':
      return difference > 0;
    case '<=':
      return difference <= 0;
    case '<':
      return difference < 0;
    case '~=':
      return difference >= 0 && startsWith(release, wanted.slice(0, -1));
    default:
      return true;
  }
}

function startsWith(release: Release, prefix: Release): boolean {
  return prefix.every((part, index) => (release[index] ?? 0) === part);
}
