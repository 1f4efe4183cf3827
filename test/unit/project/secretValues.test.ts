import assert from 'node:assert/strict';
import { maskedValue } from '../../../src/project/secretValues.ts';

describe('maskedValue', () => {
  for (const [text, masked] of [
    ['AIRFLOW_CONN_A={"conn_type":"wasb","password":"a\\"b","extra":{"account_key":"k==","managed_identity_client_id":"1"}}', 'AIRFLOW_CONN_A={"conn_type":"wasb","password":"••••••","extra":{"account_key":"••••••","managed_identity_client_id":"1"}}'],
    ['"extra": "{\\"sas_token\\": \\"?sv=1\\", \\"a\\": \\"b\\"}"', '"extra": "{\\"sas_token\\": \\"••••••\\", \\"a\\": \\"b\\"}"'],
    ['AIRFLOW_CONN_B=postgres://me:hunter2@db:5432/x?sslmode=require', 'AIRFLOW_CONN_B=postgres://me:••••••@db:5432/x?sslmode=require'],
    ['wasb://?account_key=abc&tenant_id=t', 'wasb://?account_key=••••••&tenant_id=t'],
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD=••••••'],
    ["export API_TOKEN='abc'", "export API_TOKEN='••••••'"],
    ['- POSTGRES_PASSWORD=airflow', '- POSTGRES_PASSWORD=••••••'],
    ["CLIENT_SECRET='two words'", "CLIENT_SECRET='••••••'"],
    ['DB_PASSWORD=two words', 'DB_PASSWORD=••••••'],
    ['- "POSTGRES_PASSWORD=two words"', '- "POSTGRES_PASSWORD=••••••"'],
    ['postgres://me:a/b+c==@db/x', 'postgres://me:••••••@db/x'],
    ['postgres://me:a#b@c?d@db/x', 'postgres://me:••••••@db/x'],
    ['{"a":"http://me:hunter2@proxy","b":"x@y"}', '{"a":"http://me:••••••@proxy","b":"x@y"}'],
    ['AIRFLOW_CONN_C=azure://?__extra__=%7B%22client_secret%22%3A%20%22abc%22%7D', 'AIRFLOW_CONN_C=azure://?__extra__=••••••'],
    ['azure://?__extra__=%7B%22managed_identity_client_id%22%3A%221%22%7D', 'azure://?__extra__=%7B%22managed_identity_client_id%22%3A%221%22%7D'],
    ['"schema": "Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=abc="', '"schema": "Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=••••••"'],
    ['azure-service-bus:///Endpoint%3Dsb%3A%2F%2Fx%3BSharedAccessKey%3Dabc', 'azure-service-bus:///••••••'],
    ['https://x.blob.core.windows.net/?sv=2020&sig=abc%3D', 'https://x.blob.core.windows.net/?sv=2020&sig=••••••'],
    ['{"password":12345}', '{"password":••••••}'],
    ['half an encoding: 100%', 'half an encoding: 100%'],
    ['is_secret: false', 'is_secret: false'],
    ['secretName: connections', 'secretName: connections'],
    ['{"key_path":"/k","is_secret":"no"}', '{"key_path":"/k","is_secret":"no"}'],
  ] as const) {
    it(text, () => {
      assert.equal(maskedValue(text), masked);
    });
  }
});
