/** An anchor or an alias of YAML: what stands in one place means something in another. What looks like one in a string counts as well. */
export interface YamlMark {
  readonly offset: number;
  readonly isAnchor: boolean;
  readonly name: string;
}

/** Parts of a text, one behind the other, which share anchors. */
export interface SharedParts {
  /** Those that repeat what has changed, or what repeats it. */
  readonly users: readonly number[];
  /** Those that hold what is repeated in the one that has changed, in the users and in the neighbours. */
  readonly sources: readonly number[];
}

const mark = /(?<=^|[\s:,[{-])([&*])([^\s,[\]{}]+)/gm;

/** Blanks, comments, tags and the signs before an entry. */
const nothing = /^(?:[\s?:-]|#.*|!\S*)*$/;

/** The anchors and aliases of a text, in their order. */
export function marksIn(text: string, by = 0): readonly YamlMark[] {
  return /[&*]/.test(text) ? Array.from(text.matchAll(mark), ({ index, 1: sign, 2: name = '' }) => ({ offset: index + by, isAnchor: sign === '&', name })) : [];
}

/** True where an anchor stands at the end of a part, so that it is on what follows. */
export function reachesOn(text: string, marks: readonly YamlMark[], bounds: readonly number[]): boolean {
  const placed = placedMarks(marks, bounds);
  return placed.some(({ offset, isAnchor, name, part }, index) =>
    isAnchor && placed[index + 1]?.part !== part && part < bounds.length - 1 && nothing.test(text.slice(offset + 1 + name.length, bounds[part + 1])));
}

/**
 * The parts that share anchors with the one that has changed. `undefined` where an anchor stands twice, so that it depends on the
 * order what an alias means.
 * @param marks before the change
 * @param bounds starts of the parts, ascending; the last is where the last part ends
 * @param changed the part, with what stands in it now
 * @param neighbours parts that are read with it
 */
export function sharedParts(marks: readonly YamlMark[], bounds: readonly number[], changed: { readonly part: number; readonly marks: readonly YamlMark[] }, neighbours: readonly number[]): SharedParts | undefined {
  if (marks.length === 0 && changed.marks.length === 0) {
    return { users: [], sources: [] };
  }
  const placed = placedMarks(marks, bounds);
  const others = placed.filter(({ part }) => part !== changed.part);
  const count = bounds.length - 1;
  const touched = new Set([...placed.filter(({ part }) => part === changed.part), ...changed.marks].filter(({ isAnchor }) => isAnchor).map(({ name }) => name));
  const aliases = Map.groupBy(others.filter(({ isAnchor }) => !isAnchor), ({ part }) => part);
  const anchors = Map.groupBy([...others, ...changed.marks.map((one) => ({ ...one, part: changed.part }))].filter(({ isAnchor }) => isAnchor), ({ name }) => name);
  const users = new Set<number>();
  // What repeats it may itself be repeated. A set goes on over what is added meanwhile.
  for (const name of touched) {
    for (const { part } of others.filter((one) => !one.isAnchor && one.name === name && one.part >= 0 && one.part < count)) {
      users.add(part);
      others.filter((one) => one.isAnchor && one.part === part).forEach((one) => touched.add(one.name));
    }
  }
  const sources = new Set<number>();
  const wanted = new Set(changed.marks.filter(({ isAnchor }) => !isAnchor).map(({ name }) => name));
  for (const part of [...users, ...neighbours]) {
    aliases.get(part)?.forEach(({ name }) => wanted.add(name));
  }
  for (const name of wanted) {
    const [source, ...further] = anchors.get(name) ?? [];
    if (further.length > 0) {
      return undefined;
    }
    if (source !== undefined && source.part >= 0 && source.part < count && source.part !== changed.part) {
      sources.add(source.part);
      aliases.get(source.part)?.forEach((alias) => wanted.add(alias.name));
    }
  }
  return { users: [...users], sources: [...sources] };
}

/** With the part that each stands in; -1 above the first. */
function placedMarks(marks: readonly YamlMark[], bounds: readonly number[]): readonly (YamlMark & { readonly part: number })[] {
  let part = -1;
  return marks.map((one) => {
    while ((bounds[part + 1] ?? Number.POSITIVE_INFINITY) <= one.offset) {
      part += 1;
    }
    return { ...one, part };
  });
}
