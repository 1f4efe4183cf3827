import type { TreeNode } from '../tree/treeNode.ts';

/** Rows that are there already, and those that are listed now: a row that is listed again stays the same. */
export class ListedRows<Node extends TreeNode> {
  readonly #order: (a: Node, b: Node) => number;
  readonly #rows: Map<string, Node>;
  readonly #listed = new Set<string>();

  constructor(kept: readonly Node[], order: (a: Node, b: Node) => number) {
    this.#rows = new Map(kept.map((node) => [node.id, node]));
    this.#order = order;
  }

  /** All rows in order. */
  get nodes(): readonly Node[] {
    return [...this.#rows.values()].sort(this.#order);
  }

  /** Takes listed rows; one that is there already is told what it stands for now. */
  add(nodes: readonly Node[], update: (known: Node, now: Node) => void): void {
    for (const node of nodes) {
      const known = this.#rows.get(node.id);
      this.#listed.add(node.id);
      if (known === undefined) {
        this.#rows.set(node.id, node);
      } else {
        update(known, node);
      }
    }
  }

  /** Takes rows away that were not listed again, but for those that could not be asked. */
  keepListed(isUnknown: (node: Node) => boolean = () => false): void {
    for (const [id, node] of this.#rows) {
      if (!this.#listed.has(id) && !isUnknown(node)) {
        this.#rows.delete(id);
      }
    }
  }
}
