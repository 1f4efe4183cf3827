import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ControlClient } from '../../cloud/control/controlClient.ts';

const main = fileURLToPath(new URL('../../cloud/main.ts', import.meta.url));

function start(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function readUntil(stream: Readable, end: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (end.test(text)) {
      break;
    }
  }
  return text;
}

describe('npm run cloud', () => {
  it('prints lines for a shell, serves, and ends cleanly on Ctrl-C', async () => {
    const command = start('--scale', 'small');
    const printed = await readUntil(command.stdout, /Ctrl-C/u);
    const variables = new Map([...printed.matchAll(/^export (\w+)='([^']*)'$/gmu)].map(([, name = '', value = '']) => [name, value]));
    const proxy = variables.get('HTTPS_PROXY') ?? '';
    assert.ok(existsSync(variables.get('NODE_EXTRA_CA_CERTS') ?? ''));
    assert.equal((await new ControlClient(proxy).accounts()).length, 1);
    command.kill('SIGINT');
    assert.deepEqual(await once(command, 'exit'), [0, null]);
    assert.equal(existsSync(variables.get('NODE_EXTRA_CA_CERTS') ?? ''), false);
  });

  for (const [args, message] of [
    [['--scale', 'galaxy'], '--scale takes small, company, huge, not galaxy.\n'],
    [['--port', 'x'], '--port takes a number from 1 to 65535, not x.\n'],
  ] as const) {
    it(`says what ${args.join(' ')} should have been`, async () => {
      const command = start(...args);
      const said = readUntil(command.stderr, /\.\n/u);
      assert.deepEqual(await once(command, 'exit'), [1, null]);
      assert.equal(await said, message);
    });
  }
});
