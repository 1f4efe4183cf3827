/** The `extra` of a connection as JSON on one line. */
export function extraText(extra: Readonly<Record<string, unknown>>): string {
  return oneLine(JSON.stringify(extra));
}

/**
 * JSON in which nothing ends a line for any reader: YAML 1.1 readers, Astro's among them, take these characters for line
 * breaks or refuse them (yaml.org/spec/1.1, section 5.4); U+FFFD is what editors show for bytes they cannot read.
 */
export function oneLine(json: string): string {
  return json.replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFD-\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What `extra` holds: nothing, an object, or text that is none, which Airflow refuses or drops. */
export function parsedExtra(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True for an object with keys: no list, not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
