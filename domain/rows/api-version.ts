/**
 * Releases of Stripe's API that Dunlin supports. A major (`dahlia`, `endive`) fixes the shapes of objects; its dated releases only add to
 * them, so one shape serves all releases of a major.
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

/** The release in which rows are rendered and events are stored, and the default for callers that name none. */
export const API_VERSION: ApiVersion = '2026-08-26.dahlia';

/** The release with this name, or null if Dunlin does not support it. */
export function apiVersionOf(name: string): ApiVersion | null {
  return API_VERSIONS.find((version) => version === name) ?? null;
}

export function majorOf(version: ApiVersion): ApiMajor {
  return version.endsWith('.endive') ? 'endive' : 'dahlia';
}
