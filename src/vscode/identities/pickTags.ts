import * as vscode from 'vscode';
import { describeTagChange, tagChanges, tagNameProblem, tagValueProblem } from '../../identity/resourceTags.ts';
import type { Tags } from '../../identity/resourceTags.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from '../connect/stepPick.ts';
import { askText } from '../inputStep.ts';

/** How tags are asked for. */
export interface TagQuestion {
  readonly title: string;
  /** Tags that stand now; what differs from them is shown as a change. */
  readonly before: Tags;
  /** Tags to begin with. */
  readonly tags: Tags;
  /** What the first item says that ends the question, for this many changes. */
  readonly done: (changes: number) => string;
  readonly place?: StepPlace;
  readonly back?: boolean;
}

type Choice = { readonly kind: 'done' | 'add' } | { readonly kind: 'tag'; readonly name: string };

/** Asks for tags, one at a time: added, changed, removed. Nothing is written. */
export async function pickTags(question: TagQuestion): Promise<StepAnswer<Tags>> {
  let tags = question.tags;
  for (;;) {
    const answer = await pickStep<Choice>({
      title: question.title,
      placeholder: Object.keys(tags).length === 0 ? vscode.l10n.t('Tags are optional.') : vscode.l10n.t('Pick a tag to change or remove it.'),
      place: question.place,
      back: question.back,
      load: async (show) => { show(itemsOf(question, tags)); },
    });
    if (answer.kind !== 'picked') {
      return answer;
    }
    switch (answer.value.kind) {
      case 'done':
        return { kind: 'picked', value: tags };
      case 'add':
        tags = await addTag(question, tags);
        break;
      case 'tag':
        tags = await changeTag(question, tags, answer.value.name);
    }
  }
}

function itemsOf({ before, done }: TagQuestion, tags: Tags): StepItem<Choice>[] {
  const changes = tagChanges(before, tags);
  return [
    { label: `$(check) ${done(changes.length)}`, ...(changes.length === 0 ? {} : { detail: changes.map(describeTagChange).join(' · ') }), alwaysShow: true, value: { kind: 'done' } },
    { label: `$(add) ${vscode.l10n.t('Add tag…')}`, alwaysShow: true, value: { kind: 'add' } },
    { label: vscode.l10n.t('Tags'), kind: vscode.QuickPickItemKind.Separator },
    ...Object.entries(tags).map(([name, value]) => ({ label: name, description: value, iconPath: new vscode.ThemeIcon('tag'), value: { kind: 'tag', name } as const })),
  ];
}

async function addTag(question: TagQuestion, tags: Tags): Promise<Tags> {
  const named = await askText({ title: question.title, ...question.place, prompt: vscode.l10n.t('Name of the tag'), placeholder: 'env', back: true, live: true, problem: (text) => tagNameProblem(text, tags) });
  return named.kind === 'entered' ? setValue(question, tags, named.text, '') : tags;
}

async function changeTag(question: TagQuestion, tags: Tags, name: string): Promise<Tags> {
  const value = tags[name] ?? '';
  const answer = await pickStep<'change' | 'remove'>({
    title: question.title,
    place: question.place,
    placeholder: `${name}: ${value}`,
    back: true,
    load: async (show) => {
      show([
        { label: `$(edit) ${vscode.l10n.t('Change value…')}`, description: value, value: 'change' },
        { label: `$(trash) ${vscode.l10n.t('Remove tag')}`, description: name, value: 'remove' },
      ]);
    },
  });
  if (answer.kind !== 'picked') {
    return tags;
  }
  return answer.value === 'change'
    ? setValue(question, tags, name, value)
    : Object.fromEntries(Object.entries(tags).filter(([other]) => other !== name));
}

async function setValue(question: TagQuestion, tags: Tags, name: string, value: string): Promise<Tags> {
  const answer = await askText({ title: question.title, ...question.place, prompt: vscode.l10n.t('Value of {0}. It may be empty.', name), value, back: true, live: true, problem: tagValueProblem });
  return answer.kind === 'entered' ? Object.fromEntries([...Object.entries(tags), [name, answer.text]]) : tags;
}
