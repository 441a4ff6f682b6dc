/**
 * In which order discounts are taken off that several lines name: none comes before one that a line names before it. Where lines
 * contradict each other, the one that was named first comes first. [a, b] and [c, b] are a, c, b; [a, b] and [b, a] are a, b.
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

/** The lists, shorter by what was taken. Each step looks at the heads of the lists only, so that the work grows with what is named. */
class Order {
  /** All that are named, by where they are named first. */
  private readonly ranks = new Map<string, number>();
  private readonly listsOf = new Map<string, number[]>();
  private readonly heads: number[];
  /** In how many lists something that is not taken yet comes before it. */
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

  /** The first named of those that nothing comes before; where there is none, the first named of all that are left. */
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
