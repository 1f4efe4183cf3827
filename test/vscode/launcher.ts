// Stands in for the `code` executable in @vscode/test-electron's runTests: same arguments, same exit code, but VS Code runs as a server
// and a Chromium without a window opens its workbench.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { outDir } from '../tasks/projectDir.ts';
import { launchChromium } from './chromium.ts';
import { startCodeServer } from './codeServer.ts';
import { trustForSignIn } from './workbenchPage.ts';

/** The whole run: installing VS Code is done before, so this is what the tests themselves may take. */
const timeoutMs = 5 * 60_000;
const extensionId = 'airflow-azure-identity.airflow-azure-identity';

const flags = new Map<string, string>();
let workspace = process.cwd();
for (const argument of process.argv.slice(2)) {
  const flag = /^--([^=]+)=(.*)$/.exec(argument);
  if (flag !== null) {
    flags.set(flag[1] ?? '', flag[2] ?? '');
  } else if (!argument.startsWith('-')) {
    workspace = argument;
  }
}

/** Opens the workbench with the tests in its address and gives the exit code they end with: 0, or 1 when one failed. */
function runTests(page: Page, host: string): Promise<number> {
  const payload = [
    ...['extensionDevelopmentPath', 'extensionTestsPath'].map((name) => [name, `vscode-remote://${host}${flags.get(name) ?? ''}`]),
    ['skipWelcome', 'true'],
  ];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The tests did not end within ${timeoutMs / 1000} s.`)), timeoutMs);
    const open = async (): Promise<void> => {
      // The workbench calls both (microsoft/vscode, src/vs/workbench/services/extensions/browser/extensionService.ts); they must stand before it loads.
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => console.log(format(...args)));
      await page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      });
      await trustForSignIn(page, extensionId);
      await page.goto(`http://${host}/?payload=${encodeURIComponent(JSON.stringify(payload))}`);
    };
    open().catch(reject);
  });
}

const server = await startCodeServer({ env: {}, workspace, testDriver: true });
const browser = await launchChromium();
const stop = async (): Promise<void> => {
  await browser.close();
  await server.stop();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop().then(() => process.exit(1)));
}
let code = 1;
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
try {
  code = await runTests(page, server.host);
} catch (error) {
  console.error(error);
}
if (code !== 0) {
  await mkdir(outDir, { recursive: true });
  await writeFile(path.join(outDir, 'host-server.log'), server.log());
  await page.screenshot({ path: path.join(outDir, 'host-failure.png') });
  console.error('VS Code\'s log and a picture of its window: out/host-server.log, out/host-failure.png');
}
await stop();
process.exit(code);
