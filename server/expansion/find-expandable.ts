/** Finds what `expand[]` can open at a path of an object. */
import { EXPANDABLE } from './expandable';
import type { Expandable } from './expansion-kinds';

/** The entry of `path`'s first expandable property in an object of this type, and the rest of the path. */
export function findExpandable(type: string, path: readonly string[]): { target: Expandable; rest: readonly string[] } | undefined {
  for (let length = 1; length <= path.length; length += 1) {
    const target = expandableAt(type, path.slice(0, length).join('.'));
    if (target) return { target, rest: path.slice(length) };
  }
  return undefined;
}

/** Every expandable property of an object of this type, by its path. */
export const expandablesOf = (type: string): Record<string, Expandable> =>
  Object.hasOwn(EXPANDABLE, type) ? (EXPANDABLE[type as keyof typeof EXPANDABLE] as Record<string, Expandable>) : {};

export function expandableAt(type: string, property: string): Expandable | undefined {
  const properties = expandablesOf(type);
  return Object.hasOwn(properties, property) ? properties[property] : undefined;
}
