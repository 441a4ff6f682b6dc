/** What showed where the customer of a taxed invoice was, when the invoice became final. Kept for ten years. */
export interface LocationEvidence {
  invoice: string;
  account: string;
  livemode: boolean;
  /** Epoch seconds; on a test clock the clock's time. */
  created: number;
  /** The country whose tax law was applied. */
  country: string;
  items: EvidenceItem[];
  /** Whether an item shows another country. */
  isContradicted: boolean;
}

/** `country` is null where the item alone shows none, such as an IP address. In Stripe's snake_case, because the API returns it unchanged. */
export interface EvidenceItem {
  source: 'billing_address' | 'card_country' | 'ip_address' | 'payment_method_address' | 'shipping_address' | 'tax_id';
  country: string | null;
  /** The IP address. */
  value: string | null;
}
