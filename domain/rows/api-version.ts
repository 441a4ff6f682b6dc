/**
 * Releases of Stripe's API that Dunlin speaks. A major (`dahlia`, `endive`) fixes the shapes of objects; its dated releases only
 * add to them, so one shape serves all releases of a major.
 */

/** Every release of the two majors, oldest first. */
export const API_VERSIONS = [
  '2026-03-25.dahlia',
  '2026-04-22.dahlia',
  '2026-05-27.dahlia',
  '2026-06-24.dahlia',
  '2026-07-29.dahlia',
  '2026-08-26.dahlia',
  '2026-09-30.endive',
  '2026-10-28.endive',
] as const;

export type ApiVersion = (typeof API_VERSIONS)[number];
export type ApiMajor = 'dahlia' | 'endive';

/** The release that rows are rendered in, that events are stored in, and that a caller gets who names none. */
export const API_VERSION: ApiVersion = '2026-08-26.dahlia';

/** The release of this name, or null where Dunlin does not speak it. */
export function apiVersionOf(name: string): ApiVersion | null {
  return API_VERSIONS.find((version) => version === name) ?? null;
}

export function majorOf(version: ApiVersion): ApiMajor {
  return version.endsWith('.endive') ? 'endive' : 'dahlia';
}
