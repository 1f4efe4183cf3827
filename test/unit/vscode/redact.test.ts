import assert from 'node:assert/strict';
import type { RequestEntry } from '../../../src/requestLog.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { Log } from '../../../src/vscode/log.ts';
import type { LogChannel } from '../../../src/vscode/log.ts';
import { redact } from '../../../src/vscode/redact.ts';

const jwt = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl-_';

function channel(): { readonly lines: string[]; readonly log: Log } {
  const lines: string[] = [];
  const write = (level: string) => (text: string | Error): void => { lines.push(`${level} ${String(text)}`); };
  const target: LogChannel = { info: write('info'), warn: write('warn'), error: write('error'), debug: write('debug'), trace: write('trace'), show: () => undefined };
  return { lines, log: new Log(target) };
}

describe('log', () => {
  it('takes tokens and secrets out of any text', () => {
    const kept = redact(`got ${jwt} with Bearer abcdefgh12345678 and client_secret=hunter2hunter2&x=1 "refresh_token": "abc"`);
    assert.equal(kept, 'got [token] with Bearer [token] and client_secret=[secret]&x=1 "refresh_token": "[secret]"');
  });

  it('leaves ids and subjects alone', () => {
    const text = 'system:serviceaccount:ns:ns-worker 7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71 https://x.oic.prod-aks.azure.com/a/b/';
    assert.equal(redact(text), text);
  });

  it('writes one line per request with its correlation id, failures as warnings', () => {
    const { lines, log } = channel();
    const entry: RequestEntry = { method: 'GET', host: 'management.azure.com', path: '/tenants', outcome: 200, durationMs: 131.6, correlationId: 'c-1' };
    log.request(entry);
    log.request({ ...entry, outcome: 403 });
    log.request({ ...entry, outcome: 'aborted', correlationId: undefined });
    log.waiting({ method: 'GET', host: 'management.azure.com', path: '/tenants', attempt: 2, waitMs: 10_000, reason: '429, Retry-After 10 s' });
    assert.deepEqual(lines, [
      'info GET management.azure.com/tenants 200 132 ms correlation c-1',
      'warn GET management.azure.com/tenants 403 132 ms correlation c-1',
      'info GET management.azure.com/tenants aborted 132 ms',
      'info GET management.azure.com/tenants waits 10000 ms before try 2: 429, Retry-After 10 s',
    ]);
  });

  it('writes a failure once, without a token that slipped into its message', () => {
    const { lines, log } = channel();
    log.failure('airflowIdentity.connect', new AirflowIdentityError('forbidden', `refused ${jwt}`, { details: { serviceCode: 'AuthorizationFailed', correlationId: 'c-2' } }));
    assert.deepEqual(lines, ['error airflowIdentity.connect failed: forbidden (AuthorizationFailed): refused [token] correlation c-2']);
  });
});
