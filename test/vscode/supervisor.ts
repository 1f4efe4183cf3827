// Runs the program in the arguments as the only child of a process group of its own, and ends the whole group when the pipe on its
// standard input closes. So VS Code's server, its extension host and its terminals end with whoever started them, even one that was killed.
import { spawn } from 'node:child_process';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const endGroup = (): void => {
  process.kill(-process.pid, 'SIGKILL');
};
process.stdin.on('close', endGroup).resume();
child.on('exit', endGroup);
