/**
 * `expand[]`: replaces ids in a rendered answer by their objects, level by level, all ids of one kind at one level together.
 * https://docs.stripe.com/api/expanding_objects
 */
import { BillingError } from '../../domain/core/errors';
import type { WireKind } from '../../objects';
import { expandableAt, findExpandable } from './find-expandable';
import type { CouponHolder, Expandable, IncludedName } from './expansion-kinds';
import { OBJECT_NAMES } from './names';

export type Json = Record<string, unknown>;

/** Loads expanded objects, only within the caller's account and mode. */
export interface ExpansionLoader {
  /** @throws HttpError 403 if the caller may not read what the property shows */
  permit(target: Expandable): void;
  /** The rendered objects by their ids, coupons also by `couponName`. A missing object stays an id. */
  objects(kind: WireKind, ids: string[]): Promise<Map<string, Json>>;
  /** By the owner's id (or `couponName`), a property that the owner shows only when expanded. */
  included(name: IncludedName, owners: string[]): Promise<Map<string, unknown>>;
}

/** Names the coupon of a discount or of a promotion code. No coupon has such an id, because callers cannot choose one with `#`. */
export const couponName = (holder: CouponHolder, id: string): string => `${holder}#${id}`;

/** Stripe's own limit, without counting the `data` of lists. */
const MAX_DEPTH = 4;

/**
 * A copy of the object, list or search result with everything at these paths expanded: `customer`, `data.customer`,
 * `latest_invoice.payments.data.payment.payment_intent`. Null stays null.
 *
 * @throws BillingError parameter_invalid for an unknown or too deep path, HttpError 403 for one that the caller may not read, before anything is
 * loaded
 */
export async function expand<T extends object>(object: T, paths: readonly string[], load: ExpansionLoader): Promise<T> {
  if (paths.length === 0) return object;
  const expanded = structuredClone(object);
  const params = paths.map(withTheirTiers);
  for (const path of params) assertExpandable(expanded as Json, path, load);
  let wave = slotsIn(expanded, treeOf(params));
  while (wave.length > 0) wave = await fill(wave, load);
  return expanded;
}

/** Stripe's path for the tiers of one currency is `currency_options.eur.tiers`; here all currencies come with their tiers. */
function withTheirTiers(path: string): string {
  return path.replace(/\bcurrency_options\.[a-z]{3}\.tiers$/, 'currency_options');
}

function assertExpandable(root: Json, path: string, load: Permit): void {
  const steps = path.split('.');
  if (steps.filter((step) => step !== 'data').length > MAX_DEPTH) {
    throw refusal(`You cannot expand more than ${String(MAX_DEPTH)} levels of a property. Property: ${path}.`);
  }
  if (!reaches(root, steps, load)) throw refusal(`This property cannot be expanded (${path}).`);
}

const refusal = (message: string): BillingError => new BillingError('parameter_invalid', message, { param: 'expand' });

type Permit = Pick<ExpansionLoader, 'permit'>;

function reaches(root: Json, steps: string[], load: Permit): boolean {
  if (!isList(root)) return leads([String(root['object'])], steps, load);
  const [data, ...rest] = steps;
  const [first] = root['data'] as Json[];
  return data === 'data' && rest.length > 0 && (first === undefined || leads([String(first['object'])], rest, load));
}

/** Decided by the types alone, so that a wrong path is always refused, whatever the answer contains. */
function leads(types: readonly string[], path: readonly string[], load: Permit): boolean {
  return types.some((type) => {
    const found = findExpandable(type, path);
    if (!found || !leadsOn(found, load)) return false;
    load.permit(found.target);
    return true;
  });
}

function leadsOn({ target, rest }: NonNullable<ReturnType<typeof findExpandable>>, load: Permit): boolean {
  if (rest.length === 0 || target.is === 'nothing') return true;
  if (target.is === 'reference') {
    const names = target.kinds.map((kind) => OBJECT_NAMES[kind]);
    return leads(names, rest, load);
  }
  if (!target.list) return leads(target.types, rest, load);
  return rest[0] === 'data' && (rest.length === 1 || leads(target.types, rest.slice(1), load));
}

/** Paths with the same beginning are expanded together. */
type Tree = Map<string, Tree>;

function treeOf(paths: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    let tree = root;
    for (const step of path.split('.')) {
      const next: Tree = tree.get(step) ?? new Map<string, Tree>();
      tree.set(step, next);
      tree = next;
    }
  }
  return root;
}

/** A place in the answer that waits for a loaded object, and the paths to expand inside that object. */
interface Slot {
  source: { kind: WireKind } | { name: IncludedName };
  id: string;
  put: (value: unknown) => void;
  tree: Tree;
}

/** @param name what the value was loaded by, if that is not its id */
function slotsIn(value: unknown, tree: Tree, name?: string): Slot[] {
  if (tree.size === 0) return [];
  if (Array.isArray(value)) return value.flatMap((each) => slotsIn(each, tree));
  if (!isObject(value)) return [];
  if (isList(value)) return slotsIn(value['data'], tree.get('data') ?? new Map<string, Tree>());
  return slotsAt(value, tree, { type: String(value['object']), owner: name ?? String(value['id']), prefix: '' });
}

interface FieldPath {
  type: string;
  owner: string;
  /** For a hash inside the object: its own path, followed by a dot. */
  prefix: string;
}

function slotsAt(holder: Json, tree: Tree, place: FieldPath): Slot[] {
  return [...tree].flatMap(([key, subtree]) => {
    const property = place.prefix + key;
    const target = expandableAt(place.type, property);
    if (target) return slotsOf(target, { holder, key, subtree, owner: place.owner });
    const hashes = [holder[key]].flat().filter(isObject);
    return hashes.flatMap((hash) => slotsAt(hash, subtree, { ...place, prefix: `${property}.` }));
  });
}

function slotsOf(target: Expandable, at: { holder: Json; key: string; subtree: Tree; owner: string }): Slot[] {
  const { holder, key, subtree, owner } = at;
  if (holder['deleted'] === true) return [];
  switch (target.is) {
    case 'nothing':
      return [];
    case 'inside':
      return slotsIn(holder[key], subtree);
    case 'included':
      return [{ source: { name: target.name }, id: owner, put: (value) => (holder[key] = value), tree: subtree }];
    case 'reference':
      return 'of' in target ? couponSlot(couponName(target.of, owner), at) : references(target.kinds, holder, key, subtree);
  }
}

function couponSlot(name: string, { holder, key, subtree }: { holder: Json; key: string; subtree: Tree }): Slot[] {
  return holder[key] === null ? [] : [{ source: { kind: 'coupon' }, id: name, put: (loaded) => (holder[key] = loaded), tree: subtree }];
}

function references(kinds: readonly WireKind[], holder: Json, key: string, tree: Tree): Slot[] {
  const value = holder[key];
  const slot = (id: unknown, put: Slot['put']): Slot[] =>
    typeof id === 'string' ? [{ source: { kind: kindOf(kinds, id) }, id, put, tree }] : [];
  if (!Array.isArray(value)) return slot(value, (loaded) => (holder[key] = loaded));
  const list: unknown[] = value;
  return list.flatMap((id, at) => slot(id, (loaded) => (list[at] = loaded)));
}

const PREFIXES: Partial<Record<WireKind, string>> = { charge: 'ch_', refund: 're_', dispute: 'du_' };

/** The kind of an id among several, by its prefix. */
function kindOf(kinds: readonly WireKind[], id: string): WireKind {
  const kind = kinds.find((each) => id.startsWith(PREFIXES[each] ?? '')) ?? kinds[0];
  if (kind === undefined) throw new Error('a reference has no kind');
  return kind;
}

/** Loads one level; the loaded objects may contain the next. */
async function fill(wave: Slot[], load: ExpansionLoader): Promise<Slot[]> {
  const groups = new Map<string, Slot[]>();
  for (const slot of wave) {
    const name = 'kind' in slot.source ? slot.source.kind : slot.source.name;
    groups.set(name, [...(groups.get(name) ?? []), slot]);
  }
  const next = await Promise.all([...groups.values()].map((slots) => fillGroup(slots, load)));
  return next.flat();
}

async function fillGroup(slots: Slot[], load: ExpansionLoader): Promise<Slot[]> {
  const [first] = slots;
  if (first === undefined) return [];
  const ids = [...new Set(slots.map(({ id }) => id))];
  const found = await ('kind' in first.source ? load.objects(first.source.kind, ids) : load.included(first.source.name, ids));
  return slots.flatMap((slot) => settle(slot, found));
}

// Two places may reference the same object and expand different properties, so each has its own copy.
function settle(slot: Slot, found: Map<string, unknown>): Slot[] {
  if (!found.has(slot.id)) return [];
  const value = structuredClone(found.get(slot.id));
  slot.put(value);
  return slotsIn(value, slot.tree, 'kind' in slot.source ? slot.id : undefined);
}

function isList(value: Json): boolean {
  return (value['object'] === 'list' || value['object'] === 'search_result') && Array.isArray(value['data']);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
