// npm run check: types, then what nothing uses. Every check runs, so that one answer names all that is wrong.
import { runCommand } from './runCommand.ts';

const checks = [
  ['tsc', '--noEmit', '-p', '.'],
  ['tsc', '--noEmit', '-p', 'src/webview'],
  ['knip'],
] as const;
let failures = 0;
for (const [command, ...args] of checks) {
  if ((await runCommand(command, args)) !== 0) {
    console.error(`Failed: ${[command, ...args].join(' ')}`);
    failures += 1;
  }
}
process.exitCode = failures === 0 ? 0 : 1;
