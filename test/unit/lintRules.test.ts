import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectDir } from '../tasks/projectDir.ts';

/** What docs/architecture.md forbids: a folder, a line in a file of it, and what the linter says. */
const forbidden = [
  ...['identity', 'deployment', 'trust', 'trust/view', 'connection', 'project', 'project/requirements', 'page', '.'].flatMap((folder) => [
    [folder, "import * as it from 'vscode';", "only src/vscode imports 'vscode'"],
    [folder, "import { it } from '@azure/core-auth';", 'the SDKs live in'],
    [folder, "import type { it } from '@azure/arm-msi';", 'the SDKs live in'],
    [folder, "import { readFileSync as it } from 'node:fs';", 'Pure folders do no I/O'],
    [folder, "import { readFile as it } from 'node:fs/promises';", 'Pure folders do no I/O'],
    [folder, "import { it } from '../azure/armTokens.ts';", 'Pure folders know no adapter'],
    [folder, "import { it } from '../kubernetes/kubeConfig.ts';", 'Pure folders know no adapter'],
    [folder, "import type { it } from '@kubernetes/client-node';", 'the SDKs live in'],
    [folder, "import { it } from '../../http/retryAfter.ts';", 'Pure folders know no adapter'],
    [folder, "import type { it } from '../vscode/services.ts';", 'Pure folders know no adapter'],
    [folder, "import { it } from '../extension.ts';", 'Nothing imports the composition root'],
  ] as const),
  ...['azure', 'astro', 'kubernetes'].flatMap((folder) => [
    [folder, "import * as it from 'vscode';", "Only src/vscode imports 'vscode'"],
    [folder, "import type { it } from '../vscode/services.ts';", 'Adapters never import vscode/'],
    [folder, "import { it } from '../webview/markup.ts';", 'Adapters never import vscode/, webview/'],
    [folder, "import { it } from '../extension.ts';", 'the composition root'],
  ] as const),
  ['http', "import * as it from 'vscode';", "Only src/vscode imports 'vscode'"],
  ['http', "import { it } from '../vscode/log.ts';", 'none of those who use it'],
  ['http', "import { it } from '../azure/azureErrors.ts';", 'none of those who use it'],
  ['http', "import { it } from '../extension.ts';", 'none of those who use it'],
  ['webview', "import * as it from 'vscode';", 'The page runs in a browser'],
  ['webview', "import { it } from '../vscode/messages.ts';", 'types and pure code only'],
  ['webview', "import { it } from '../azure/armTokens.ts';", 'types and pure code only'],
  ['webview', "import { it } from 'node:path';", 'types and pure code only'],
  ['webview', "import { it } from '../extension.ts';", 'types and pure code only'],
  ...['vscode', 'vscode/tree'].flatMap((folder) => [
    [folder, "import { it } from '@azure/identity';", 'import types only'],
    [folder, "import { it } from '@azure/arm-resources-subscriptions/api/tenants';", 'import types only'],
    [folder, "import { it } from 'yaml';", 'import types only'],
    [folder, "import { it } from '../azure/azureBundle.ts';", 'import types only'],
    [folder, "import { it } from '../kubernetes/kubernetesBundle.ts';", 'import types only'],
    [folder, "import { it } from '@kubernetes/client-node';", 'import types only'],
    [folder, "import { it } from '../../http/retryAfter.ts';", 'import types only'],
    [folder, "import { it } from '../extension.ts';", 'Nothing imports the composition root'],
  ] as const),
  ['vscode', 'const it = fetch;', "VS Code's fetch drops company CAs"],
  ['azure', 'const it = fetch;', "VS Code's fetch drops company CAs"],
  ['http', "import { readFile as it } from 'fs/promises';", 'node:'],
] as const;

/** What it allows, so that the rules are known not to forbid everything. */
const allowed = [
  ['identity', "import * as it from '@vscode/l10n';"],
  ['trust', "import { it } from '../identity/armId.ts';"],
  ['project', "import { it } from 'yaml';"],
  ['http', "import { it } from '@azure/core-rest-pipeline';"],
  ['azure', "import { it } from '@azure/arm-msi';"],
  ['azure', "import { it } from '../http/retryAfter.ts';"],
  ['astro', "import { it } from '../deployment/deployment.ts';"],
  ['kubernetes', "import { it } from '@kubernetes/client-node';"],
  ['vscode', "import * as it from 'vscode';"],
  ['vscode', "import type { it } from '../azure/azureBundle.ts';"],
  ['vscode', "import { it } from '../trust/plan.ts';"],
  ['webview', "import { it } from '../trust/connectView.ts';"],
  ['webview', "import type { it } from '../vscode/messages.ts';"],
] as const;

/** The part of a finding that is read here. */
interface Finding {
  readonly code: string;
  readonly filename: string;
  readonly message: string;
  readonly help?: string;
}

/** Runs the project's linter with the project's rules on files of a folder elsewhere. */
async function lint(folder: string): Promise<readonly Finding[]> {
  const bin = path.join(projectDir, 'node_modules', '.bin');
  const env = { ...process.env, PATH: [bin, process.env['PATH']].join(path.delimiter) };
  const printed = await new Promise<string>((resolve) => {
    // It ends with 1 when it finds something, which is what is asked of it here.
    execFile(path.join(bin, 'oxlint'), ['--format', 'json', 'src'], { cwd: folder, env }, (_ended, stdout) => resolve(stdout));
  });
  return (JSON.parse(printed) as { readonly diagnostics: readonly Finding[] }).diagnostics;
}

describe('the import rules of docs/architecture.md', function () {
  this.timeout(30_000);
  let folder: string;
  let findings: readonly Finding[];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lint-rules-'));
    await cp(path.join(projectDir, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
    for (const [kind, cases] of Object.entries({ forbidden, allowed })) {
      for (const [index, [place, line]] of cases.entries()) {
        await mkdir(path.join(folder, 'src', place), { recursive: true });
        await writeFile(path.join(folder, 'src', place, `${kind}${index}.ts`), `${line}\nexport type Planted = typeof it;\n`);
      }
    }
    findings = await lint(folder);
  });
  after(() => rm(folder, { recursive: true }));

  function of(file: string): readonly string[] {
    return findings
      .filter(({ filename, code }) => path.basename(filename) === file && /restricted|node-protocol/.test(code))
      .map(({ message, help }) => `${message} ${help ?? ''}`);
  }

  for (const [index, [place, line, reason]] of forbidden.entries()) {
    it(`forbid src/${place}: ${line}`, () => {
      const said = of(`forbidden${index}.ts`);
      assert.ok(said.some((text) => text.includes(reason)), `The linter said: ${said.join('; ') || 'nothing'}`);
    });
  }

  for (const [index, [place, line]] of allowed.entries()) {
    it(`allow src/${place}: ${line}`, () => {
      assert.deepEqual(of(`allowed${index}.ts`), []);
    });
  }
});
