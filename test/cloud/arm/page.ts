import { ArmRefusal } from './armAnswer.ts';

/** One page of a list, with an absolute link to the next on the host the client used; no `nextLink` key on the last page. */
export interface Page<T> {
  readonly value: T[];
  readonly nextLink?: string;
}

function parameter(url: URL, name: string): string | undefined {
  return [...url.searchParams].find(([key]) => key.toLowerCase() === name)?.[1];
}

/**
 * Cuts the page out of all items that the url's `$skiptoken` and `$top` ask for.
 * @throws ArmRefusal 400 for a token or a count that is none.
 */
export function pageOf<T>(url: URL, items: readonly T[], pageSize: number): Page<T> {
  const token = parameter(url, '$skiptoken');
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  const top = parameter(url, '$top');
  const size = top === undefined ? pageSize : Math.min(pageSize, Number(top));
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(size) || size < 1) {
    throw new ArmRefusal(400, 'BadRequest', "The value of '$top' or '$skiptoken' is not valid.", { source: 'provider' });
  }
  const value = items.slice(start, start + size);
  if (start + size >= items.length) {
    return { value };
  }
  const next = new URL(url);
  for (const key of [...next.searchParams.keys()].filter((name) => name.toLowerCase() === '$skiptoken')) {
    next.searchParams.delete(key);
  }
  const separator = next.search === '' ? '?' : '&';
  return { value, nextLink: `${next.href}${separator}$skiptoken=${Buffer.from(String(start + size)).toString('base64url')}` };
}
