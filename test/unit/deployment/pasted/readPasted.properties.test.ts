import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPasted } from '../../../../src/deployment/pasted/readPasted.ts';

const pieces = [
  'az identity federated-credential create', '--name', '--issuer', '--subject', 'a=(', ')', 'for a in', '; do', 'done', '"${a[@]}"', '$a', '${', '$(', '`',
  '\\\n', '"', '\'', '“', '{', '}', '[', ']', 'resource "azurerm_federated_identity_credential" "x" {', 'for_each = toset(', 'locals {', '= ', ': ',
  'resource x \'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31\' = ', '[for x in y: {', '/*', '//', '#', '\n', ' ',
  'foreach ($a in @(', '$a = ', '`\n', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.x', '{"issuer":', 'x',
];
const broken = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 60 }).map((parts) => parts.join(''));

/** A value as it may stand in a script, without a line break. */
const value = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme-ascii' });
const bash = {
  single: (text: string) => `'${text.replaceAll('\'', String.raw`'\''`)}'`,
  double: (text: string) => `"${text.replaceAll(/[$`"\\]/g, String.raw`\$&`)}"`,
  plain: (text: string) => text.replaceAll(/[^\w]/g, String.raw`\$&`),
};
const powershell = {
  single: (text: string) => `'${text.replaceAll('\'', '\'\'')}'`,
  double: (text: string) => `"${text.replaceAll(/[$`"]/g, '`$&')}"`,
};

describe('any pasted text', () => {
  it('is read to its end, without an error', () => {
    fc.assert(fc.property(fc.oneof(broken, fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
      const { credentials, notUnderstood } = readPasted(text);
      assert.ok(credentials.length <= 500);
      assert.ok(notUnderstood.every(({ line }) => line >= 1));
    }));
  });

  it('in bash, comes to the same however a value is quoted and lines are continued', () => {
    fc.assert(fc.property(value, value, fc.constantFrom(...Object.values(bash)), fc.constantFrom(...Object.values(bash)), fc.constantFrom(' ', ' \\\n  '), (issuer, subject, a, b, gap) => {
      const script = ['az identity federated-credential create', `--issuer ${a(issuer)}`, `--subject ${b(subject)}`].join(gap);
      const [credential] = readPasted(script).credentials;
      assert.deepEqual([credential?.issuer, credential?.subject], [issuer, subject]);
    }));
  });

  it('in PowerShell too', () => {
    fc.assert(fc.property(value, value, fc.constantFrom(...Object.values(powershell)), fc.constantFrom(...Object.values(powershell)), (issuer, subject, a, b) => {
      const script = `az identity federated-credential create \`\n  --issuer ${a(issuer)} \`\n  --subject ${b(subject)}`;
      const [credential] = readPasted(script).credentials;
      assert.deepEqual([credential?.issuer, credential?.subject], [issuer, subject]);
    }));
  });
});
