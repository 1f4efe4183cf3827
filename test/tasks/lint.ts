// npm run lint [-- FILE…]
import { runCommand } from './runCommand.ts';

process.exitCode = await runCommand('oxlint', process.argv.slice(2));
