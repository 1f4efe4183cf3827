import type { Child, Control, Markup } from './markup.ts';
import { TextDraft } from './textDraft.ts';

interface Drawn {
  markup: Markup;
  readonly draft: TextDraft | undefined;
}

const svgTags = new Set(['svg', 'path']);

/** What each element was last drawn from. Elements that this module did not draw are not in it and are replaced. */
const drawn = new WeakMap<Node, Drawn>();

/**
 * Makes the children of `parent` what `wanted` says, and changes nothing that is right already: an element that stays
 * is the same element, so focus, caret, selection and scroll positions survive each new view.
 */
export function patchChildren(parent: Element, wanted: readonly Child[]): void {
  const free = new Set(parent.childNodes);
  const nodes = wanted.map((child) => {
    const found = [...free].find((node) => fits(node, child));
    if (found !== undefined) {
      free.delete(found);
    }
    return found ?? create(child);
  });
  // Those that go must go first: then those that stay stand in order, and none of them is moved, which would take its focus.
  for (const node of free) {
    node.remove();
  }
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) {
      next = next.nextSibling;
    } else {
      parent.insertBefore(node, next);
    }
  }
  nodes.forEach((node, index) => {
    const child = wanted[index];
    if (typeof child === 'string') {
      if (node.nodeValue !== child) {
        node.nodeValue = child;
      }
    } else if (child !== undefined && node instanceof Element) {
      patchElement(node, child);
    }
  });
}

function fits(node: Node, child: Child): boolean {
  if (typeof child === 'string') {
    return node.nodeType === Node.TEXT_NODE;
  }
  const before = drawn.get(node)?.markup;
  return before?.tag === child.tag && before.key === child.key && before.control?.kind === child.control?.kind;
}

function create(child: Child): ChildNode {
  if (typeof child === 'string') {
    return document.createTextNode(child);
  }
  const node = svgTags.has(child.tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', child.tag)
    : document.createElement(child.tag);
  const draft = child.control?.kind === 'text' ? new TextDraft(child.control.value) : undefined;
  drawn.set(node, { markup: { ...child, attributes: {}, children: [] }, draft });
  listen(node, child.control, draft);
  return node;
}

/** Listens once per element; what happens then is read from what the element was drawn from last. */
function listen(node: Element, control: Control | undefined, draft: TextDraft | undefined): void {
  const current = (): Control | undefined => drawn.get(node)?.markup.control;
  switch (control?.kind) {
    case undefined:
      return;
    case 'press':
      node.addEventListener('click', () => {
        const now = current();
        if (now?.kind === 'press') {
          now.press();
        }
      });
      return;
    case 'text': {
      const send = (): void => {
        const now = current();
        if (now?.kind === 'text' && node instanceof HTMLInputElement) {
          draft?.typed(node.value);
          now.typed(node.value);
        }
      };
      node.addEventListener('input', (event) => {
        // What an input method has not finished is no value yet.
        if (!(event instanceof InputEvent && event.isComposing)) {
          send();
        }
      });
      node.addEventListener('compositionend', send);
      node.addEventListener('blur', () => {
        if (node instanceof HTMLInputElement) {
          node.value = draft?.settled ?? node.value;
        }
      });
      return;
    }
    case 'tick':
      node.addEventListener('change', () => {
        const now = current();
        if (now?.kind === 'tick' && node instanceof HTMLInputElement) {
          now.changed(node.checked);
        }
      });
      return;
    case 'choice':
      node.addEventListener('change', () => {
        const now = current();
        if (now?.kind === 'choice' && node instanceof HTMLSelectElement) {
          now.chosen(node.value);
        }
      });
  }
}

function patchElement(node: Element, wanted: Markup): void {
  const record = drawn.get(node);
  if (record === undefined) {
    return;
  }
  const before = record.markup.attributes;
  for (const [name, value] of Object.entries(wanted.attributes)) {
    if (before[name] !== value) {
      node.setAttribute(name, value);
    }
  }
  for (const name of Object.keys(before)) {
    if (!(name in wanted.attributes)) {
      node.removeAttribute(name);
    }
  }
  patchChildren(node, wanted.children);
  patchValue(node, wanted.control, record.draft);
  record.markup = wanted;
}

function patchValue(node: Element, control: Control | undefined, draft: TextDraft | undefined): void {
  if (control?.kind === 'text' && node instanceof HTMLInputElement) {
    const editing = node === document.activeElement;
    if ((draft?.mustWrite(control.value, editing) ?? true) && node.value !== control.value) {
      writeKeepingCaret(node, control.value, editing);
    }
  } else if (control?.kind === 'tick' && node instanceof HTMLInputElement) {
    node.checked = control.ticked;
  } else if (control?.kind === 'choice' && node instanceof HTMLSelectElement && node.value !== control.value) {
    node.value = control.value;
  }
}

/** Setting a value moves the caret to its end. */
function writeKeepingCaret(node: HTMLInputElement, value: string, editing: boolean): void {
  const { selectionStart, selectionEnd } = node;
  node.value = value;
  if (editing) {
    node.setSelectionRange(selectionStart, selectionEnd);
  }
}
