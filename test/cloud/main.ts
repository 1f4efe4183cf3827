// npm run cloud [-- --scale small|company|huge] [--port N]: the local cloud alone, until Ctrl-C. docs/localCloud.md says what it holds.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { scaleSizes } from './scale.ts';
import type { Scale } from './scale.ts';
import { startCloud } from './startCloud.ts';

const { values } = parseArgs({ options: { scale: { type: 'string' }, port: { type: 'string' } } });

function isScale(text: string): text is Scale {
  return text in scaleSizes;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port takes a number from 1 to 65535, not ${text}.`);
  }
  return port;
}

async function run(): Promise<void> {
  const { scale, port } = values;
  if (scale !== undefined && !isScale(scale)) {
    throw new Error(`--scale takes ${Object.keys(scaleSizes).join(', ')}, not ${scale}.`);
  }
  const cloud = await startCloud({
    // Alone it is used by people, who should see writes take the time they take in Azure.
    settings: { serviceMs: 900 },
    ...(scale === undefined ? {} : { world: scale }),
    ...(port === undefined ? {} : { port: readPort(port) }),
  });
  for (const [name, value] of Object.entries(cloud.env)) {
    console.log(`export ${name}='${value}'`);
  }
  console.log(`
# The local cloud runs (${scale ?? 'sample'} world). Paste the lines above into a shell; unmodified clients there use it.
# Control host, for example:
#   curl ${cloud.proxyUrl}/world
#   curl -X POST ${cloud.proxyUrl}/tokens/user -d '{"account":"dana@contoso.example"}'
#   curl ${cloud.proxyUrl}/log
# docs/localCloud.md has the rest. Ctrl-C ends it.`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await cloud.stop();
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
