import { armHttpClient } from '../../src/azure/armClients.ts';
import type { ArmConnection } from '../../src/azure/armClients.ts';
import { ArmTokens } from '../../src/azure/armTokens.ts';
import { GraphQuota } from '../../src/azure/graphQuota.ts';
import { systemClock } from '../../src/clock.ts';
import { publicCloud } from '../../src/identity/azureCloud.ts';
import type { TokenPort } from '../../src/identity/tokenPort.ts';

/** A connection to ARM for what is measured beside the product, and how many requests went over it. */
export function plainConnection(tokens: TokenPort): { readonly arm: ArmConnection; readonly sent: () => number } {
  let requests = 0;
  const arm: ArmConnection = {
    tokens: new ArmTokens(tokens, systemClock),
    log: { request: () => (requests += 1), waiting: () => undefined },
    clock: systemClock,
    userAgent: 'airflow-azure-identity/bench',
    cloud: () => publicCloud,
    httpClient: armHttpClient(),
    graphQuota: new GraphQuota(),
  };
  return { arm, sent: () => requests };
}
