import { systemClock } from '../../src/clock.ts';
import type { CredentialWrite } from '../../src/identity/federatedCredential.ts';
import type { IdentityRef } from '../../src/identity/managedIdentity.ts';
import { applyRows } from '../../src/trust/apply.ts';
import { planTrust } from '../../src/trust/plan.ts';
import { sample } from '../cloud/sampleWorld.ts';
import type { CloudProcess } from './cloudProcess.ts';
import { medianRun } from './median.ts';
import type { NaiveApply } from './naiveApply.ts';
import { measureNaiveApply } from './naiveApply.ts';
import { createShippedAdapter } from './shippedAdapter.ts';
import type { ShippedAdapter } from './shippedAdapter.ts';

/** Writing the credentials of a plan. Times in milliseconds. */
export interface ApplyTimes {
  readonly writes: number;
  /** What the service takes for each write. */
  readonly serviceMs: number;
  /** From the first look at the identity to what was read back. */
  readonly wallMs: number;
  /** `wallMs` / (`writes` × `serviceMs`). */
  readonly ratio: number;
  /** The same credentials by a script. */
  readonly naive: NaiveApply;
}

type Run = Omit<ApplyTimes, 'naive'>;

const runs = 3;
const writes = 20;

/** A write takes about a second in Azure (see `src/trust/apply.ts`). */
const serviceMs = 900;

/** Applies a plan of new credentials to an identity that has none. @throws when one is not written at its first try. */
export async function measureApply(cloud: CloudProcess): Promise<{ readonly applyTwenty: ApplyTimes }> {
  const run = await medianRun(runs, () => applyOnce(cloud), ({ wallMs }) => wallMs);
  const { tokens, identity } = await prepare(cloud);
  const naive = await measureNaiveApply(tokens, identity, Array.from({ length: writes }, (_none, index) => credential(index)));
  return { applyTwenty: { ...run, naive } };
}

/** A new world whose writes take their time, and an identity in it without credentials. */
async function prepare(cloud: CloudProcess): Promise<Pick<ShippedAdapter, 'azure' | 'tokens'> & { readonly identity: IdentityRef }> {
  await cloud.control.reset();
  const { azure, account, tokens } = await createShippedAdapter(cloud);
  await cloud.control.changeSettings({ serviceMs, latencyMs: 0 });
  const identity: IdentityRef = {
    account,
    tenantId: sample.tenants.contoso.id,
    subscriptionId: sample.subscriptions.development,
    resourceGroup: sample.groups.development,
    name: sample.identities.airflowDev.name,
  };
  return { azure, tokens, identity };
}

async function applyOnce(cloud: CloudProcess): Promise<Run> {
  const { azure, identity } = await prepare(cloud);
  const wanted = Array.from({ length: writes }, (_none, index) => ({ ...credential(index), rowId: String(index), ticked: true, recommended: true }));
  const started = performance.now();
  const outcome = await applyRows(
    planTrust(wanted, []).rows,
    {
      list: (signal) => azure.credentials(identity, signal),
      write: (one, signal) => azure.writeCredential(identity, one, signal),
    },
    { clock: systemClock, stop: new AbortController().signal, report: () => undefined, limits: { attempts: 1, firstPauseMs: 0, longestPauseMs: 0, patienceMs: 0 } },
  );
  const wallMs = performance.now() - started;
  const created = [...outcome.rows.values()].filter((row) => row.state === 'done' && row.outcome === 'created').length;
  if (created !== writes || outcome.credentials?.length !== writes) {
    throw new Error(`${created} of ${writes} credentials were written.`);
  }
  return { writes, serviceMs, wallMs, ratio: wallMs / (writes * serviceMs) };
}

function credential(index: number): CredentialWrite {
  const subject = `system:serviceaccount:weightless-diameter-8927:worker-${index}`;
  return { name: `worker-${index}`, issuer: sample.issuers.prod, subject, audience: 'api://AzureADTokenExchange' };
}
