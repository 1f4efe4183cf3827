import * as v from 'valibot';
import type { UserEvent } from '../trust/connectEvents.ts';
import { hostMessageSchema } from '../trust/connectView.ts';
import type { HostMessage, PageMessage } from '../trust/connectView.ts';

/** Where the page posts to; `acquireVsCodeApi` gives it. */
export interface HostPort {
  postMessage(message: unknown): void;
}

/** Tells the host what the user did. */
export function sendUserEvent(host: HostPort, event: UserEvent): void {
  post(host, { kind: 'user', event });
}

/** Asks the host for the view: VS Code destroys a hidden page and loads it anew. */
export function sendReady(host: HostPort): void {
  post(host, { kind: 'ready' });
}

/** Gives the host's message, or where in it something is not what the page knows. */
export function readHostMessage(data: unknown): { readonly message: HostMessage } | { readonly problem: string } {
  const parsed = v.safeParse(hostMessageSchema, data);
  if (parsed.success) {
    return { message: parsed.output };
  }
  const [issue] = parsed.issues;
  return { problem: `${v.getDotPath(issue) ?? '(message)'}: ${issue.message}` };
}

function post(host: HostPort, message: PageMessage): void {
  host.postMessage(message);
}
