/**
 * Keeps a text field's typing from being overwritten by views that are older than it.
 *
 * Every keystroke is sent to the host and comes back in a view; while several are on their way, the view that arrives
 * holds what stood in the field some keystrokes ago. Such an echo is recognised by the values sent, without the spaces
 * around them since the host drops those, and leaves the field alone. A value that the field never sent was set by
 * somebody else and is written.
 */
export class TextDraft {
  #shown: string;
  #sent: string[] = [];

  constructor(shown: string) {
    this.#shown = shown;
  }

  /** Notes a value that the user typed and that was sent. What changes nothing for the host has no echo. */
  typed(value: string): void {
    const sent = value.trim();
    if (sent !== (this.#sent.at(-1) ?? this.#shown.trim())) {
      this.#sent.push(sent);
    }
  }

  /**
   * Takes the value of a new view and says whether the field must be set to it.
   * While nobody edits the field, the view is right; the rest of the typing, if any, is in a view still to come.
   */
  mustWrite(value: string, editing: boolean): boolean {
    const changed = value !== this.#shown;
    if (editing && !changed) {
      // It may be older than everything that was sent since, so it answers nothing of that.
      return false;
    }
    const echo = this.#sent.indexOf(value.trim());
    this.#shown = value;
    if (editing && echo >= 0) {
      this.#sent.splice(0, echo + 1);
      return false;
    }
    this.#sent = [];
    return true;
  }

  /** What the field must hold when the user leaves it; `undefined` while views are still to come. */
  get settled(): string | undefined {
    return this.#sent.length === 0 ? this.#shown : undefined;
  }
}
