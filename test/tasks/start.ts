// npm start [-- --port N] [--desktop]: the local cloud and a VS Code with the extension and the sample project, until Ctrl-C.
//   --port N     port of VS Code on 127.0.0.1 (a free one by default)
//   --desktop    the `code` that is installed (or CODE_PATH) instead of the one in the browser
import { parseArgs } from 'node:util';
import { sample } from '../cloud/sampleWorld.ts';
import { startCloud } from '../cloud/startCloud.ts';
import { startCodeServer } from '../vscode/codeServer.ts';
import { openDesktop } from '../vscode/desktop.ts';
import { openInBrowser } from '../vscode/openInBrowser.ts';
import { projectDir } from './projectDir.ts';
import { buildAll } from './runCommand.ts';
import { copySampleProject } from './sampleProject.ts';
import { whenAskedToEnd } from './whenAskedToEnd.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, desktop: { type: 'boolean' } } });
/** What is to be undone, latest first, when this ends. */
const undo: (() => Promise<unknown>)[] = [];
let ending = false;

/** Ends everything that was started, once, and then this process. */
async function end(code: number): Promise<void> {
  if (ending) {
    return;
  }
  ending = true;
  for (const step of undo.toReversed()) {
    await step();
  }
  process.exit(code);
}

whenAskedToEnd(() => void end(0));

try {
  await buildAll();
  const project = await copySampleProject();
  undo.push(() => project.remove());
  const cloud = await startCloud();
  undo.push(() => cloud.stop());
  // Deployments are listed at once: nothing has to be configured before the product can be tried.
  const env = { ...cloud.env, ASTRO_API_TOKEN: sample.astro.tokens.organization };
  if (values.desktop === true) {
    const desktop = await openDesktop(project.dir, env);
    undo.push(() => desktop.close());
    console.log('VS Code is opening with the sample project. Ctrl-C ends the local cloud; close the window first.');
    await desktop.ended;
  } else {
    const server = await startCodeServer({
      env,
      workspace: project.dir,
      extensionDir: projectDir,
      ...(values.port === undefined ? {} : { port: Number(values.port) }),
    });
    undo.push(() => server.stop());
    console.log(`\n  ${server.url}\n\nVS Code with the sample project; everything it asks of Azure and Astro is answered by the local cloud. Ctrl-C ends both.`);
    openInBrowser(server.url);
    await server.ended;
  }
  await end(ending ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
}
