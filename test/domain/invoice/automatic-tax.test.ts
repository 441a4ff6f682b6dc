import type { Address } from '../../../domain/rows/resource';
import type { TaxRegistration } from '../../../domain/rows/tax-registration';
import type { TaxSettings } from '../../../domain/rows/tax-settings';
import { HOUR, World } from '../subscription/world';

const NOWHERE: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const BERLIN = { ...NOWHERE, country: 'DE', postal_code: '10115' };
const resource = { account: 'acct_1', livemode: false, created: 0 };

/** A seller in Berlin who is registered at home and for the One Stop Shop, and a customer with a card. */
function selling(to: Partial<Address> | null, settings: Partial<TaxSettings> = {}): World {
  const world = new World('2026-01-15');
  const { account } = world.rows.all('customer')[0] ?? resource;
  const own = { ...resource, account };
  world.rows.put('taxSettings', {
    ...own,
    id: 'taxset_1',
    headOffice: BERLIN,
    taxBehavior: 'exclusive',
    taxCode: 'txcd_10103001',
    ...settings,
  });
  const registration = { ...own, country: 'DE', scheme: null, state: null, activeFrom: 0, expiresAt: null };
  for (const type of ['standard', 'oss_union'] satisfies TaxRegistration['type'][])
    world.rows.put('taxRegistration', { ...registration, id: `taxreg_${type}`, type });
  world.rows.put('price', { ...world.rows.get('price', 'price_1000'), taxBehavior: 'unspecified' });
  world.changeCustomer({ address: to && { ...NOWHERE, ...to }, shipping: null });
  world.card('visa');
  return world;
}

const AUTOMATIC = { automatic_tax: { enabled: true } };

describe('a subscription with automatic tax', () => {
  it('is taxed where the customer is, and its invoice says so', () => {
    const world = selling({ country: 'FR' });
    const id = world.create(AUTOMATIC);
    expect(world.last()).toMatchObject({
      status: 'paid',
      total: 1200,
      totalExcludingTax: 1000,
      totalTaxes: [{ amount: 200, taxable_amount: 1000, taxability_reason: 'standard_rated', tax_behavior: 'exclusive' }],
      automaticTax: { enabled: true, status: 'complete', disabled_reason: null },
    });
    expect(world.rows.get('subscription', id).automaticTax).toEqual({ enabled: true, disabled_reason: null });
    const [rate] = world.rows.where('taxRate', ({ isAutomatic }) => isAutomatic);
    expect(rate).toMatchObject({ percentage: '20', inclusive: false, country: 'FR', taxType: 'vat', displayName: 'VAT', active: false });
    expect(world.rows.all('taxCalculation')).toMatchObject([{ provider: 'dunlin' }]);
  });

  it('does not take an address in Monaco with a French postal code, or a card of a French bank, for another country', () => {
    const isContradicted = (to: Partial<Address>): boolean[] => {
      const world = selling(to);
      for (const taxId of world.rows.all('taxId')) world.rows.put('taxId', { ...taxId, deleted: true });
      for (const method of world.rows.all('paymentMethod')) {
        const billingDetails = { ...method.billingDetails, address: NOWHERE };
        world.rows.put('paymentMethod', { ...method, billingDetails, card: method.card && { ...method.card, country: 'FR' } });
      }
      world.create(AUTOMATIC);
      return world.rows.all('locationEvidence').map((kept) => kept.isContradicted);
    };
    expect([{ country: 'FR', postal_code: '98000' }, { country: 'MC' }, { country: 'FR' }, { country: 'BE' }].map(isContradicted)).toEqual([
      ...[[false], [false], [false], [true]],
    ]);
  });

  it('takes the tax out of an inclusive price', () => {
    const world = selling({ country: 'DE' }, { taxBehavior: 'inclusive' });
    world.create(AUTOMATIC);
    expect(world.last()).toMatchObject({
      total: 1000,
      subtotal: 1000,
      subtotalExcludingTax: 840,
      totalExcludingTax: 840,
      totalTaxes: [{ amount: 160 }],
    });
  });

  it('has one rate row however many invoices it has, and the rate of the day on which each becomes final', () => {
    const world = new World('2025-06-15');
    const { account } = world.rows.all('customer')[0] ?? resource;
    const own = { ...resource, account };
    world.rows.put('taxSettings', {
      ...own,
      id: 'taxset_1',
      headOffice: { ...NOWHERE, country: 'EE' },
      taxBehavior: 'exclusive',
      taxCode: 'txcd_10103001',
    });
    world.rows.put('taxRegistration', {
      ...own,
      id: 'taxreg_1',
      country: 'EE',
      type: 'standard',
      scheme: 'standard',
      state: null,
      activeFrom: 0,
      expiresAt: null,
    });
    world.changeCustomer({ address: { ...NOWHERE, country: 'EE' }, shipping: null });
    world.card('visa');
    world.create(AUTOMATIC);
    expect(world.last().totalTaxes).toMatchObject([{ amount: 220 }]);
    world.advance('2025-07-16');
    expect(world.last().totalTaxes).toMatchObject([{ amount: 240 }]);
    world.advance('2025-09-16');
    expect(world.rows.where('taxRate', ({ isAutomatic }) => isAutomatic).map(({ percentage }) => percentage)).toEqual(['22', '24']);
  });

  it('credits the tax that was charged, after the customer has moved', () => {
    const world = selling({ country: 'DE' });
    const id = world.create(AUTOMATIC);
    world.changeCustomer({ address: { ...NOWHERE, country: 'FR' } });
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }], proration_behavior: 'always_invoice' });
    const lines = world.lines(world.last().id).map(({ amount, taxes }) => [amount, taxes[0]?.amount]);
    expect(lines).toEqual([
      [-1000, -190],
      [2000, 400],
    ]);
  });

  it('is refused with tax rates, without a head office, for a price of unknown behavior, and where the customer is nowhere', () => {
    const refused =
      (world: World, terms: object = {}) =>
      () =>
        world.create({ ...AUTOMATIC, ...terms });
    const rates = selling({ country: 'DE' });
    rates.taxes();
    expect(refused(rates, { default_tax_rates: ['txr_ex'] })).toThrow(/together with tax rates/);
    expect(refused(selling({ country: 'DE' }, { headOffice: null }))).toThrow(/head office/);
    expect(refused(selling({ country: 'DE' }, { taxBehavior: null }))).toThrow(/does not say whether tax is inside/);
    expect(refused(selling({ country: 'US' }))).toThrow(/location isn't recognized/);
  });

  it('whose customer lost the place is renewed without tax, and automatic tax is switched off', () => {
    const world = selling({ country: 'FR' });
    const id = world.create(AUTOMATIC);
    world.changeCustomer({ address: { ...NOWHERE, country: 'US' } });
    world.advance('2026-02-15T02:00:00Z');
    expect(world.last()).toMatchObject({
      status: 'paid',
      total: 1000,
      totalTaxes: [],
      automaticTax: { enabled: false, status: null, disabled_reason: 'finalization_requires_location_inputs' },
    });
    expect(world.rows.get('subscription', id).automaticTax).toEqual({ enabled: false, disabled_reason: 'requires_location_inputs' });
  });
});

describe('an invoice by hand', () => {
  const drafted = (world: World): string => {
    world.pending(1000);
    return world.manual({ ...AUTOMATIC, auto_advance: false });
  };

  it('is taxed where the customer is when it becomes final', () => {
    const world = selling({ country: 'DE' });
    const invoice = drafted(world);
    expect(world.rows.get('invoice', invoice)).toMatchObject({ total: 1190, automaticTax: { status: 'complete' } });
    world.changeCustomer({ address: { ...NOWHERE, country: 'FR' } });
    world.must('invoice', invoice, 'finalizeInvoice');
    expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'open', total: 1200 });
  });

  it('without a place cannot become final, and stays a draft', () => {
    const world = selling({ country: 'DE' });
    const invoice = drafted(world);
    world.changeCustomer({ address: { ...NOWHERE, country: 'US' } });
    expect(() => world.must('invoice', invoice, 'finalizeInvoice')).toThrow(/location isn't recognized/);
    expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'draft', automaticTax: { enabled: true } });
  });

  it('that becomes final by itself stays a draft without a place, and says why', () => {
    const world = selling({ country: 'DE' });
    world.pending(1000);
    const invoice = world.manual({ ...AUTOMATIC, auto_advance: true });
    world.changeCustomer({ address: { ...NOWHERE, country: 'US' } });
    world.advance(world.now + 2 * HOUR);
    expect(world.rows.get('invoice', invoice)).toMatchObject({
      status: 'draft',
      lastFinalizationError: { code: 'customer_tax_location_invalid' },
    });
  });
});
