import type { FaultEffect } from '../../cloud/faults.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import type { Operation } from './operation.ts';

/** Something that goes wrong between the product and Azure. */
export interface FaultKind {
  readonly name: string;
  /** Sets it up; false where the operation cannot meet it. */
  readonly set: (world: World, operation: Operation) => boolean;
}

const correlation = { 'x-ms-correlation-request-id': '8a1f2c3d-0000-4000-8000-000000000000' };

/** The answers are those of the local cloud's collections (`test/cloud/errors`), the texts around them those of ARM's docs. */
export const faultKinds: readonly FaultKind[] = [
  hit('401, the token has expired', 1, arm(401, 'ExpiredAuthenticationToken', 'The access token has expired.')),
  {
    name: '401, the session is over',
    set: (world) => {
      const account = world.directory.findAccount(sample.accounts.dana.label);
      if (account !== undefined) {
        world.directory.session(account).revokedAt = world.clock.now();
      }
      return true;
    },
  },
  hit('401 with a claims challenge', 1, {
    ...arm(401, 'InsufficientClaims', 'The request needs multi-factor authentication.'),
    headers: { ...correlation, 'www-authenticate': 'Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19"' },
  }),
  of('403', undefined, ({ right }) => arm(403, 'AuthorizationFailed', `The client '${sample.accounts.dana.label}' does not have authorization to perform action '${right}' over scope '/subscriptions/c0ffee00' or the scope is invalid.`)),
  of('404 for a moment after a create', 2, ({ notYet }) => (notYet === undefined ? undefined : arm(404, ...notYet))),
  of('409, another write is under way', 2, ({ hits }) =>
    hits.path.includes('/federatedIdentityCredentials/') ? arm(409, 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity', 'Too many Federated Identity Credentials are written concurrently.') : undefined,
  ),
  {
    name: '409, somebody made the same meanwhile',
    set: (world, { hits, meanwhile }) => {
      if (meanwhile === undefined) {
        return false;
      }
      atNth(world, hits, () => { meanwhile(world); });
      return true;
    },
  },
  always('412', arm(412, 'PreconditionFailed', 'The condition of the request is not met.')),
  hit('429 with Retry-After', 2, { ...arm(429, 'TooManyRequests', 'Slow down.'), headers: { 'retry-after': '7' } }),
  always('429 with a Retry-After of five minutes', { ...arm(429, 'TooManyRequests', 'Slow down.'), headers: { 'retry-after': '300' } }),
  hit('429 without Retry-After', 2, arm(429, 'TooManyRequests', 'Slow down.')),
  always('429 that stays', arm(429, 'TooManyRequests', 'Slow down.')),
  hit('500', 2, arm(500, 'InternalServerError', 'Something failed.')),
  hit('503', 2, arm(503, 'ServiceUnavailable', 'Busy.')),
  always('503 that stays', arm(503, 'ServiceUnavailable', 'Busy.')),
  hit('connection reset before the service acted', 1, { kind: 'reset' }),
  hit('connection reset after the service acted', 1, { kind: 'resetAfter' }),
  always('connection reset that stays', { kind: 'reset' }),
  hit('half a body', 1, { kind: 'halfBody' }),
  hit('HTML from a proxy', 1, { kind: 'html', status: 200, html: '<html><body>Sign in to the guest network</body></html>' }),
  always('HTML from a proxy that stays', { kind: 'html', status: 200, html: '<html><body>Sign in to the guest network</body></html>' }),
];

/** The service takes a request and says nothing. */
export const silence: FaultKind = hit('30 s of silence', 1, { kind: 'silence' });

/** Stands for every method in `atNth`. */
export const anyMethod = '*';

/** Calls back as the nth matching request reaches the service; `skip` counts as in a fault. */
export function atNth(world: World, { method, path, skip }: Operation['hits'], then: () => void): void {
  const pattern = new RegExp(path, 'iu');
  let seen = 0;
  world.log.on('begin', (entry) => {
    if ((method === anyMethod || entry.method === method) && pattern.test(entry.path)) {
      seen += 1;
      if (seen === skip + 1) {
        then();
      }
    }
  });
}

function arm(status: number, code: string, message: string): Extract<FaultEffect, { kind: 'answer' }> {
  return { kind: 'answer', status, headers: correlation, body: { error: { code, message } } };
}

function hit(name: string, times: number, effect: FaultEffect): FaultKind {
  return of(name, times, () => effect);
}

function always(name: string, effect: FaultEffect): FaultKind {
  return of(name, undefined, () => effect);
}

/** A fault whose answer depends on the operation; without an answer they cannot meet. */
function of(name: string, times: number | undefined, answerTo: (operation: Operation) => FaultEffect | undefined): FaultKind {
  return {
    name,
    set: (world, operation) => {
      const effect = answerTo(operation);
      if (effect !== undefined) {
        world.faults.add({ ...operation.hits, ...(times === undefined ? {} : { times }), effect });
      }
      return effect !== undefined;
    },
  };
}
