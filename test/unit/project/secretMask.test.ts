import assert from 'node:assert/strict';
import { maskSecrets } from '../../../src/project/secretMask.ts';

describe('maskSecrets', () => {
  for (const [line, masked] of [
    ['      conn_password: hunter2, too } # all', '      conn_password: ••••••'],
    ['      "conn_password" : "a, \\" b" # c', '      "conn_password" : •••••• # c'],
    ["  - {conn_password: 'it''s, x', conn_id: a}", '  - {conn_password: ••••••, conn_id: a}'],
    ['  - {conn_id: a, conn_password: x}', '  - {conn_id: a, conn_password: ••••••}'],
    ['      conn_password:', '      conn_password:'],
    ['      conn_password: # none', '      conn_password: # none'],
    ["      conn_password: ''", "      conn_password: ''"],
    ['      conn_login: me', '      conn_login: me'],
    ['      conn_uri: postgres://me:hunter2@db/x', '      conn_uri: ••••••'],
    ['  - {conn_password: a, conn_id: b, conn_uri: "c"} # d', '  - {conn_password: ••••••, conn_id: b, conn_uri: ••••••} # d'],
    ['      conn_password: null # none', '      conn_password: null # none'],
    ['  - {"conn_password":"hunter2"}', '  - {"conn_password":••••••}'],
    ['      conn_password: nullify', '      conn_password: ••••••'],
  ] as const) {
    it(line.trim(), () => {
      assert.deepEqual(maskSecrets([line]), [masked]);
    });
  }

  it('hides a password of several lines', () => {
    assert.deepEqual(maskSecrets(['- conn_password: |', '    hun', '', '    ter2', '  conn_port: 1']),
      ['- conn_password: ••••••', '    ••••••', '', '    ••••••', '  conn_port: 1']);
  });

  for (const [name, lines] of [
    ['in double quotes', ['conn_password: "a \\" b', '  hunter2" # c', 'conn_port: 1']],
    ['in single quotes', ["conn_password: 'a '' b", "  hunter2'", 'conn_port: 1']],
    ['unquoted', ['conn_password: a', '  hunter2', 'conn_port: 1']],
    ['on the line below the key', ['conn_password:', '  hunter2', 'conn_port: 1']],
    ['of a variable named like a secret', ['- name: DB_PASSWORD', '  value: >-', '    hunter2', '- name: PORT']],
    ['between braces, no deeper than its entry', ['- {conn_id: a, conn_password: "b', '  hunter2", conn_port: 2}', '- conn_port: 1']],
    ['between braces and unquoted', ['- {conn_id: a, conn_password: b', '  hunter2, conn_port: 2}', '- conn_port: 1']],
    ['between braces, below the key', ['- {conn_id: a, conn_password:', '  hunter2, conn_port: 2}', '- conn_port: 1']],
  ] as const) {
    it(`hides a value of two lines ${name}, and nothing after it`, () => {
      const shown = maskSecrets(lines);
      assert.doesNotMatch(shown.join('\n'), /hunter2/);
      assert.equal(shown.at(-1), lines.at(-1));
    });
  }
});
