import { apiKeys } from './api-keys';
import { auditEntries } from './audit-entries';
import { users } from './users';
import type { Operation } from '../http/operation';
import { sandbox } from '../sandbox/faults';
import { account } from './account';
import { alerts } from './alerts';
import { balanceTransactions } from './balance-transactions';
import { charges } from './charges';
import { confirmationTokens } from './confirmation-tokens';
import { customerSessions } from './customer-sessions';
import { paymentMethodConfigurations } from './payment-method-configurations';
import { setupAttempts } from './setup-attempts';
import { checkoutSessions } from './checkout-sessions';
import { coupons } from './coupons';
import { creditBalance } from './credit-balance';
import { creditGrants } from './credit-grants';
import { creditNotes } from './credit-notes';
import { creditTopUps } from './credit-top-ups';
import { customerSources } from './customer-sources';
import { customers } from './customers';
import { disputeReports } from './dispute-reports';
import { disputes } from './disputes';
import { entitlements } from './entitlements';
import { events } from './events';
import { experiments } from './experiments';
import { fileLinks } from './file-links';
import { files } from './files';
import { exchangeRates } from './exchange-rates';
import { held } from './held';
import { invoiceItems } from './invoice-items';
import { invoicePayments } from './invoice-payments';
import { invoiceRenderingTemplates } from './invoice-rendering-templates';
import { invoices } from './invoices';
import { ledger } from './ledger';
import { licensePolicies } from './license-policies';
import { licenseSigningKeys } from './license-signing-keys';
import { licenses } from './licenses';
import { margins } from './margins';
import { meterEvents } from './meter-events';
import { meters } from './meters';
import { paymentIntents } from './payment-intents';
import { customerRequests } from './customer-requests';
import { guests } from './guests';
import { portalRetentionOffers } from './portal-retention-offers';
import { mailSuppressions } from './mail-suppressions';
import { mails } from './mails';
import { portalConfigurations } from './portal-configurations';
import { portalSessions } from './portal-sessions';
import { pricingTables } from './pricing-tables';
import { paymentLinks } from './payment-links';
import { shippingRates } from './shipping-rates';
import { paymentMethods } from './payment-methods';
import { paymentRecords } from './payment-records';
import { paymentPages } from './payment-pages';
import { plans } from './plans';
import { prices } from './prices';
import { productDownloads } from './product-downloads';
import { productFeatures } from './product-features';
import { products } from './products';
import { promotionCodes } from './promotion-codes';
import { quotes } from './quotes';
import { refunds } from './refunds';
import { repairs } from './repairs';
import { processors } from './processors';
import { cutovers } from './cutovers';
import { imports } from './imports';
import { shadowInvoices } from './shadow-invoices';
import { reconciliations } from './reconciliations';
import { routing } from './routing';
import { search } from './search';
import { fills } from './fills';
import { forecasts } from './forecasts';
import { insight } from './insight';
import { mandates } from './mandates';
import { setupIntents } from './setup-intents';
import { subscriptionItems } from './subscription-items';
import { subscriptionSchedules } from './subscription-schedules';
import { subscriptions } from './subscriptions';
import { radar } from './radar';
import { reviews } from './reviews';
import { recovery } from './recovery';
import { tasks } from './tasks';
import { supportReport, supportTickets } from './support-tickets';
import { taxAssociations } from './tax-associations';
import { taxCalculations } from './tax-calculations';
import { taxCodes } from './tax-codes';
import { taxIds } from './tax-ids';
import { taxRates } from './tax-rates';
import { taxRegistrations } from './tax-registrations';
import { taxReturns } from './tax-returns';
import { brandingSettings } from './branding-settings';
import { documentSettings } from './document-settings';
import { taxSettings } from './tax-settings';
import { taxThresholds } from './tax-thresholds';
import { taxTransactions } from './tax-transactions';
import { testClocks } from './test-clocks';
import { tokens } from './tokens';
import { webhookEndpoints } from './webhook-endpoints';

/** Every operation of the API, by resource. */
export const operations: Operation[] = [
  ...account,
  ...alerts,
  ...balanceTransactions,
  ...charges,
  ...checkoutSessions,
  ...confirmationTokens,
  ...customerSessions,
  ...paymentMethodConfigurations,
  ...setupAttempts,
  ...paymentLinks,
  ...pricingTables,
  ...experiments,
  ...mails,
  ...mailSuppressions,
  ...portalConfigurations,
  ...portalSessions,
  ...portalRetentionOffers,
  ...customerRequests,
  ...guests,
  ...shippingRates,
  ...coupons,
  ...processors,
  ...imports,
  ...cutovers,
  ...shadowInvoices,
  ...reconciliations,
  ...routing,
  ...creditBalance,
  ...creditGrants,
  ...creditNotes,
  ...creditTopUps,
  ...customerSources,
  ...customers,
  ...disputeReports,
  ...disputes,
  ...entitlements,
  ...events,
  ...exchangeRates,
  ...files,
  ...fileLinks,
  ...held,
  ...invoiceItems,
  ...invoicePayments,
  ...invoiceRenderingTemplates,
  ...invoices,
  ...ledger,
  ...licensePolicies,
  ...licenseSigningKeys,
  ...licenses,
  ...fills,
  ...forecasts,
  ...insight,
  ...margins,
  ...meterEvents,
  ...meters,
  ...paymentIntents,
  ...paymentMethods,
  ...paymentRecords,
  ...paymentPages,
  ...plans,
  ...prices,
  ...products,
  ...productFeatures,
  ...productDownloads,
  ...promotionCodes,
  ...quotes,
  ...refunds,
  ...repairs,
  ...sandbox,
  ...search,
  ...mandates,
  ...setupIntents,
  ...subscriptionItems,
  ...subscriptionSchedules,
  ...subscriptions,
  ...radar,
  ...reviews,
  ...recovery,
  ...tasks,
  ...supportTickets,
  supportReport,
  ...taxAssociations,
  ...taxCalculations,
  ...taxCodes,
  ...taxIds,
  ...taxRates,
  ...taxRegistrations,
  ...taxReturns,
  ...brandingSettings,
  ...documentSettings,
  ...taxSettings,
  ...taxThresholds,
  ...taxTransactions,
  ...testClocks,
  ...tokens,
  ...webhookEndpoints,
  ...apiKeys,
  ...users,
  ...auditEntries,
];
