/** Who calculates. `rates`: the tax rates of the lines. `dunlin`: the built-in engine. Neither calls anybody. */
export type TaxProviderName = 'rates' | 'dunlin' | RemoteTaxProviderName;

/** Who calculates automatic tax. */
export type AutomaticTaxProvider = Exclude<TaxProviderName, 'rates'>;

/** The providers that Dunlin calls over the network. */
export type RemoteTaxProviderName = 'stripe';
