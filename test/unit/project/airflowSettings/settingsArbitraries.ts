import fc from 'fast-check';
import type { ToStringOptions } from 'yaml';
import { Document, isCollection, visit } from 'yaml';

const scalar = fc.oneof(
  fc.constantFrom(null, '', 'x', "it's", 'a: b', '# no comment', '- d', 'null', 'é😀', 'two\nlines', 'kept\n\n', ' ', '{', 5432, true, 1.5),
  fc.string({ maxLength: 8 }),
);

const extra = fc.oneof(
  scalar,
  fc.constantFrom({}, { example_extra_field: 'example-value' }, { tenantId: 'x', deep: { list: [1, { a: null }] } }, '{"use_azure_identity_object":true}', '{"workload_identity_tenant_id":1}'),
);

const connection = fc.oneof(
  { weight: 4, arbitrary: fc.record({
    conn_id: fc.constantFrom('azure_wi', 'a', 'b', '', null, 7), conn_type: fc.constantFrom('azure', 'http', '', null),
    conn_login: scalar, conn_password: scalar, conn_extra: extra, unknown_key: extra,
  }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(
    { conn_id: null, conn_type: null, conn_host: null, conn_port: null, conn_extra: { example_extra_field: 'example-value' } }, {}, null, 'text', ['list']) },
);

const airflow = fc.record({
  connections: fc.oneof({ weight: 6, arbitrary: fc.array(connection, { maxLength: 4 }) }, { weight: 1, arbitrary: fc.constantFrom<unknown>(null, {}, 'text') }),
  pools: fc.constantFrom<unknown>(null, [], [{ pool_name: 'p', pool_slot: 1 }], {}),
  variables: fc.array(fc.record({ variable_name: scalar, variable_value: scalar }), { maxLength: 2 }),
}, { requiredKeys: [] });

const root = fc.record({
  before: scalar,
  airflow: fc.oneof({ weight: 8, arbitrary: airflow }, { weight: 1, arbitrary: fc.constantFrom<unknown>(null, {}, []) }),
  after: extra,
}, { requiredKeys: [] });

const style = fc.record({
  indent: fc.constantFrom(2, 4, 3),
  indentSeq: fc.boolean(),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'),
  nullStr: fc.constantFrom('', '~', 'null'),
  lineWidth: fc.constantFrom(0, 30, 80),
}) as fc.Arbitrary<ToStringOptions>;

/** Settings files as people and tools write them: every style of the YAML writer, flow parts, comments, blank lines. */
export const settingsText: fc.Arbitrary<string> = fc.record({
  root,
  style,
  flowEvery: fc.constantFrom(0, 0, 0, 3, 5),
  notes: fc.array(fc.record({ line: fc.nat(40), indent: fc.nat(8), text: fc.constantFrom('# note', '', '#', '# - conn_id: x', '  ') }), { maxLength: 4 }),
  lineEndComments: fc.array(fc.nat(40), { maxLength: 3 }),
  start: fc.constantFrom('', '', '', '---\n', '# head\n\n', '--- # doc\n'),
  end: fc.constantFrom('\n', '\n', '', '\n\n', '\n# tail', '\n...\n'),
  lineBreak: fc.constantFrom('\n', '\n', '\r\n'),
  mark: fc.constantFrom('', '', '\uFEFF'),
}).map(({ root: value, style: options, flowEvery, notes, lineEndComments, start, end, lineBreak, mark }) => {
  const document = new Document(value);
  let count = 0;
  visit(document, { Collection: (_key, node) => {
    count += 1;
    if (flowEvery > 0 && count % flowEvery === 0 && isCollection(node)) {
      node.flow = true;
    }
  } });
  const lines = document.toString(options).trimEnd().split('\n');
  for (const line of lineEndComments) {
    if (line < lines.length) {
      lines[line] += ' # behind';
    }
  }
  for (const { line, indent, text } of notes) {
    lines.splice(line % (lines.length + 1), 0, text === '' ? '' : ' '.repeat(indent) + text);
  }
  return mark + (start + lines.join('\n') + end).replaceAll('\n', lineBreak);
});

/** Texts put together from pieces of settings files: seldom sensible, often almost. */
export const settingsSoup: fc.Arbitrary<string> = fc.array(fc.constantFrom(
  'airflow:', 'airflow: ', 'connections:', 'connections: ', 'connections: []', 'pools: []', 'conn_id:', 'conn_id: azure_wi', 'conn_id: a', 'conn_type: http',
  'conn_extra:', 'conn_extra: ', '- ', '-', '? ', ': ', '  ', '    ', '  ', '\n', '\n', '\n  ', '\n    ', '\n      ', '\r\n', '&x ', '*x', '<<: *x', '!!map ', '!!str ',
  '{', '}', '[', ']', ', ', "'", '"', '|', '|+', '>-', '# c', '---\n', '...\n', '~', 'null', '\t', '\uFEFF', '%YAML 1.1\n', 'x: y', '"a"', "'b'",
), { maxLength: 24 }).map((parts) => parts.join(''));
