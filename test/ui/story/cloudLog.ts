import assert from 'node:assert/strict';
import type { Cloud } from '../../cloud/startCloud.ts';
import type { LogEntry } from '../../cloud/requestLog.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { Workbench } from '../harness/workbench.ts';

/** Requests that change something, anywhere; a query of Resource Graph is a POST that does not. */
export function writesIn(cloud: Cloud): readonly LogEntry[] {
  return cloud.world.log.entries.filter(({ method, path }) => method !== 'GET' && method !== 'HEAD' && !path.startsWith('/providers/Microsoft.ResourceGraph/'));
}

/** The writes as `PUT name status`, in the order of their starts. */
export function credentialWrites(cloud: Cloud): readonly string[] {
  return writesIn(cloud).map(({ method, path, status }) => `${method} ${/federatedIdentityCredentials\/([^?]+)/i.exec(path)?.[1] ?? path} ${status}`);
}

/** Fails where a request went to a host or a call that the product has no business with, or two writes met at one identity. */
export function assertWellBehaved(cloud: Cloud): void {
  assert.deepEqual(cloud.world.refusedHosts, []);
  const { entries } = cloud.world.log;
  assert.deepEqual(entries.filter(({ unmodelled }) => unmodelled).map(({ method, host, path }) => `${method} ${host}${path}`), []);
  assert.deepEqual(entries.filter(({ identityConcurrency }) => (identityConcurrency ?? 1) > 1).map(({ path }) => path), [], 'two writes at once on one identity');
}

/** Any JWT, as RFC 7519 encodes it, and the Astro tokens of the sample world. */
const tokenPattern = new RegExp(`eyJ[\\w-]{8,}\\.eyJ|${Object.values(sample.astro.tokens).join('|')}`);

/** Fails where a token stands in a log file of VS Code or of the extension, or in a message that shows. */
export async function assertNoTokenShown(workbench: Workbench): Promise<void> {
  const log = await workbench.logTexts('Azure Identity for Airflow');
  assert.match(log, /GET management\.azure\.com\/subscriptions/, 'the extension logs its requests');
  const texts = [await workbench.logTexts(), ...(await workbench.notifications.texts())];
  assert.deepEqual(texts.flatMap((text) => tokenPattern.exec(text)?.[0] ?? []), []);
}
