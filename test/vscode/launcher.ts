// Stands in for the `code` executable in @vscode/test-electron's runTests: same arguments, same exit code, but VS Code runs as a server
// and a Chromium without a window opens its workbench.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { outDir } from '../tasks/projectDir.ts';
import { whenAskedToEnd } from '../tasks/whenAskedToEnd.ts';
import { launchChromium } from './chromium.ts';
import { startCodeServer } from './codeServer.ts';
import type { CodeServer } from './codeServer.ts';
import { firstLine } from './hostOutput.ts';
import { trustForSignIn } from './workbenchPage.ts';

/** The whole run: installing VS Code is done before, so this is what the tests themselves may take. */
const timeoutMs = 7 * 60_000;
const extensionId = 'airflow-azure-identity.airflow-azure-identity';

const flags = new Map<string, string>();
const workbenchLog: string[] = [];
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
function runTests(page: Page, server: CodeServer): Promise<number> {
  const payload = [
    ...['extensionDevelopmentPath', 'extensionTestsPath'].map((name) => [name, `vscode-remote://${server.host}${flags.get(name) ?? ''}`]),
    ['skipWelcome', 'true'],
  ];
  const address = new URL(server.url);
  address.searchParams.set('payload', JSON.stringify(payload));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The tests did not end within ${timeoutMs / 1000} s.`)), timeoutMs);
    const open = async (): Promise<void> => {
      // The workbench calls both (microsoft/vscode, src/vs/workbench/services/extensions/browser/extensionService.ts); they must stand before it loads.
      let running = false;
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        const text = format(...args);
        workbenchLog.push(`${type}: ${text}`);
        running ||= text.startsWith(firstLine);
        // Mocha prints by console.log; what VS Code itself warns of and complains about is of no matter here.
        if (running && type === 'info') {
          console.log(text);
        }
      });
      await page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      });
      await trustForSignIn(page, extensionId);
      await page.goto(address.href);
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
whenAskedToEnd(() => void stop().then(() => process.exit(1)));
let code = 1;
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
try {
  code = await runTests(page, server);
} catch (error) {
  console.error(error);
}
if (code !== 0) {
  await mkdir(outDir, { recursive: true });
  await writeFile(path.join(outDir, 'host-server.log'), server.log());
  await writeFile(path.join(outDir, 'host-workbench.log'), workbenchLog.join('\n'));
  await page.screenshot({ path: path.join(outDir, 'host-failure.png') });
  console.error('What VS Code said, and a picture of its window: out/host-server.log, out/host-workbench.log, out/host-failure.png');
}
await stop();
process.exit(code);
