import type { CloudResponse } from '../exchange.ts';
import type { BlobCall } from './blobAccess.ts';
import { requireContainers, requireData } from './blobAccess.ts';
import { BlobRefusal, element, xmlBody, xmlText } from './blobAnswer.ts';
import type { StoredBlob } from './blobStore.ts';

/** When the sample's containers were made; only shown. */
const madeAt = 'Mon, 03 Mar 2025 09:12:44 GMT';

/** What a list is asked to be, echoed in the order of the service. */
interface Asked {
  readonly prefix: string;
  readonly marker: string;
  readonly maxResults: number;
  readonly delimiter: string;
  readonly echo: string;
}

function askedOf(url: URL): Asked {
  const text = (name: string): string => url.searchParams.get(name) ?? '';
  const maxResults = text('maxresults') === '' ? 5000 : Number(text('maxresults'));
  if (!Number.isInteger(maxResults) || maxResults < 1) {
    throw new BlobRefusal(400, 'OutOfRangeQueryParameterValue', 'One of the query parameters specified in the request URI is outside the permissible range.', {
      detail: { QueryParameterName: 'maxresults', QueryParameterValue: text('maxresults'), MinimumAllowed: '1', MaximumAllowed: '5000' },
    });
  }
  const given: readonly [string, string][] = [['Prefix', text('prefix')], ['Marker', text('marker')], ['MaxResults', text('maxresults')], ['Delimiter', text('delimiter')]];
  const echo = given.map(([name, value]) => (value === '' ? '' : element(name, xmlText(value)))).join('');
  return { prefix: text('prefix'), marker: text('marker'), maxResults: Math.min(5000, maxResults), delimiter: text('delimiter'), echo };
}

function answer(body: string): CloudResponse {
  return { status: 200, headers: { 'transfer-encoding': 'chunked', 'content-type': 'application/xml' }, body: xmlBody(body) };
}

interface Item {
  /** Orders the list, and is the marker of the page that begins with it. */
  readonly key: string;
  readonly xml: string;
}

function page(items: readonly Item[], { marker, maxResults }: Asked): { readonly xml: string; readonly next: string } {
  const left = items.filter(({ key }) => key >= marker);
  return { xml: left.slice(0, maxResults).map(({ xml }) => xml).join(''), next: left[maxResults]?.key ?? '' };
}

/** GET ?comp=list: an account's containers. */
export function listContainersOf(call: BlobCall): CloudResponse {
  requireContainers(call);
  const asked = askedOf(call.request.url);
  const properties = `${element('Last-Modified', madeAt)}${element('Etag', '&quot;0x8DD5A3F1B2C4D6E&quot;')}<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><DefaultEncryptionScope>$account-encryption-key</DefaultEncryptionScope><DenyEncryptionScopeOverride>false</DenyEncryptionScopeOverride><HasImmutabilityPolicy>false</HasImmutabilityPolicy><HasLegalHold>false</HasLegalHold><ImmutableStorageWithVersioningEnabled>false</ImmutableStorageWithVersioningEnabled>`;
  const items = [...(call.account.containers ?? [])]
    .sort()
    .filter((name) => name.startsWith(asked.prefix))
    .map((name) => ({ key: name, xml: element('Container', `${element('Name', name)}${element('Properties', properties)}`) }));
  const { xml, next } = page(items, asked);
  return answer(`<EnumerationResults ServiceEndpoint="${call.request.url.origin}/">${asked.echo}${element('Containers', xml)}${element('NextMarker', xmlText(next))}</EnumerationResults>`);
}

function blobXml(blob: StoredBlob): string {
  const times = `${element('Creation-Time', new Date(blob.createdAt).toUTCString())}${element('Last-Modified', new Date(blob.modifiedAt).toUTCString())}`;
  const content = `${element('Content-Length', String(Buffer.byteLength(blob.body)))}${element('Content-Type', xmlText(blob.contentType))}<Content-Encoding /><Content-Language /><Content-CRC64 /><Content-MD5 /><Cache-Control /><Content-Disposition />`;
  const state = '<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted>';
  return element('Blob', `${element('Name', xmlText(blob.name))}${element('Properties', `${times}${element('Etag', blob.etag)}${content}${state}`)}<OrMetadata />`);
}

/** With a delimiter, everything below the next one is one `BlobPrefix`. */
function itemsOf(blobs: readonly StoredBlob[], { prefix, delimiter }: Asked): Item[] {
  const items = new Map<string, Item>();
  for (const blob of blobs.filter(({ name }) => name.startsWith(prefix))) {
    const end = delimiter === '' ? -1 : blob.name.indexOf(delimiter, prefix.length);
    const key = end === -1 ? blob.name : blob.name.slice(0, end + delimiter.length);
    items.set(key, { key, xml: end === -1 ? blobXml(blob) : element('BlobPrefix', element('Name', xmlText(key))) });
  }
  return [...items.values()];
}

/** @throws BlobRefusal 404 ContainerNotFound */
export function requireContainer({ account }: BlobCall, container: string): void {
  if (account.containers?.includes(container) !== true) {
    throw new BlobRefusal(404, 'ContainerNotFound', 'The specified container does not exist.');
  }
}

/** GET /<container>?restype=container&comp=list: blobs, in pages and by folder. Rights come before existence. */
export function listBlobs(call: BlobCall, container: string): CloudResponse {
  requireData(call, { container, anyOf: ['blobs/read'] });
  requireContainer(call, container);
  const asked = askedOf(call.request.url);
  const { xml, next } = page(itemsOf(call.world.blobs.list(call.account.name, container), asked), asked);
  return answer(`<EnumerationResults ServiceEndpoint="${call.request.url.origin}/" ContainerName="${xmlText(container)}">${asked.echo}${element('Blobs', xml)}${element('NextMarker', xmlText(next))}</EnumerationResults>`);
}

/** GET or HEAD /<container>?restype=container: that it is there. */
export function getContainer(call: BlobCall, container: string): CloudResponse {
  requireContainers(call, container);
  requireContainer(call, container);
  const headers = { 'content-length': '0', 'last-modified': madeAt, etag: '"0x8DD5A3F1B2C4D6E"', 'x-ms-lease-status': 'unlocked', 'x-ms-lease-state': 'available', 'x-ms-has-immutability-policy': 'false', 'x-ms-has-legal-hold': 'false' };
  return { status: 200, headers, body: '' };
}
