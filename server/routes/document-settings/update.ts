import { loadMatching } from '../../../db/matching';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { changeDocumentSettings } from '../../../domain/invoice/document-settings';
import { documentSettings } from '../../../objects/shapes/document-settings';
import { operation } from '../../http/operation';
import { emptyable, name, object, oneOf, parameters, text } from '../../http/parameters';
import { email, iban } from '../../http/text-parameters';
import { customFields } from '../../schemas/subscription';
import { showDocumentSettings } from './retrieve';

/**
 * Sets what documents of new invoices say. An empty value removes a setting. Final invoices keep what they had.
 *
 * @throws BillingError parameter_invalid
 */
export const updateDocumentSettings = operation({
  method: 'post',
  path: '/v1/document_settings',
  summary: 'Update the document settings',
  tag: 'Document settings',
  own: true,
  parameters: parameters({
    bank_account: emptyable(
      object({
        bic: name({ max: 11 })
          .regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'Invalid BIC: it has eight or eleven capital letters and digits.')
          .optional(),
        iban: iban(),
      }),
    ).optional(),
    contact: emptyable(
      object({ email: email().optional(), name: name({ max: 100 }).optional(), phone: name({ max: 20 }).optional() }),
    ).optional(),
    custom_fields: customFields().optional(),
    footer: emptyable(text()).optional(),
    memo: emptyable(text({ max: 1500 })).optional(),
    page_size: oneOf(['a4', 'auto', 'letter']).optional(),
  }),
  answer: documentSettings,
  async handle(request) {
    const { bank_account: bank, contact, custom_fields: fields, footer, memo, page_size: pageSize } = request.parameters;
    const change = {
      bankAccount: bank && { bic: bank.bic ?? null, iban: bank.iban },
      contact: contact && { email: contact.email ?? null, name: contact.name ?? null, phone: contact.phone ?? null },
      ...{ customFields: fields, footer, memo, pageSize },
    };
    await request.change({
      step: 'changeDocumentSettings',
      customer: null,
      subject: `document-settings/${request.scope.account}/${String(request.scope.livemode)}`,
      load: (tx) => loadMatching(tx, request.scope, [{ kind: 'documentSettings', filters: [] }]),
      plan: (changes) => {
        changeDocumentSettings(changes, omitUndefined(change));
      },
    });
    return showDocumentSettings(request);
  },
});
