import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isRecord, parseJson } from '../../cloud/exchange.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { ArmCaller, armToken, prodIdentityPath } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

interface SpecExample {
  readonly parameters: { readonly 'api-version': string; readonly parameters?: unknown };
  readonly responses: Readonly<Record<string, { readonly body: unknown }>>;
}

/** Names of all members of a value, however deep; tags and positions in lists are left out. */
function memberPaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return memberPaths(value[0], `${path}[]`);
  }
  return isRecord(value) ? Object.entries(value).flatMap(([key, member]) => [`${path}.${key}`, ...(key === 'tags' ? [] : memberPaths(member, `${path}.${key}`))]) : [];
}

const prod = prodIdentityPath(sample.identities.airflowProd.name);
const small = { pageSize: { subscriptions: 100, resourceGroups: 100, identities: 1, credentials: 1 }, serviceMs: 0 };

const calls: Readonly<Record<string, (arm: ArmCaller, example: SpecExample) => Promise<ArmReply>>> = {
  '2026-05-31.IdentityCreate': (arm, { parameters }) => arm.call('PUT', prodIdentityPath('id-new'), parameters.parameters, parameters['api-version']),
  '2026-05-31.IdentityListBySubscription': (arm, { parameters }) =>
    arm.call('GET', `/subscriptions/${sample.subscriptions.production}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`, undefined, parameters['api-version']),
  '2026-05-31.FederatedIdentityCredentialCreate': (arm, { parameters }) => arm.call('PUT', `${prod}/federatedIdentityCredentials/ficResourceName`, parameters.parameters, parameters['api-version']),
  '2026-05-31.FederatedIdentityCredentialList': (arm, { parameters }) => arm.call('GET', `${prod}/federatedIdentityCredentials?$top=20`, undefined, parameters['api-version']),
  '2025-05-31-preview.FlexibleFederatedIdentityCredentialCreate': (arm, { parameters }) => arm.call('PUT', `${prod}/federatedIdentityCredentials/ficResourceName`, parameters.parameters, parameters['api-version']),
};

describe("Examples of Azure's API specification", () => {
  for (const [name, call] of Object.entries(calls)) {
    it(`${name}: the answer has the members of the example`, async () => {
      const example = parseJson(readFileSync(new URL(`../../cloud/specExamples/${name}.json`, import.meta.url), 'utf8')) as SpecExample;
      const world = createTestWorld(small);
      const reply = await call(new ArmCaller(world, await armToken(world)), example);
      const expected = example.responses[String(reply.status)] ?? assert.fail(`the example has no ${reply.status}: ${reply.body}`);
      const members = (value: unknown): string[] => [...new Set(memberPaths(value))].toSorted();
      assert.deepEqual(members(reply.json), members(expected.body));
    });
  }
});
