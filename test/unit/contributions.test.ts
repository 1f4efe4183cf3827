import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commandIds, isPaletteCommand, isTitleCommand } from '../../src/contributedCommands.ts';
import { connectPanelType, contextKeys, detailsPanelType, settingDefaults, viewIds } from '../../src/contributions.ts';
import { nodeTraits } from '../../src/nodeTraits.ts';

interface Menu {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>> };
  };
}

const root = new URL('../../', import.meta.url);
const manifestText = readFileSync(new URL('package.json', root), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8')) as Record<string, string>;
const { contributes } = manifest;
const titleOf = ({ title }: { readonly title: string }): string => texts[title.slice(1, -1)] ?? '';
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

/** All `when` clauses of the manifest. */
const clauses = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].flatMap(({ when }) => (when === undefined ? [] : [when]));

describe('contributions', () => {
  it('names in package.json exactly the commands that have types', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commandIds));
  });

  it('keeps out of the palette exactly the commands that need a node', () => {
    const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command);
    assert.deepEqual(sorted(hidden), sorted(commandIds.filter((id) => !isPaletteCommand(id))));
  });

  it('gives every palette command a title that no other contains, so that typing it finds one command', () => {
    const titles = contributes.commands.filter(({ command }) => commandIds.some((id) => id === command && isPaletteCommand(id))).map(titleOf);
    const confused = titles.filter((title) => titles.some((other) => other !== title && other.includes(title.replace(/…$/, ''))));
    assert.deepEqual(confused, []);
  });

  it('knows which commands of rows stand in the title of a view as well, where they may come without a row', () => {
    const onRows = new Set((contributes.menus['view/item/context'] ?? []).map(({ command }) => command));
    const both = (contributes.menus['view/title'] ?? []).map(({ command }) => command).filter((id) => onRows.has(id));
    const withoutTarget = ['airflowIdentity.addDeployment', 'airflowIdentity.setAstroToken', 'airflowIdentity.showLog'];
    assert.deepEqual(sorted(both.filter((id) => !withoutTarget.includes(id))), sorted(commandIds.filter(isTitleCommand)));
  });

  it('uses the category of the product for every command', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ category }) => texts[category.slice(1, -1)] ?? '')), ['Airflow Identity']);
  });

  it('puts only existing commands into menus and welcome contents', () => {
    const menus = Object.values(contributes.menus).flat().map(({ command }) => command);
    const links = Object.values(texts).flatMap((text) => [...text.matchAll(/command:(airflowIdentity\.\w+)/g)].map(([, id]) => id ?? ''));
    const unknown = [...menus, ...links].filter((id) => !commandIds.some((known) => known === id));
    assert.deepEqual(unknown, []);
  });

  it('names the same views, container and pages', () => {
    assert.deepEqual(contributes.viewsContainers.activitybar.map(({ id }) => id), [viewIds.container]);
    assert.deepEqual((contributes.views[viewIds.container] ?? []).map(({ id }) => id), [viewIds.identities, viewIds.deployments, viewIds.connections]);
    for (const panel of [connectPanelType, detailsPanelType]) {
      assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${panel}`));
    }
  });

  it('has the same settings with the same defaults, of which a workspace can change only what the editor shows', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value.default])), settingDefaults);
    const open = Object.entries(properties).flatMap(([key, { scope }]) => (scope === 'machine' ? [] : [key]));
    assert.deepEqual(sorted(open), ['airflowIdentity.codeLens', 'airflowIdentity.disabledDiagnostics']);
  });

  it('asks in `when` clauses for exactly the context keys that are set', () => {
    const keys = clauses.flatMap((clause) => [...clause.matchAll(/(?<!config\.)\bairflowIdentity\.\w+/g)].map(([key]) => key));
    const views = new Set<string>(Object.values(viewIds));
    assert.deepEqual(sorted(keys.filter((key) => !views.has(key))), sorted(contextKeys));
  });

  it('asks in `when` clauses only for traits that nodes have', () => {
    const words = clauses.flatMap((clause) => [...clause.matchAll(/viewItem =~ \/\\b\(?([\w|]+)\)?\\b\//g)].flatMap(([, names]) => (names ?? '').split('|')));
    assert.ok(words.length > 0);
    assert.deepEqual(words.filter((word) => !nodeTraits.some((trait) => trait === word)), []);
  });

  it('has a text for every placeholder and no text without one', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual(sorted(used), sorted(Object.keys(texts)));
  });

  it('writes texts in the house style', () => {
    const loud = Object.values(texts).filter((text) => text.includes('!'));
    assert.deepEqual(loud, []);
  });
});
