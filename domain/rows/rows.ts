import type { Account } from './account';
import type { ActivityDay } from './activity';
import type { Alert, AlertTriggered } from './alert';
import type { BalanceTransaction } from './balance-transaction';
import type { Charge } from './charge';
import type { CreditBalanceTransaction, CreditGrant } from './credit-grant';
import type { CreditNote, CreditNoteLineItem } from './credit-note';
import type { CreditPurchase, CreditTopUp } from './credit-top-up';
import type { Customer, CustomerBalanceTransaction } from './customer';
import type { ConfirmationToken } from './confirmation-token';
import type { CustomerRequest } from './customer-request';
import type { CustomerSession } from './customer-session';
import type { Cutover } from './cutover';
import type { ShadowInvoice } from './shadow-invoice';
import type { PaymentMethodConfiguration } from './payment-method-configuration';
import type { CheckoutSession } from './checkout-session';
import type { Coupon, Discount } from './discount';
import type { Dispute } from './dispute';
import type { DisputeMonth } from './dispute-rate';
import type { BrandingSettings } from './branding-settings';
import type { DocumentSettings } from './document-settings';
import type { Dunning } from './dunning';
import type { Experiment, ExperimentAssignment } from './experiment';
import type { WebhookEndpoint } from './event';
import type { ActiveEntitlement, EntitlementFeature, ProductFeature } from './entitlement';
import type { FileLink, StoredFile } from './file';
import type { License, LicenseActivation, LicensePolicy, LicenseSigningKey } from './license';
import type { ProductDownload } from './product-download';
import type { LocationEvidence } from './location-evidence';
import type { Invoice, InvoiceItem, InvoiceLineItem, InvoicePayment } from './invoice';
import type { InvoiceRenderingTemplate } from './invoice-rendering-template';
import type { Mandate } from './mandate';
import type { MrrMovement } from './mrr-movement';
import type { Mail, MailSuppression } from './mail';
import type { Meter } from './meter';
import type { PaymentAttempt } from './payment-attempt';
import type { PaymentEvaluation } from './payment-evaluation';
import type { PaymentIntent, SetupIntent } from './payment-intent';
import type { PricingTable } from './pricing-table';
import type { PaymentLink } from './payment-link';
import type { PaymentMethod } from './payment-method';
import type { PaymentRecord } from './payment-record';
import type { PortalConfiguration, PortalLogin, PortalRetentionOffer, PortalSession } from './portal';
import type { Price } from './price';
import type { Product } from './product';
import type { PromotionCode } from './promotion-code';
import type { SupportMessage, SupportTicket } from './support-ticket';
import type { FraudDecision, RadarRule, ValueList, ValueListItem } from './radar';
import type { Quote } from './quote';
import type { RecoveryProgram, RecoveryProgramVersion } from './recovery-program';
import type { Refund } from './refund';
import type { EarlyFraudWarning, Review } from './review';
import type { RequestedTaxCalculation } from './requested-tax-calculation';
import type { ShippingRate } from './shipping-rate';
import type { Subscription, SubscriptionItem } from './subscription';
import type { SubscriptionSchedule } from './subscription-schedule';
import type { Task } from './task';
import type { TaxId } from './tax-id';
import type { TaxCalculation } from './tax-calculation';
import type { TaxRate } from './tax-rate';
import type { TaxRecord } from './tax-record';
import type { TaxRegistration } from './tax-registration';
import type { TaxSettings } from './tax-settings';
import type { TaxTransaction } from './tax-transaction';
import type { TaxThresholdNotice } from './tax-threshold';
import type { TestClock } from './test-clock';
import type { UsageFacts } from './usage';
import type { UsagePeriod } from './usage-period';

/** Every kind of row that billing decides on, by its name in code. */
export interface RowTypes {
  account: Account;
  testClock: TestClock;
  customer: Customer;
  customerBalanceTransaction: CustomerBalanceTransaction;
  taxId: TaxId;
  creditGrant: CreditGrant;
  creditBalanceTransaction: CreditBalanceTransaction;
  creditTopUp: CreditTopUp;
  creditPurchase: CreditPurchase;
  product: Product;
  price: Price;
  /** A recurring price in its older form: read, never written. */
  plan: Price;
  taxRate: TaxRate;
  shippingRate: ShippingRate;
  taxCalculation: TaxCalculation;
  locationEvidence: LocationEvidence;
  taxRecord: TaxRecord;
  requestedTaxCalculation: RequestedTaxCalculation;
  taxTransaction: TaxTransaction;
  brandingSettings: BrandingSettings;
  documentSettings: DocumentSettings;
  invoiceRenderingTemplate: InvoiceRenderingTemplate;
  taxSettings: TaxSettings;
  taxRegistration: TaxRegistration;
  taxThreshold: TaxThresholdNotice;
  meter: Meter;
  alert: Alert;
  alertTriggered: AlertTriggered;
  coupon: Coupon;
  promotionCode: PromotionCode;
  discount: Discount;
  paymentMethod: PaymentMethod;
  /** A payment method as a source: seen, never written. */
  card: PaymentMethod;
  mandate: Mandate;
  setupIntent: SetupIntent;
  paymentIntent: PaymentIntent;
  paymentAttempt: PaymentAttempt;
  charge: Charge;
  refund: Refund;
  dispute: Dispute;
  review: Review;
  earlyFraudWarning: EarlyFraudWarning;
  balanceTransaction: BalanceTransaction;
  subscription: Subscription;
  subscriptionItem: SubscriptionItem;
  subscriptionSchedule: SubscriptionSchedule;
  quote: Quote;
  task: Task;
  recoveryProgram: RecoveryProgram;
  recoveryProgramVersion: RecoveryProgramVersion;
  radarRule: RadarRule;
  valueList: ValueList;
  valueListItem: ValueListItem;
  fraudDecision: FraudDecision;
  paymentEvaluation: PaymentEvaluation;
  supportTicket: SupportTicket;
  supportMessage: SupportMessage;
  checkoutSession: CheckoutSession;
  confirmationToken: ConfirmationToken;
  customerSession: CustomerSession;
  paymentMethodConfiguration: PaymentMethodConfiguration;
  paymentLink: PaymentLink;
  pricingTable: PricingTable;
  experiment: Experiment;
  experimentAssignment: ExperimentAssignment;
  file: StoredFile;
  fileLink: FileLink;
  licensePolicy: LicensePolicy;
  licenseSigningKey: LicenseSigningKey;
  license: License;
  licenseActivation: LicenseActivation;
  productDownload: ProductDownload;
  entitlementFeature: EntitlementFeature;
  productFeature: ProductFeature;
  activeEntitlement: ActiveEntitlement;
  mrrMovement: MrrMovement;
  portalConfiguration: PortalConfiguration;
  portalSession: PortalSession;
  portalRetentionOffer: PortalRetentionOffer;
  customerRequest: CustomerRequest;
  portalLogin: PortalLogin;
  mail: Mail;
  mailSuppression: MailSuppression;
  usagePeriod: UsagePeriod;
  invoice: Invoice;
  invoiceLineItem: InvoiceLineItem;
  invoiceItem: InvoiceItem;
  invoicePayment: InvoicePayment;
  paymentRecord: PaymentRecord;
  creditNote: CreditNote;
  creditNoteLineItem: CreditNoteLineItem;
  dunning: Dunning;
  shadowInvoice: ShadowInvoice;
  cutover: Cutover;
  webhookEndpoint: WebhookEndpoint;
}
export type RowKind = keyof RowTypes;

/** Kinds whose primary key is not called `id`. */
const PRIMARY_KEYS: Partial<Record<RowKind, string>> = {
  coupon: 'key',
  dunning: 'invoice',
  locationEvidence: 'invoice',
  taxCalculation: 'invoice',
};

export function keyOf(kind: RowKind, row: object): string {
  return (row as Record<string, unknown>)[PRIMARY_KEYS[kind] ?? 'id'] as string;
}

export type RowsByKind = { [K in RowKind]?: RowTypes[K][] };

/** A set of rows for planners and renderers. Rows are values: to change a row, put a changed copy in its place. */
export class Rows {
  private readonly tables = new Map<RowKind, Map<string, object>>();
  /** Meter readings, if the step needs any. */
  usage: UsageFacts | null = null;
  /** What the customer has used by day, if the step drafts evidence. */
  activity: readonly ActivityDay[] = [];
  /** The payments and disputes of the month, if the step looks at rates. */
  disputeMonth: DisputeMonth | null = null;
  /** How many lines an invoice has, by its id, where only its first lines are among the rows. */
  readonly lineCounts = new Map<string, number>();

  constructor(rows: RowsByKind = {}) {
    for (const [kind, list] of Object.entries(rows)) for (const row of list) this.put(kind as RowKind, row);
  }

  put<K extends RowKind>(kind: K, row: RowTypes[K]): void {
    let table = this.tables.get(kind);
    if (!table) this.tables.set(kind, (table = new Map<string, object>()));
    table.set(keyOf(kind, row), row);
  }

  /** Those of `more` too, in place of what has the same keys. */
  putAll(more: Rows): void {
    for (const [kind, table] of more.tables) this.tables.set(kind, new Map([...(this.tables.get(kind) ?? []), ...table]));
  }

  remove(kind: RowKind, key: string): void {
    this.tables.get(kind)?.delete(key);
  }

  find<K extends RowKind>(kind: K, key: string | null): RowTypes[K] | undefined {
    return key === null ? undefined : (this.tables.get(kind)?.get(key) as RowTypes[K] | undefined);
  }

  /**
   * The row, which must be among the loaded facts.
   *
   * @throws Error if it was not loaded, which is a programming error
   */
  get<K extends RowKind>(kind: K, key: string): RowTypes[K] {
    const row = this.find(kind, key);
    if (!row) throw new Error(`${kind} ${key} is not among the loaded facts`);
    return row;
  }

  /** In insertion order: loaded rows (oldest first), then new ones. */
  all<K extends RowKind>(kind: K): RowTypes[K][] {
    return [...(this.tables.get(kind)?.values() ?? [])] as RowTypes[K][];
  }

  where<K extends RowKind>(kind: K, holds: (row: RowTypes[K]) => boolean): RowTypes[K][] {
    return this.all(kind).filter(holds);
  }

  first<K extends RowKind>(kind: K, holds: (row: RowTypes[K]) => boolean): RowTypes[K] | undefined {
    return this.all(kind).find(holds);
  }

  copy(): Rows {
    const copy = new Rows();
    copy.usage = this.usage;
    copy.activity = this.activity;
    copy.disputeMonth = this.disputeMonth;
    for (const [invoice, count] of this.lineCounts) copy.lineCounts.set(invoice, count);
    for (const [kind, table] of this.tables) copy.tables.set(kind, new Map(table));
    return copy;
  }
}
