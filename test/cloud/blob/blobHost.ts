import { pathSegments } from '../exchange.ts';
import type { CloudRequest, CloudResponse, HostResult } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import { authenticateBlob } from './blobAccess.ts';
import type { BlobCall } from './blobAccess.ts';
import { BlobRefusal, completeBlob, refusedBlob } from './blobAnswer.ts';
import { getContainer, listBlobs, listContainersOf } from './blobLists.ts';
import { deleteBlob, getBlob, putBlob } from './blobs.ts';

function containerCall(call: BlobCall, container: string | undefined): CloudResponse | undefined {
  const { method, url } = call.request;
  const [resource, list] = [url.searchParams.get('restype'), url.searchParams.get('comp') === 'list'];
  if (container === undefined) {
    return method === 'GET' && list && resource === null ? listContainersOf(call) : undefined;
  }
  if (resource !== 'container') {
    return undefined;
  }
  if (list) {
    return method === 'GET' ? listBlobs(call, container) : undefined;
  }
  return url.searchParams.get('comp') === null && (method === 'GET' || method === 'HEAD') ? getContainer(call, container) : undefined;
}

function blobCall(call: BlobCall, container: string, name: string): CloudResponse | undefined {
  const { method, url } = call.request;
  if (url.searchParams.has('comp')) {
    return undefined;
  }
  const byMethod: Readonly<Record<string, typeof getBlob | undefined>> = { GET: getBlob, HEAD: getBlob, PUT: putBlob, DELETE: deleteBlob };
  return byMethod[method]?.(call, { container, name });
}

function unmodelled(call: BlobCall): BlobRefusal {
  call.entry.unmodelled = true;
  return new BlobRefusal(400, 'UnsupportedHttpVerb', `The local cloud does not know ${call.request.method} ${call.request.url.pathname}${call.request.url.search}.`);
}

/**
 * Answers for `<account>.blob.core.windows.net`: lists, container, small text blobs. An account that the world does not hold has
 * no address, so that the connection breaks. What lies below an issuer's url is public (self-managed clusters keep their documents in a container).
 */
export async function handleBlob(world: World, request: CloudRequest, entry: LogEntry): Promise<HostResult> {
  if (world.issuers.holds(request.url)) {
    return world.issuers.handle(request);
  }
  const account = world.resources.named('Microsoft.Storage/storageAccounts', request.url.hostname.split('.')[0] ?? '');
  if (account === undefined) {
    return 'reset';
  }
  try {
    const call: BlobCall = { world, request, entry, account, caller: await authenticateBlob(world, request, account) };
    const [container, ...rest] = pathSegments(request.url);
    const answer = container === undefined || rest.length === 0 ? containerCall(call, container) : blobCall(call, container, rest.join('/'));
    if (answer === undefined) {
      throw unmodelled(call);
    }
    return completeBlob(world, request, answer);
  } catch (error) {
    if (error instanceof BlobRefusal) {
      return refusedBlob(world, request, error);
    }
    throw error;
  }
}
