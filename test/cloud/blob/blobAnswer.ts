import { randomUUID } from 'node:crypto';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import type { World } from '../world.ts';

/** Ends a call with the Blob service's error body. */
export class BlobRefusal extends Error {
  readonly status: number;
  readonly code: string;
  /** What the body says beside code and message, such as `AuthenticationErrorDetail`. */
  readonly detail: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, options: { detail?: Readonly<Record<string, string>>; headers?: Readonly<Record<string, string>> } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.detail = options.detail ?? {};
    this.headers = options.headers ?? {};
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as the content of an XML element or attribute. */
export function xmlText(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (sign) => escapes[sign] ?? sign);
}

/** One element: empty ones as the service writes them, `<Marker />`. */
export function element(name: string, content: string): string {
  return content === '' ? `<${name} />` : `<${name}>${content}</${name}>`;
}

/** Begins with a byte order mark: the lengths in recorded answers count its three bytes. */
export function xmlBody(content: string): string {
  return `\uFEFF<?xml version="1.0" encoding="utf-8"?>${content}`;
}

/**
 * Puts the headers of every answer around one; `x-ms-version` and the client's request id come back as they were sent.
 * @see Azure/azure-sdk-for-js sdk/storage/storage-blob/recordings, 2019 to 2021
 */
export function completeBlob(world: World, request: CloudRequest, answer: CloudResponse): CloudResponse {
  const clientRequestId = request.headers['x-ms-client-request-id'];
  const version = request.headers['x-ms-version'];
  return {
    ...answer,
    headers: {
      server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0',
      'x-ms-request-id': `${randomUUID().slice(0, -6)}000000`,
      ...(clientRequestId === undefined ? {} : { 'x-ms-client-request-id': clientRequestId }),
      ...(version === undefined ? {} : { 'x-ms-version': version }),
      date: new Date(world.clock.now()).toUTCString(),
      ...answer.headers,
    },
  };
}

/** The answer for an error; bodies as in the recordings named at `completeBlob`. A HEAD has no body, only the code in its header. */
export function refusedBlob(world: World, request: CloudRequest, refusal: BlobRefusal): CloudResponse {
  const { status, code, detail } = refusal;
  const empty = completeBlob(world, request, { status, headers: { 'x-ms-error-code': code, ...refusal.headers }, body: '' });
  if (request.method === 'HEAD') {
    return empty;
  }
  const time = new Date(world.clock.now()).toISOString().replace('Z', '0000Z');
  const message = `${refusal.message}\nRequestId:${empty.headers['x-ms-request-id'] ?? ''}\nTime:${time}`;
  const details = Object.entries(detail).map(([name, text]) => element(name, xmlText(text)));
  const body = xmlBody(element('Error', `${element('Code', code)}${element('Message', xmlText(message))}${details.join('')}`));
  return { ...empty, headers: { 'content-type': 'application/xml', ...empty.headers, 'content-length': String(Buffer.byteLength(body)) }, body };
}
