import { AstroRefusal } from './astroAnswer.ts';
import type { FieldError } from './astroAnswer.ts';

/** One page of an Astro list. */
export interface Listing<T> {
  readonly items: T[];
  readonly limit: number;
  readonly offset: number;
  readonly totalCount: number;
}

function count(url: URL, field: string, fallback: number, least: number, most: number, errors: FieldError[]): number {
  const text = url.searchParams.get(field);
  const value = text === null ? fallback : Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    errors.push({ code: 'INVALID', field, message: `${field} must be an integer between ${least} and ${most}` });
  }
  return value;
}

/** Values of a repeated parameter (`names=a&names=b`); `undefined` where it is not given. */
export function repeated(url: URL, name: string): string[] | undefined {
  const values = url.searchParams.getAll(name);
  return values.length === 0 ? undefined : values;
}

/**
 * Sorts and cuts a list: `sorts=<field>:asc|desc` (may repeat), `offset`, `limit` (default 20, at most 1,000;
 * astronomer/docs platform openapi.yaml).
 * @throws AstroRefusal 400 with fieldErrors.
 */
export function listingOf<T extends object>(url: URL, items: readonly T[], sortFields: readonly (keyof T & string)[]): Listing<T> {
  const errors: FieldError[] = [];
  const limit = count(url, 'limit', 20, 0, 1000, errors);
  const offset = count(url, 'offset', 0, 0, Number.MAX_SAFE_INTEGER, errors);
  const sorts = (repeated(url, 'sorts') ?? []).map((sort) => {
    const [name = '', direction] = sort.split(':');
    const field = sortFields.find((known) => known === name);
    if (field === undefined || (direction !== 'asc' && direction !== 'desc')) {
      errors.push({ code: 'INVALID', field: 'sorts', message: `sorts must be <field>:asc or <field>:desc with a field of ${sortFields.join(', ')}` });
    }
    return { field, sign: direction === 'desc' ? -1 : 1 };
  });
  if (errors.length > 0) {
    throw new AstroRefusal(400, 'Invalid request', { fieldErrors: errors });
  }
  const sorted = [...items].sort((left, right) => {
    for (const { field, sign } of sorts) {
      const order = field === undefined ? 0 : String(left[field]).localeCompare(String(right[field]));
      if (order !== 0) {
        return order * sign;
      }
    }
    return 0;
  });
  return { items: sorted.slice(offset, offset + limit), limit, offset, totalCount: items.length };
}
