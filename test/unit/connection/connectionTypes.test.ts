import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { connectionFindings } from '../../../src/connection/connectionFindings.ts';
import { connectionTypeOf, connectionTypes } from '../../../src/connection/types/connectionTypes.ts';
import { secretOnlyTypes } from '../../../src/connection/types/secretOnlyTypes.ts';
import { identityKeys } from '../../../src/connection/identityKeys.ts';
import { airflowConnection, connectionProblems } from '../../../src/connection/writeConnection.ts';
import { asHeld, identityRules, providerRules } from './providerRules.ts';
import { harmlessCases, secretCases } from './signInCases.ts';

const clientId = '11111111-1111-1111-1111-111111111111';
const tenantId = '22222222-2222-2222-2222-222222222222';

/** The values of a type's fields that a held connection was written from. */
function valuesOf({ type, host, login, schema, extra }: AirflowConnection): Record<string, string> {
  const at = { host, login, schema };
  return Object.fromEntries((connectionTypeOf(type)?.fields ?? []).flatMap(({ id, place }) => {
    const value = place === 'extra' ? extra[id] : at[place];
    return typeof value === 'string' ? [[id, value]] : [];
  }));
}

const codes = (connection: AirflowConnection): readonly string[] => connectionFindings(connection).map(({ code, part }) => `${code} ${part}`);

describe('the catalogue of connection types', () => {
  it('has every type of the provider that can sign in with an identity, and says of the others why not', () => {
    assert.deepEqual(connectionTypes().map(({ id }) => id).sort(), identityRules.map(({ connectionType }) => connectionType).sort());
    assert.deepEqual(
      secretOnlyTypes().map(({ id }) => id).sort(),
      providerRules.filter(({ workloadIdentity }) => !workloadIdentity).map(({ connectionType }) => connectionType).sort(),
    );
  });

  for (const rule of identityRules) {
    const { connectionType, minimal } = rule;
    const held = asHeld(connectionType, minimal);

    describe(connectionType, () => {
      it('is called, read and installed as the provider says', () => {
        const type = connectionTypeOf(connectionType);
        assert.deepEqual(
          [type?.title, type?.hook, type?.defaultConnectionId, type?.minimumProvider],
          [rule.label, rule.hook, rule.defaultConnId, rule.minProviderVersion?.version],
        );
      });

      it('is written as the smallest connection that the hook signs in with', () => {
        const written = airflowConnection({ connectionId: 'azure_wi', type: connectionType, clientId, tenantId, values: valuesOf(held) });
        assert.deepEqual(written, held);
        assert.deepEqual(connectionFindings(written), []);
      });

      it('is refused, and found wanting in a file, without what the hook fails without', () => {
        for (const [part, outcome] of Object.entries(rule.whenAbsent ?? {})) {
          const key = part.replace(/^extra\./, '');
          if (Object.values<string>(identityKeys).includes(key)) {
            continue;
          }
          const field = connectionTypeOf(connectionType)?.fields.find(({ id }) => id === key);
          assert.ok(field, `${part} is no field: ${outcome}`);
          const { [key]: _, ...extra } = held.extra;
          const without: AirflowConnection = part === key ? { ...held, [key]: undefined } : { ...held, extra };
          if (field.need !== 'optional') {
            assert.match(codes(without).join(), new RegExp(`(?:missing-field|empty-schema) ${part}`), outcome);
          }
          if (field.need !== 'optional' && field.fixed === undefined) {
            const { [key]: __, ...values } = valuesOf(held);
            assert.ok(connectionProblems({ connectionId: 'azure_wi', type: connectionType, clientId, tenantId, values })[key], outcome);
          }
        }
      });

      it('with one key of the identity alone is found to use neither', () => {
        for (const key of Object.values(identityKeys)) {
          for (const value of ['', null, undefined]) {
            assert.ok(codes({ ...held, extra: { ...held.extra, [key]: value } }).some((code) => code.startsWith('half-identity')));
          }
        }
      });
    });
  }

  for (const { connectionType, alternatives } of identityRules.filter((rule) => rule.alternatives !== undefined)) {
    it(`takes the other ways that ${connectionType} can be written`, () => {
      for (const alternative of alternatives ?? []) {
        const held = asHeld(connectionType, alternative);
        assert.deepEqual(airflowConnection({ connectionId: 'azure_wi', type: connectionType, clientId, tenantId, values: valuesOf(held) }), held);
        assert.deepEqual(connectionFindings(held), []);
      }
    });
  }
});

describe('secrets that win over the identity', () => {
  for (const { title, connection } of secretCases) {
    it(title, () => {
      assert.ok(codes(connection).some((code) => code.startsWith('secret-wins')));
    });
  }

  for (const { title, connection } of harmlessCases) {
    it(`do not stand in ${title}`, () => {
      assert.deepEqual(codes(connection), []);
    });
  }
});

describe('keys that look right', () => {
  const traps: readonly (readonly [type: string, right: string, wrong: string])[] = [
    ['azure', 'subscriptionId', 'subscription_id'],
    ['azure_data_factory', 'subscriptionId', 'subscription_id'],
    ['azure_synapse', 'subscriptionId', 'subscription_id'],
    ['azure_compute', 'subscriptionId', 'subscription_id'],
    ['azure_container_instance', 'subscriptionId', 'subscription_id'],
    ['azure_cosmos', 'subscription_id', 'subscriptionId'],
    ['azure_cosmos', 'resource_group_name', 'resource_group'],
    ['azure_container_registry', 'resource_group', 'resource_group_name'],
    ['azure_container_volume', 'subscription_id', 'subscriptionId'],
  ];
  for (const [type, right, wrong] of traps) {
    it(`${type} reads ${right}, not ${wrong}, and is told once`, () => {
      const rule = identityRules.find(({ connectionType }) => connectionType === type);
      const { [right]: value = 'x', ...extra } = rule?.minimal.extra ?? {};
      const findings = connectionFindings(asHeld(type, { ...rule?.minimal, extra: { ...extra, [wrong]: value } }));
      assert.deepEqual(findings.map(({ code, fix }) => ({ code, fix })), [{ code: 'misspelt-key', fix: { kind: 'rename', part: `extra.${wrong}`, to: right } }]);
    });
  }
});

describe('addresses', () => {
  const problems = (type: string, values: Record<string, string>): readonly string[] =>
    Object.keys(connectionProblems({ connectionId: 'azure_wi', type, clientId, tenantId, values }));
  it('are refused where the hook would ask another host, or send no token', () => {
    const subscription = { subscription_id: '33333333-3333-3333-3333-333333333333', resource_group: 'rg' };
    assert.deepEqual(problems('wasb', { host: 'http://a.blob.core.windows.net' }), ['host']);
    assert.deepEqual(problems('wasb', { host: 'account' }), ['host']);
    assert.deepEqual(problems('wasb', { login: 'a.blob.core.windows.net' }), ['login']);
    assert.deepEqual(problems('adls', { host: 'https://a.dfs.core.windows.net' }), ['host']);
    assert.deepEqual(problems('adls', { host: 'a.dfs.core.windows.net' }), ['host']);
    assert.deepEqual(problems('azure_fileshare', { login: 'a.file.core.windows.net' }), ['login']);
    assert.deepEqual(problems('azure_fileshare', { login: 'http://a.file.core.windows.net' }), ['login']);
    assert.deepEqual(problems('azure_batch', { account_url: 'a.batch.azure.com' }), ['account_url']);
    assert.deepEqual(problems('azure_data_explorer', { host: 'c.kusto.windows.net' }), ['host']);
    assert.deepEqual(problems('azure_service_bus', { fully_qualified_namespace: 'sb://n.servicebus.windows.net' }), ['fully_qualified_namespace']);
    assert.deepEqual(problems('azure_container_registry', { host: 'https://r.azurecr.io', login: 'r', ...subscription }), ['host']);
    assert.deepEqual(problems('wasb', { host: ' https://a.blob.core.windows.net' }), ['host']);
  });

  it('are taken in every form that reaches the account', () => {
    for (const host of ['https://a.blob.core.windows.net', 'a.blob.core.windows.net', 'https://a.blob.core.chinacloudapi.cn/']) {
      assert.deepEqual(problems('wasb', { host }), []);
    }
    assert.deepEqual(problems('azure_fileshare', { login: 'https://a.file.core.windows.net' }), []);
  });
});
