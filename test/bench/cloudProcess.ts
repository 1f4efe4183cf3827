import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { projectDir } from '../tasks/projectDir.ts';

/** A local cloud in a process of its own, so that its work is not counted as the product's. */
export interface CloudProcess {
  readonly env: Readonly<Record<string, string>>;
  readonly control: ControlClient;
  stop(): Promise<void>;
}

/** Starts `npm run cloud` on a free port. @throws when it ends before it serves. */
export async function startCloudProcess(): Promise<CloudProcess> {
  const child = spawn(process.execPath, [path.join(projectDir, 'test', 'cloud', 'main.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes('Ctrl-C')) {
      break;
    }
  }
  const env = Object.fromEntries([...printed.matchAll(/^export (\w+)='([^']*)'$/gm)].map(([, name = '', value = '']) => [name, value]));
  const proxy = env['HTTPS_PROXY'];
  if (proxy === undefined) {
    throw new Error('The local cloud did not start.');
  }
  return {
    env,
    control: new ControlClient(proxy),
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
