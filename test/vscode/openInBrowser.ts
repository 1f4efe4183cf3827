import { spawn } from 'node:child_process';

/** Opens an address in the user's browser where there is a display and a browser; where not, nothing happens. */
export function openInBrowser(url: string): void {
  const opener = openerOfPlatform();
  if (opener === undefined || process.env['CI'] !== undefined) {
    return;
  }
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined); // no such program: the printed address is enough
  child.unref();
}

function openerOfPlatform(): string | undefined {
  if (process.platform === 'darwin') {
    return 'open';
  }
  const hasDisplay = process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  return process.platform === 'linux' && hasDisplay ? 'xdg-open' : undefined;
}
