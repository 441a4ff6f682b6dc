/** How recoveries of unpaid invoices have ended. */
export interface Recovered {
  ended: number;
  recovered: number;
}
