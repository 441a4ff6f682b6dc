/** New ids for copied rows, and references that follow them. */

export type Ids = ReadonlyMap<string, string>;

/**
 * The value with each id replaced by its copy's, wherever it is. Ids that contain others are joined by a slash: an attempt's, a workflow's.
 */
export function follow<T>(value: T, ids: Ids): T {
  return replaced(value, ids) as T;
}

function replaced(value: unknown, ids: Ids): unknown {
  if (typeof value === 'string') return ids.get(value) ?? (value.includes('/') ? joined(value, ids) : value);
  if (Array.isArray(value)) return value.map((each) => replaced(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, ids)]));
}

const joined = (text: string, ids: Ids): string =>
  text
    .split('/')
    .map((part) => ids.get(part) ?? part)
    .join('/');

/** The reference, if what it names is copied. */
export const copied = (id: string | null, ids: Ids): string | null => (id !== null && ids.has(id) ? id : null);
