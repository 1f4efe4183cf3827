import assert from 'node:assert/strict';
import { astroCliConfigPath, astroCliToken } from '../../../src/deployment/astroCliConfig.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

/** As the Astro CLI writes it (astronomer/astro-cli config/context.go). */
function config(entry: string, context = 'astronomer.io', key = 'astronomer_io'): string {
  return `cloud:\n  api:\n    protocol: https\ncontext: ${context}\ncontexts:\n  ${key}:\n    organization: clorg\n${entry.replaceAll(/^/gm, '    ')}\n`;
}

const signedIn = 'domain: astronomer.io\ntoken: Bearer eyJ.abc.def\nrefreshtoken: r\nuser_email: a@b.c\nexpiresin: 2026-05-01T16:48:36+01:00';

describe("the Astro CLI's token", () => {
  it('is taken from the current context, without its prefix', () => {
    assert.equal(astroCliToken(config(signedIn), {}, now), 'eyJ.abc.def');
    assert.equal(astroCliToken(config(signedIn.replace('Bearer ', '')), {}, now), 'eyJ.abc.def');
    assert.equal(astroCliToken(config('token: "Bearer x"', 'cloud.astronomer.io', 'cloud_astronomer_io'), {}, now), 'x');
  });

  const absent: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['after signing out', config('domain: astronomer.io\ntoken: ""'), {}],
    ['without contexts', 'context: astronomer.io\ncontexts:\n', {}],
    ['of an empty file', '', {}],
    ['for Astro Private Cloud', config(signedIn, 'astro.contoso.example', 'astro_contoso_example'), {}],
    ['when ASTRO_DOMAIN names another domain', config(signedIn), { ASTRO_DOMAIN: 'localhost' }],
    ['when the context was made to name another domain', config(signedIn.replace('astronomer.io', 'attacker.example')), {}],
    ['for a domain that only ends alike', config(signedIn, 'notastronomer.io', 'notastronomer_io'), {}],
  ];
  for (const [when, text, environment] of absent) {
    it(`is not there ${when}`, () => assert.equal(astroCliToken(text, environment, now), undefined));
  }

  it('follows ASTRO_DOMAIN to another context', () => {
    assert.equal(astroCliToken(config(signedIn, 'localhost'), { ASTRO_DOMAIN: 'astronomer.io' }, now), 'eyJ.abc.def');
  });

  it('that has expired says so and what to do', () => {
    assert.throws(() => astroCliToken(config(signedIn), {}, Date.parse('2026-05-02T00:00:00Z')), (error: unknown) => {
      assert.ok(error instanceof AirflowIdentityError);
      assert.equal(error.code, 'signedOut');
      assert.match(error.fix ?? '', /astro login/);
      return true;
    });
  });

  it('in a damaged file is not shown in the error', () => {
    for (const text of ['token: [eyJsecret', 'contexts: eyJsecret', 'a: &a eyJsecret\nb: *a']) {
      assert.throws(() => astroCliToken(text, {}, now), (error: unknown) => {
        assert.ok(error instanceof AirflowIdentityError);
        assert.equal(error.code, 'fileUnreadable');
        assert.doesNotMatch(`${error.message} ${error.fix ?? ''} ${String(error.cause)}`, /eyJsecret/);
        return true;
      });
    }
  });

  it('is looked for below ASTRO_HOME, else below the home folder', () => {
    assert.equal(astroCliConfigPath({}, '/home/dana'), '/home/dana/.astro/config.yaml');
    assert.equal(astroCliConfigPath({ ASTRO_HOME: '/opt/astro/' }, '/home/dana'), '/opt/astro/.astro/config.yaml');
  });
});
