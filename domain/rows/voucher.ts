/** The numbers with which a payer pays later. */
export interface Voucher {
  /** What the shop, the machine or the bank asks for. */
  number: string;
  /** Of Multibanco: who receives the payment. */
  entity: string | null;
  /** The page that shows it. `{client_secret}` in it is a placeholder for the intent's secret. */
  url: string;
  /** Sandbox only: after how many seconds it expires, whatever the seller has asked for. */
  lastsSeconds?: number;
}
