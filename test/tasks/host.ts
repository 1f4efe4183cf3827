// npm run test:host [-- --grep TEXT] [--desktop]: mocha inside VS Code's extension host, through @vscode/test-electron.
//   --desktop    in a downloaded desktop VS Code instead of the server, where a display and a network are
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { startCloud } from '../cloud/startCloud.ts';
import { chromiumPath } from '../vscode/chromium.ts';
import { installedVsCode } from '../vscode/installation.ts';
import { outDir, projectDir } from './projectDir.ts';
import { buildAll } from './runCommand.ts';
import { copySampleProject } from './sampleProject.ts';
import { readTotals, totalsFileVariable, writeTotals } from './totals.ts';
import { whenAskedToEnd } from './whenAskedToEnd.ts';

const { values } = parseArgs({ options: { grep: { type: 'string' }, desktop: { type: 'boolean' } } });
await buildAll();
const totalsFile = path.join(outDir, `host-totals-${process.pid}.json`);
const project = await copySampleProject();
const cloud = await startCloud();
const cleanUp = async (): Promise<void> => {
  await cloud.stop();
  await project.remove();
};
// The launcher notices that this process is gone, and ends VS Code.
whenAskedToEnd(() => void cleanUp().then(() => process.exit(1)));
try {
  const signIn = path.join(outDir, 'microsoftAuthentication');
  if (values.desktop !== true) {
    // Before the clock of the tests runs, and where a failure reads best.
    await installedVsCode();
    chromiumPath();
  }
  await runTests({
    // A desktop VS Code lets an extension under development take the place of a built-in one with the same id.
    ...(values.desktop === true
      ? { extensionDevelopmentPath: [projectDir, signIn], launchArgs: [project.dir, '--enable-proposed-api=vscode.microsoft-authentication'] }
      : { extensionDevelopmentPath: projectDir, launchArgs: [project.dir], vscodeExecutablePath: path.join(projectDir, 'test', 'vscode', 'launcher') }),
    extensionTestsPath: path.join(outDir, 'host', 'index.js'),
    extensionTestsEnv: { ...cloud.env, [totalsFileVariable]: totalsFile, AIRFLOW_IDENTITY_TEST_GREP: values.grep },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
const totals = readTotals(totalsFile) ?? { passed: 0, failed: 1, failures: ['the extension host ended before its tests did'] };
console.log(`host: ${totals.passed} passed, ${totals.failed} failed`);
writeTotals(totals);
if (totals.failed > 0) {
  process.exitCode = 1;
}
