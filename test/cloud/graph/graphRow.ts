/** One row of a table of Resource Graph. */
export type GraphRow = Readonly<Record<string, unknown>>;

/** A value as KQL compares it with a text: nothing is the empty text, an object its JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
