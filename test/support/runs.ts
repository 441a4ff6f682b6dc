/** `npm run test:properties` sets it. */
export const ALL_RUNS = process.env['DUNLIN_ALL_RUNS'] !== undefined;

/** How many cases a property tries: in `npm test` a third, other ones each time; in `npm run test:properties` all. */
export const runs = (all: number): number => (ALL_RUNS ? all : Math.ceil(all / 3));
