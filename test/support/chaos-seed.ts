/** What decides the moments of a storm; another one is told by CHAOS_SEED. */
export const chaosSeed = (usual: number): number => Number(process.env['CHAOS_SEED'] ?? usual);
