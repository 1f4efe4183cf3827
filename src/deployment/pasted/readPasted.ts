import * as l10n from '@vscode/l10n';
import { readAzCommand, shortened } from './azCommand.ts';
import { isBicep, readBicep } from './bicep.ts';
import { readCredentialJson } from './credentialJson.ts';
import type { NotUnderstood, Pasted, PastedCredential } from './pasted.ts';
import { longestPasted, mostCredentials } from './pasted.ts';
import { holdsToken, readToken } from './serviceAccountToken.ts';
import { followScript } from './shellScript.ts';
import { dialectOf, shellTokens } from './shellTokens.ts';
import { isTerraform, readTerraform } from './terraform.ts';

const resourceId = /\/subscriptions\/[^/\s"']+\/resourcegroups\/[^/\s"']+\/providers\/[^\s"',;]+/i;

/**
 * Reads whatever people have at hand that tells which federated credentials a deployment needs: the command of the Astro UI,
 * `az identity federated-credential create`, Terraform, Bicep, JSON that az prints, an ARM id, a service-account token. Parsed,
 * never run. Never throws; what was not understood is said, without what looks like a token in it.
 */
export function readPasted(text: string): Pasted {
  if (text.length > longestPasted) {
    return nothing([{ text: '', why: l10n.t('The text is longer than {0} characters. Paste only the commands.', longestPasted), line: 1 }]);
  }
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const token = readToken(plain);
  if (token !== undefined) {
    return { kind: 'token', credentials: [token], resourceIds: [], notUnderstood: [] };
  }
  if (holdsToken(plain)) {
    return nothing([{ text: '', why: l10n.t('This looks like a token, but its content cannot be read. Copy it whole.'), line: 1 }]);
  }
  if (isTerraform(plain)) {
    return { kind: 'terraform', resourceIds: [], ...readTerraform(plain) };
  }
  if (isBicep(plain)) {
    return { kind: 'bicep', resourceIds: [], ...readBicep(plain) };
  }
  const json = /^\s*[[{]/.test(plain) ? readCredentialJson(plain) : undefined;
  if (json !== undefined) {
    return json.length > 0
      ? { kind: 'json', credentials: json, resourceIds: [], notUnderstood: [] }
      : nothing([{ text: '', why: l10n.t('This JSON holds no federated credential: nothing in it has an issuer and a subject.'), line: 1 }]);
  }
  const id = resourceId.exec(plain)?.[0];
  if (id !== undefined && id === plain.trim()) {
    return { kind: 'armId', credentials: [], resourceIds: [id], notUnderstood: [] };
  }
  return readScript(plain);
}

function readScript(text: string): Pasted {
  const dialect = dialectOf(text);
  const { commands, notUnderstood } = followScript(shellTokens(text, dialect), dialect);
  const outcomes = commands.map((command) => readAzCommand(command));
  const credentials: readonly PastedCredential[] = outcomes.flatMap(({ credential }) => credential ?? []).slice(0, mostCredentials);
  const missed: readonly NotUnderstood[] = [...notUnderstood, ...outcomes.flatMap((outcome) => outcome.notUnderstood)];
  if (credentials.length > 0) {
    return { kind: 'script', credentials, resourceIds: [], notUnderstood: distinct(missed) };
  }
  return nothing(missed.length > 0 ? distinct(missed) : text.trim() === '' ? [] : [{
    text: shortened(text), why: l10n.t('Nothing in this text tells of a federated credential.'), line: 1,
  }]);
}

/** A loop says the same thing each time round. */
function distinct(missed: readonly NotUnderstood[]): readonly NotUnderstood[] {
  return [...new Map(missed.map((part) => [JSON.stringify(part), part])).values()];
}

function nothing(notUnderstood: readonly NotUnderstood[]): Pasted {
  return { kind: 'unknown', credentials: [], resourceIds: [], notUnderstood };
}
