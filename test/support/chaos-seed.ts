/** Determines the moments of the kills; CHAOS_SEED sets another one. */
export const chaosSeed = (usual: number): number => Number(process.env['CHAOS_SEED'] ?? usual);
