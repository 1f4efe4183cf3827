import { parse } from 'yaml';

/** The value of a YAML text with its anchors and merge keys followed; `undefined` where it is none. */
export function readYaml(text: string): unknown {
  try {
    const value: unknown = parse(text, { merge: true });
    return value;
  } catch {
    return undefined;
  }
}
