import * as l10n from '@vscode/l10n';
import type { NotUnderstood, PastedCredential } from './pasted.ts';
import { identityOf } from './pastedIdentity.ts';
import type { ShellCommand, ShellWord } from './shellScript.ts';

/** Options of `az identity federated-credential create` (Azure/azure-cli `identity/_params.py`), and the az-wide `--subscription`. */
const options: Readonly<Record<string, 'name' | 'identity' | 'group' | 'issuer' | 'subject' | 'audiences' | 'subscription'>> = {
  '--name': 'name', '-n': 'name',
  '--identity-name': 'identity',
  '--resource-group': 'group', '-g': 'group',
  '--issuer': 'issuer',
  '--subject': 'subject',
  '--audiences': 'audiences',
  '--subscription': 'subscription',
};

/** Commands that change nothing here and need no word. */
const silent = /^(?:set|echo|printf|az|write-host|write-output|#!.*|exit|true|then|fi|do|done|sleep|cd)$/i;

/** What one command of a script says. */
export interface AzOutcome {
  readonly credential?: PastedCredential;
  readonly notUnderstood: readonly NotUnderstood[];
}

/** Reads `az identity federated-credential create` or `update`; says of any other command that it is not followed. */
export function readAzCommand({ words, line }: ShellCommand): AzOutcome {
  const start = words.findIndex(({ text }) => text === 'az');
  const verbs = words.slice(start + 1, start + 4).map(({ text }) => text);
  if (start === -1 || verbs[0] !== 'identity' || verbs[1] !== 'federated-credential' || (verbs[2] !== 'create' && verbs[2] !== 'update')) {
    return { notUnderstood: notFollowed(words, line) };
  }
  const values = new Map<string, string>();
  const notUnderstood: NotUnderstood[] = [];
  const rest = words.slice(start + 4);
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index];
    const [flag, inline] = splitOption(word?.text);
    const option = options[flag];
    if (option === undefined) {
      continue;
    }
    const value: ShellWord | undefined = inline === undefined ? rest[index + 1] : { text: inline, written: inline };
    if (value === undefined || (inline === undefined && value.text?.startsWith('--') === true)) {
      notUnderstood.push({ text: flag, why: l10n.t('{0} has no value.', flag), line });
    } else if (value.text === undefined) {
      notUnderstood.push({ text: `${flag} ${value.written}`, why: l10n.t('What {0} becomes is known only when the script runs. Replace it by its value.', value.written), line });
    } else {
      values.set(option, value.text);
    }
    index += inline === undefined && value?.text?.startsWith('--') !== true ? 1 : 0;
  }
  return {
    credential: {
      issuer: values.get('issuer'),
      subject: values.get('subject'),
      audience: values.get('audiences'),
      name: values.get('name'),
      identity: identityOf(values.get('identity'), values.get('group'), values.get('subscription')),
      line,
    },
    notUnderstood,
  };
}

function splitOption(text: string | undefined): readonly [flag: string, value?: string] {
  const at = text?.startsWith('--') === true ? text.indexOf('=') : -1;
  return text === undefined ? [''] : at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function notFollowed(words: readonly ShellWord[], line: number): readonly NotUnderstood[] {
  const text = words.map((word) => word.text ?? word.written).join(' ');
  const [first] = words;
  const isSilent = silent.test(first?.text ?? '') && !/federated-credential/.test(text);
  return isSilent || text.trim() === '' ? [] : [{ text: shortened(text), why: l10n.t('This is no command that creates a federated credential.'), line }];
}

/** A text for a message: one line, no longer than people read. */
export function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
