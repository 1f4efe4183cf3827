import { connectionVariable } from '../connectionEnvironment.ts';
import { connectionJson } from '../connectionJson.ts';
import type { PresetSettings } from '../preset.ts';

/** Settings as lines of `NAME=value`, for whatever takes environment variables: the value is all that stands behind the first `=`. */
export function settingsText({ connection, variables }: PresetSettings): string {
  const own = connection === undefined ? [] : [{ name: connectionVariable(connection.connectionId), value: connectionJson(connection) }];
  return [...own, ...variables].map(({ name, value }) => `${name}=${value}\n`).join('');
}
