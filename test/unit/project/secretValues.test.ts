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
    ['is_secret: false', 'is_secret: false'],
    ['secretName: connections', 'secretName: connections'],
    ['{"key_path":"/k","is_secret":"no"}', '{"key_path":"/k","is_secret":"no"}'],
  ] as const) {
    it(text, () => {
      assert.equal(maskedValue(text), masked);
    });
  }
});
