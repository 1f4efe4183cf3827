import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { EnvReader } from './envReaders.ts';
import { withoutVariables } from './envReaders.ts';

type YamlMap = Readonly<Record<string, unknown>>;

/** The connections among the variables of a compose file. */
export const composeConnections: EnvReader = (text) => Object.fromEntries(Object.entries(composeVariables(text)).filter(([name]) => name.startsWith('AIRFLOW_CONN_')));

/**
 * The variables of a compose file that are Airflow's, which every service that runs Airflow has to have in the same way. Variables are replaced in
 * texts after YAML is parsed (compose-spec `12-interpolation.md`).
 */
export const composeVariables: EnvReader = (text) => {
  const { services = {} } = parse(text, { merge: true }) as { readonly services?: Readonly<Record<string, YamlMap>> };
  const [first, ...others] = Object.values(services)
    .filter(({ image }) => typeof image === 'string' && /airflow|astro-runtime/u.test(image))
    .map(({ environment }) => variablesIn(environment));
  for (const other of others) {
    assert.deepEqual(other, first);
  }
  return first ?? {};
};

/** A service's environment is a map, or a list of `NAME=value`. */
function variablesIn(environment: unknown): Readonly<Record<string, string>> {
  const pairs = Array.isArray(environment)
    ? environment.map((item) => /^(?<name>[^=]*)=(?<value>[^]*)$/u.exec(String(item))?.groups).map((groups) => [groups?.['name'] ?? '', groups?.['value']] as const)
    : Object.entries((environment ?? {}) as YamlMap);
  return Object.fromEntries(pairs.flatMap(([name, value]) => (name.startsWith('AIRFLOW_') ? [[name, withoutVariables(String(value))]] : [])));
}

/** The variables that `astro deployment create|update --deployment-file` gives a deployment: as they stand there (astronomer/astro-cli `cloud/deployment/fromfile`). */
export const deploymentVariables: EnvReader = (text) => {
  const { deployment } = parse(text) as { readonly deployment?: { readonly environment_variables?: readonly { readonly key: string; readonly value: string }[] } };
  return Object.fromEntries((deployment?.environment_variables ?? []).map(({ key, value }) => [key, value]));
};
