/** The variables of a `.env` file, as one of its readers sees them. */
export type EnvReader = (text: string) => Readonly<Record<string, string>>;

/**
 * Docker Compose, for `astro dev start`: single quotes keep all, double quotes know escapes, without quotes ` #` begins a comment;
 * `$NAME` is replaced outside of single quotes (compose-spec/compose-go v2 `dotenv/parser.go`, `dotenv/godotenv.go`).
 */
export const dockerCompose: EnvReader = (text) => {
  const variables: Record<string, string> = {};
  const line = /^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z0-9_.[\]-]+)[ \t]*=[ \t]*(?:'(?<single>(?:\\'|[^'])*)'|"(?<double>(?:\\.|[^"\\])*)"|(?<bare>[^\r\n]*))/gmu;
  for (const { groups = {} } of text.matchAll(line)) {
    const { name = '', single, double, bare = '' } = groups;
    variables[name] = single ?? withoutVariables(double?.replaceAll(/\\(.)/gu, (_, letter: string) => escapes[letter] ?? `\\${letter}`) ?? bare.replace(/\s+#.*$/u, '').trimEnd());
  }
  return variables;
};

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What Docker Compose makes of `$NAME` and `${NAME}` where no variable is set: nothing. `$$` stands for one `$`. */
export function withoutVariables(value: string): string {
  return value.replaceAll(/\$\$|\$\{[A-Za-z0-9_]+\}|\$[A-Za-z0-9_]+/gu, (found) => (found === '$$' ? '$' : ''));
}

/** The standalone mode of `astro dev`: line by line, a pair of quotes around the value is taken off (astronomer/astro-cli `pkg/airflowrt/env.go`). */
export const astroStandalone: EnvReader = (text) =>
  Object.fromEntries(assignments(text, (line) => line.trim()).map(([name, value]) => {
    const trimmed = value.trim();
    return [name.trim(), /^(?:"[^]*"|'[^]*')$/u.test(trimmed) && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed];
  }));

/** `docker create --env-file`, for `astro dev parse` and `astro dev pytest`: line by line, nothing is taken off (docker/cli `pkg/kvfile`). */
export const dockerEnvFile: EnvReader = (text) => Object.fromEntries(assignments(text, (line) => line.trimStart()));

function assignments(text: string, trimmed: (line: string) => string): readonly (readonly [name: string, value: string])[] {
  return text.split(/\r?\n/u).map((line) => trimmed(line)).filter((line) => !line.startsWith('#') && line.includes('=')).map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  });
}
