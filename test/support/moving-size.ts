/** How many customers are moved by the test of a whole account: as `DUNLIN_MOVING_CUSTOMERS` says. */
export const movingSize = (usual: number): number => Number(process.env['DUNLIN_MOVING_CUSTOMERS'] ?? usual);
