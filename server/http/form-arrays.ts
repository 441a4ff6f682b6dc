import { decoded } from './acceptable-text';

/** The first array of a form that has more than so many elements, in Stripe's notation: `items[0][tax_rates]`. Undefined if there is none. */
export function longArrayIn(form: string, most: number): string | undefined {
  const elements = new Map<string, Set<string>>();
  for (const [at, part] of form.split('&').entries()) {
    const [rawName = ''] = part.split('=', 1);
    const name = decoded(rawName.replaceAll('+', ' ')) ?? '';
    for (const [array, element] of elementsOf(name, String(at))) {
      const known = elements.get(array) ?? new Set();
      elements.set(array, known.add(element));
      if (known.size > most) return array;
    }
  }
  return undefined;
}

/** Each array that the name leads through, with its element: of `items[0][tax_rates][]` they are `items` and `items[0][tax_rates]`. */
function elementsOf(name: string, at: string): (readonly [string, string])[] {
  const nested = [...name.matchAll(/\[(\d*)\]/g)].map(
    ({ index, 1: element = '' }) => [name.slice(0, index), element === '' ? `at ${at}` : element] as const,
  );
  // A name that is repeated without brackets is an array, too.
  return name.endsWith('[]') ? nested : [...nested, [name, `at ${at}`] as const];
}
