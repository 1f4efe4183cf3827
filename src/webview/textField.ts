import { element } from './markup.ts';
import type { Markup } from './markup.ts';

/** Of `text` in the messages from the page: more would be refused by the host. */
const maxLength = '4000';

interface TextFieldOptions {
  readonly id?: string;
  /** Its name for assistive technology where no `label` element points to it. */
  readonly label?: string;
  readonly value: string;
  /** The element that says what is wrong with the value. */
  readonly problemId?: string | undefined;
  /** The element that explains the field. */
  readonly hintId?: string;
  /** Stands in the field while it is empty. */
  readonly placeholder?: string | undefined;
  readonly typed: (value: string) => void;
}

/** Gives a field for one line that is copied by character: an id, a name, a subject. */
export function textField(options: TextFieldOptions): Markup {
  const described = [options.problemId, options.hintId].filter((id) => id !== undefined).join(' ');
  return element(
    'input',
    {
      key: 'field',
      type: 'text',
      id: options.id,
      class: 'code',
      'aria-label': options.label,
      'aria-invalid': options.problemId === undefined ? undefined : 'true',
      'aria-describedby': described === '' ? undefined : described,
      placeholder: options.placeholder,
      maxlength: maxLength,
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
    },
    [],
    { kind: 'text', value: options.value, typed: options.typed },
  );
}
