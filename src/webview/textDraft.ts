/**
 * Keeps a text field's typing from being overwritten by views that are older than it.
 *
 * Every keystroke is sent to the host and comes back in a view; while several are on their way, the view that arrives
 * holds what stood in the field some keystrokes ago. Such an echo is recognised by the values sent and leaves the field
 * alone. A value that the field never sent was set by somebody else and is written.
 */
export class TextDraft {
  #shown: string;
  #sent: string[] = [];

  constructor(shown: string) {
    this.#shown = shown;
  }

  /** Notes a value that the user typed and that was sent. */
  typed(value: string): void {
    this.#sent.push(value);
  }

  /**
   * Takes the value of a new view and says whether the field must be set to it.
   * While nobody edits the field, the view is right; the rest of the typing, if any, is in a view still to come.
   */
  mustWrite(value: string, editing: boolean): boolean {
    const echo = this.#sent.indexOf(value);
    const changed = value !== this.#shown;
    this.#shown = value;
    if (!editing) {
      this.#sent = [];
      return true;
    }
    if (echo >= 0) {
      this.#sent.splice(0, echo + 1);
      return false;
    }
    if (changed) {
      this.#sent = [];
    }
    return changed;
  }
}
