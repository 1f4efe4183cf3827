// Runs inside VS Code's extension host: every *.test.js beside this file, bundled from test/host by esbuild.mjs.
import { globSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { totalsOf, writeTotals } from '../tasks/totals.ts';
import { firstLine } from '../vscode/hostOutput.ts';

/** Longest time one test may take unless it sets its own. */
const timeoutMs = 60_000;

/** Runs all tests; rejects when one fails, which is how VS Code's extension host reports it (`extensionTestsPath`). */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: timeoutMs, forbidOnly: true, forbidPending: true, color: false, grep: process.env['AIRFLOW_IDENTITY_TEST_GREP'] ?? '' });
  for (const file of globSync('*.test.js', { cwd: __dirname }).sort()) {
    mocha.addFile(path.join(__dirname, file));
  }
  console.log(`${firstLine} ${vscode.version}, Node ${process.versions.node}`);
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      writeTotals(totals());
      if (failures === 0) {
        resolve();
      } else {
        reject(new Error(`${failures} tests failed.`));
      }
    });
    const totals = totalsOf(runner);
  });
}
