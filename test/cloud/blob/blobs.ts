import type { CloudResponse } from '../exchange.ts';
import type { BlobCall } from './blobAccess.ts';
import { requireData } from './blobAccess.ts';
import { BlobRefusal } from './blobAnswer.ts';
import { requireContainer } from './blobLists.ts';
import type { StoredBlob } from './blobStore.ts';

/** Where a blob lies in its account. */
interface BlobPath {
  readonly container: string;
  readonly name: string;
}

function findBlob(call: BlobCall, { container, name }: BlobPath): StoredBlob {
  requireContainer(call, container);
  const blob = call.world.blobs.get(call.account.name, container, name);
  if (blob === undefined) {
    throw new BlobRefusal(404, 'BlobNotFound', 'The specified blob does not exist.');
  }
  return blob;
}

function headersOf(blob: StoredBlob, length: number): Record<string, string> {
  return {
    'content-length': String(length),
    'content-type': blob.contentType,
    'last-modified': new Date(blob.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
    etag: `"${blob.etag}"`,
    'x-ms-creation-time': new Date(blob.createdAt).toUTCString(),
    'x-ms-lease-status': 'unlocked',
    'x-ms-lease-state': 'available',
    'x-ms-blob-type': 'BlockBlob',
    'x-ms-server-encrypted': 'true',
    'x-ms-access-tier': 'Hot',
    'x-ms-access-tier-inferred': 'true',
  };
}

/** GET or HEAD of one blob; clients ask for it in ranges. */
export function getBlob(call: BlobCall, path: BlobPath): CloudResponse {
  requireData(call, { container: path.container, anyOf: ['blobs/read'] });
  const blob = findBlob(call, path);
  const bytes = Buffer.from(blob.body);
  if (call.request.method === 'HEAD') {
    return { status: 200, headers: headersOf(blob, bytes.length), body: '' };
  }
  const range = call.request.headers['x-ms-range'] ?? call.request.headers['range'];
  const [, from, to] = /^bytes=(\d+)-(\d*)$/u.exec(range ?? '') ?? [];
  if (from === undefined) {
    return { status: 200, headers: headersOf(blob, bytes.length), body: blob.body };
  }
  const start = Number(from);
  if (start >= bytes.length) {
    throw new BlobRefusal(416, 'InvalidRange', 'The range specified is invalid for the current size of the resource.', { headers: { 'content-range': `bytes */${bytes.length}` } });
  }
  const end = Math.min(to === undefined || to === '' ? bytes.length : Number(to) + 1, bytes.length);
  const part = bytes.subarray(start, end);
  return { status: 206, headers: { ...headersOf(blob, part.length), 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` }, body: part.toString() };
}

/** PUT of a small text as one block blob; `If-None-Match: *` leaves one alone that is there. */
export function putBlob(call: BlobCall, path: BlobPath): CloudResponse {
  const { world, account, request } = call;
  requireData(call, { container: path.container, anyOf: ['blobs/write', 'blobs/add/action'] });
  requireContainer(call, path.container);
  if (request.headers['x-ms-blob-type'] === undefined) {
    throw new BlobRefusal(400, 'MissingRequiredHeader', 'An HTTP header that\'s mandatory for this request is not specified.', { detail: { HeaderName: 'x-ms-blob-type' } });
  }
  if (request.headers['if-none-match'] === '*' && world.blobs.get(account.name, path.container, path.name) !== undefined) {
    throw new BlobRefusal(409, 'BlobAlreadyExists', 'The specified blob already exists.');
  }
  const type = request.headers['x-ms-blob-content-type'] ?? request.headers['content-type'];
  const blob = world.blobs.put(account.name, path.container, path.name, request.body, world.clock.now(), type);
  return { status: 201, headers: { 'content-length': '0', 'last-modified': new Date(blob.modifiedAt).toUTCString(), etag: `"${blob.etag}"`, 'x-ms-request-server-encrypted': 'true' }, body: '' };
}

/** DELETE of one blob. */
export function deleteBlob(call: BlobCall, path: BlobPath): CloudResponse {
  requireData(call, { container: path.container, anyOf: ['blobs/delete'] });
  const { name } = findBlob(call, path);
  call.world.blobs.delete(call.account.name, path.container, name);
  return { status: 202, headers: { 'content-length': '0', 'x-ms-delete-type-permanent': 'true' }, body: '' };
}
