/** Names in RFC 8785 order (UTF-16 units), each ready to be written, with the place it had. */
export interface MemberOrder {
  /** `"name":` in canonical order. */
  readonly labels: readonly string[];
  /** Place of each label's member in the order given. */
  readonly places: readonly number[];
}

interface Node {
  readonly next: Map<string, Node>;
  order: MemberOrder | null;
}

const newNode = (): Node => ({ next: new Map(), order: null });

/** Events of one source repeat the same few lists of names; this many distinct beginnings of lists are remembered. */
const maxNodes = 20_000;
const maxNames = 64;
const maxNameLength = 64;

const compareUnits = (a: readonly [string, number], b: readonly [string, number]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;

const sort = (names: readonly string[]): MemberOrder => {
  const sorted = names.map((name, place): [string, number] => [name, place]).toSorted(compareUnits);
  return {
    labels: sorted.map(([name]) => `${JSON.stringify(name)}:`),
    places: sorted.map(([, place]) => place),
  };
};

/**
 * The canonical order of a list of distinct names. Remembers lists it has seen, because sorting them anew is what
 * canonical JSON costs most; memory is bounded, a memory that is full starts afresh.
 */
export const createMemberOrders = (): ((names: readonly string[]) => MemberOrder) => {
  let root = newNode();
  let nodes = 0;
  return (names) => {
    if (names.length > maxNames) return sort(names);
    let node = root;
    for (const name of names) {
      let next = node.next.get(name);
      if (next === undefined) {
        if (name.length > maxNameLength) return sort(names);
        if (nodes >= maxNodes) {
          root = newNode();
          nodes = 0;
          return sort(names);
        }
        next = newNode();
        node.next.set(name, next);
        nodes += 1;
      }
      node = next;
    }
    node.order ??= sort(names);
    return node.order;
  };
};
