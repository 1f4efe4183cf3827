import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import { AirflowIdentityError } from '../errors.ts';
import { badAnswer } from '../http/answerErrors.ts';
import type { IdentityHost } from '../identity/identityAdminPort.ts';
import type { ArmConnection } from './armClients.ts';
import { armPath } from './armPaths.ts';
import { armAnswer, armRequest } from './armRequests.ts';
import { hostOf, hostSchema } from './identityAdminAnswers.ts';

type HostAnswer = v.InferOutput<typeof hostSchema>;

/** API versions of the resource types whose identity this product enables. */
const apiVersions: Readonly<Record<string, string>> = {
  'microsoft.web/sites': '2024-04-01',
  'microsoft.compute/virtualmachines': '2024-07-01',
};

/** Waits between looks at a resource that takes the change up in its own time, in milliseconds; virtual machines take about ten seconds. */
const lookWaitsMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/**
 * Enables the system-assigned identity by PATCH, naming the user-assigned ones again, because what the request leaves out is
 * taken away (Microsoft Learn: "Configure managed identities on Azure virtual machines", REST). The answer may come before
 * the identity exists, so the resource is read until it names one.
 *
 * @throws AirflowIdentityError `invalidInput` for other types of resources, `notFound` when the identity does not appear;
 *   AbortError.
 */
export async function enableSystemAssigned(arm: ArmConnection, host: IdentityHost, signal: AbortSignal): Promise<IdentityHost> {
  const apiVersion = apiVersions[host.type.toLowerCase()];
  if (apiVersion === undefined) {
    throw new AirflowIdentityError('invalidInput', l10n.t('The identity of a resource of the type {0} cannot be enabled from here.', host.type), {
      fix: l10n.t('Enable it on the page "Identity" of the resource in the Azure portal.'),
    });
  }
  const place = { path: armPath(host.id), apiVersion };
  const { armHost } = arm.cloud();
  const read = (): Promise<HostAnswer> => armAnswer(arm, host, { method: 'GET', ...place }, hostSchema, signal);
  const before = await read();
  if (before.identity?.principalId) {
    return seen(before, host, armHost);
  }
  await armRequest(arm, host, { method: 'PATCH', ...place, body: { identity: withSystemAssigned(before) } }, signal);
  for (const waitMs of [0, ...lookWaitsMs]) {
    if (waitMs > 0) {
      arm.log.waiting({ method: 'GET', host: armHost, path: place.path, attempt: 2, waitMs, reason: 'identity not there yet' });
      await arm.clock.sleep(waitMs, signal);
    }
    const now = await read();
    if (now.identity?.principalId) {
      return seen(now, host, armHost);
    }
  }
  throw new AirflowIdentityError('notFound', l10n.t('Azure took the change, but {0} has no identity yet.', host.name), {
    fix: l10n.t('Look at the resource again in a few minutes.'),
    details: { method: 'PATCH', host: armHost, path: place.path },
  });
}

function withSystemAssigned({ identity }: HostAnswer): object {
  const ids = Object.keys(identity?.userAssignedIdentities ?? {});
  return ids.length === 0
    ? { type: 'SystemAssigned' }
    : { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) };
}

function seen(answer: HostAnswer, asked: IdentityHost, armHost: string): IdentityHost {
  const host = hostOf(answer, asked);
  if (host === undefined) {
    throw badAnswer({ host: armHost, path: asked.id }, l10n.t('the id of a resource'));
  }
  return host;
}
