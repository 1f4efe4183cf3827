import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { connectionTypes } from '../../../../src/connection/types/connectionTypes.ts';
import { identityKeys } from '../../../../src/connection/identityKeys.ts';

const root = new URL('../../../../', import.meta.url);

interface TypeSchema {
  readonly anyOf: readonly [{ readonly enum: readonly string[]; readonly enumDescriptions: readonly string[] }, unknown];
}

interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly ValueSchema[];
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, root), 'utf8')) as unknown;
}

const types = connectionTypes();

describe('The schemas for users of the YAML and JSON extensions', () => {
  it('stand where package.json says', () => {
    const { contributes } = json('package.json') as { readonly contributes: Readonly<Record<'jsonValidation' | 'yamlValidation', readonly { readonly url: string }[]>> };
    for (const { url } of [...contributes.jsonValidation, ...contributes.yamlValidation]) {
      assert.ok(existsSync(new URL(url, root)), url);
    }
  });

  it('name the types of the catalogue', () => {
    const settings = json('schemas/airflowSettings.schema.json') as { readonly properties: { readonly airflow: { readonly properties: { readonly connections: { readonly items: { readonly properties: { readonly conn_type: TypeSchema } } } } } } };
    const [{ enum: ids, enumDescriptions }] = settings.properties.airflow.properties.connections.items.properties.conn_type.anyOf;
    assert.deepEqual(ids, types.map(({ id }) => id));
    assert.deepEqual(enumDescriptions, types.map(({ title, purpose }) => `${title}: ${purpose}`));
  });

  it('take the template of the Astro CLI, which leaves every field empty', () => {
    const settings = json('schemas/airflowSettings.schema.json') as {
      readonly properties: { readonly airflow: { readonly properties: { readonly connections: { readonly items: { readonly properties: Readonly<Record<string, ValueSchema>> } } } } };
    };
    const fields = Object.entries(settings.properties.airflow.properties.connections.items.properties);
    assert.deepEqual(fields.filter(([, field]) => ![field, ...(field.anyOf ?? [])].some(({ type }) => [type].flat().includes('null'))), []);
  });

  it('name every key of extra that a type reads', () => {
    const connections = json('schemas/connections.schema.json') as { readonly additionalProperties: { readonly anyOf: readonly [unknown, { readonly properties: { readonly conn_type: TypeSchema; readonly extra_dejson: { readonly properties: object } } }] } };
    const { conn_type: type, extra_dejson: extra } = connections.additionalProperties.anyOf[1].properties;
    assert.deepEqual(type.anyOf[0].enum, types.map(({ id }) => id));
    const read = types.flatMap(({ fields }) => fields.filter(({ place }) => place === 'extra').map(({ id }) => id));
    assert.deepEqual(new Set(Object.keys(extra.properties)), new Set([...Object.values(identityKeys), ...read]));
  });
});
