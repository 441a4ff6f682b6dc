/**
 * One order of the discounts of all lines that keeps the order of each line. If lines contradict each other, the discount that appears
 * first comes first. [a, b] and [c, b] give a, c, b; [a, b] and [b, a] give a, b.
 */
export function inOrder(lists: string[][]): string[] {
  const order = new Order(lists.map((list) => [...new Set(list)]));
  const taken: string[] = [];
  for (let next = order.next(); next !== undefined; next = order.next()) {
    order.take(next);
    taken.push(next);
  }
  return taken;
}

/** The lists without the discounts taken so far. Each step looks only at the heads of the lists, so the work is linear in their length. */
class Order {
  /** Each discount's rank: the position of its first appearance. */
  private readonly ranks = new Map<string, number>();
  private readonly listsOf = new Map<string, number[]>();
  private readonly heads: number[];
  /** For each discount, the number of lists in which another discount that is not taken yet precedes it. */
  private readonly behind = new Map<string, number>();
  private readonly ready = new Set<string>();
  private readonly taken = new Set<string>();

  constructor(private readonly lists: string[][]) {
    this.heads = this.lists.map(() => 0);
    for (const [index, list] of this.lists.entries()) {
      for (const [position, id] of list.entries()) this.name(id, index, position);
    }
    for (const [id, count] of this.behind) if (count === 0) this.ready.add(id);
  }

  private name(id: string, list: number, position: number): void {
    if (!this.ranks.has(id)) this.ranks.set(id, this.ranks.size);
    const lists = this.listsOf.get(id);
    if (lists) lists.push(list);
    else this.listsOf.set(id, [list]);
    this.behind.set(id, (this.behind.get(id) ?? 0) + (position > 0 ? 1 : 0));
  }

  /** The first discount by rank that no other precedes; if lists contradict each other, the first by rank of all that are left. */
  next(): string | undefined {
    const left = this.ready.size > 0 ? this.ready : this.untaken();
    let first: string | undefined;
    for (const id of left) if (first === undefined || this.rank(id) < this.rank(first)) first = id;
    return first;
  }

  take(id: string): void {
    this.taken.add(id);
    this.ready.delete(id);
    for (const index of this.listsOf.get(id) ?? []) this.moveHead(index);
  }

  private moveHead(index: number): void {
    const list = this.lists[index] ?? [];
    const before = this.heads[index] ?? 0;
    let head = before;
    while (head < list.length && this.taken.has(list[head] ?? '')) head += 1;
    const id = list[head];
    if (head === before || id === undefined) return;
    this.heads[index] = head;
    const behind = (this.behind.get(id) ?? 0) - 1;
    this.behind.set(id, behind);
    if (behind === 0) this.ready.add(id);
  }

  private rank(id: string): number {
    return this.ranks.get(id) ?? 0;
  }

  /** In the order of their ranks. */
  private *untaken(): Iterable<string> {
    for (const id of this.ranks.keys()) {
      if (this.taken.has(id)) continue;
      yield id;
      return;
    }
  }
}
