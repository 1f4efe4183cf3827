import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Standing } from './questions.ts';

/** A variable of a container, as Kubernetes has it. */
interface ContainerVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

/** What a `values.yaml` may say: of the official chart, at the top or below `airflow`, or of the community's. */
interface ChartValues {
  readonly env?: readonly ContainerVariable[];
  readonly secret?: readonly { readonly envName: string; readonly secretName: string; readonly secretKey?: string }[];
  readonly extraEnv?: string | readonly ContainerVariable[] | null;
  readonly extraEnvFrom?: string;
  readonly extraSecrets?: Readonly<Record<string, { readonly data?: string; readonly stringData?: string }>>;
  readonly connections?: readonly Readonly<Record<string, string | number>>[];
}

/**
 * What reaches Airflow of a `values.yaml` with `helm upgrade`: the variables of its containers (apache/airflow `chart/templates/_helpers.yaml`, `custom_airflow_environment`,
 * and `secrets/extra-secrets.yaml`; airflow-helm/charts `templates/_helpers/pods.tpl`), and the connections that the community's chart writes into the database
 * (`templates/sync/_helpers/sync_connections.tpl`). Secrets that others make are not in the file.
 */
export function helmStanding(text: string): Standing {
  const values = parse(text, { merge: true }) as ChartValues & { readonly airflow?: ChartValues };
  const { airflow = {} } = values;
  const variables = { ...chartVariables(values), ...chartVariables(airflow) };
  return airflow.connections === undefined
    ? { place: 'environment', variables }
    : { place: 'restApi', bodies: airflow.connections.map((connection) => syncedBody(connection)), variables };
}

/** In the order in which Kubernetes sets them: whole secrets first, later ones of a name over earlier ones. */
function chartVariables({ env = [], secret = [], extraEnv, extraEnvFrom = '', extraSecrets = {} }: ChartValues): Readonly<Record<string, string>> {
  const secrets = new Map(Object.entries(extraSecrets).map(([name, content]) => [rendered(name), secretContent(content)]));
  const whole = listIn(extraEnvFrom).flatMap(({ secretRef }) => Object.entries(secrets.get(secretRef?.name ?? '') ?? {}));
  const named = [
    ...env,
    ...secret.map(({ envName: name, secretName, secretKey = 'value' }): ContainerVariable => ({ name, valueFrom: { secretKeyRef: { name: secretName, key: secretKey } } })),
    ...(typeof extraEnv === 'string' ? listIn(extraEnv) : (extraEnv ?? [])),
  ].flatMap(({ name, value, valueFrom }) => {
    const reference = valueFrom?.secretKeyRef;
    const found = reference === undefined ? (value === undefined ? undefined : expanded(value)) : secrets.get(reference.name)?.[reference.key];
    return found === undefined ? [] : [[name, found] as const];
  });
  return Object.fromEntries([...whole, ...named]);
}

function secretContent({ data = '', stringData = '' }: { readonly data?: string; readonly stringData?: string }): Readonly<Record<string, string>> {
  return Object.fromEntries([...pairsIn(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()] as const), ...pairsIn(stringData)]);
}

/** A list that stands as a template. */
function listIn(text: string): readonly (ContainerVariable & { readonly secretRef?: { readonly name: string } })[] {
  return (parse(rendered(text)) ?? []) as ReturnType<typeof listIn>;
}

/** Keys and values that stand as a template. */
function pairsIn(text: string): readonly (readonly [string, string])[] {
  return Object.entries((parse(rendered(text)) ?? {}) as Readonly<Record<string, string>>);
}

/** `tpl` on what the tests' files hold: a name of the release or of values, and conditions that are true. Whatever else an action is, fails. */
function rendered(text: string): string {
  const result = text.replace(/^\s*\{\{-? (?:if [^}]*|end) -?\}\}\n/gmu, '').replace(/\{\{ \.(?:Release\.Name|Values\.\w+) \}\}/gu, 'release');
  assert.doesNotMatch(result, /\{\{/u, 'tpl would act upon this');
  return result;
}

/** Kubernetes replaces `$(NAME)` in values and takes two dollars for one (kubernetes `third_party/forked/golang/expansion`). */
function expanded(value: string): string {
  assert.doesNotMatch(value, /\$\(/u);
  return value.replaceAll('$$', '$');
}

/** What is empty is left out; `extra` goes on as the text it is. Names of templates would be replaced where the chart has any. */
function syncedBody({ id, type, host, schema, login, password, port, extra }: Readonly<Record<string, string | number>>): Readonly<Record<string, unknown>> {
  const optional = { host, schema, login, password, port, extra };
  assert.ok(extra === undefined || typeof extra === 'string', 'Go prints a map in its own way');
  return { connection_id: id, conn_type: type, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined && value !== '' && value !== 0)) };
}
