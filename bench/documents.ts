/** PDFs of a paid invoice by its public link: how many in a second, and the CPU of one. The server makes them in one thread. */
import { createSender, type Api } from './api';
import { cpuOf, cpuPer, type CpuMs } from './cpu';
import type { MeasuredStack } from './stack';
import { createPrice, quantile, sideBySide } from './workload';

export interface Documents {
  document: string;
  /** Of the PDF. */
  kilobytes: number;
  perSecond: number;
  p50: number;
  cpu: CpuMs;
}

/** One document waits while another is made. */
const AT_ONCE = 2;
const WARM_UP = 10;

export async function measureDocuments(api: Api, stack: MeasuredStack, count: number): Promise<Documents[]> {
  const price = await createPrice(api);
  const links = [
    { document: 'an invoice of one line', link: await paidInvoice(api, price, 1, 'Ann Example') },
    { document: 'an invoice of 50 lines', link: await paidInvoice(api, price, 50, 'Ann Example') },
    { document: 'an invoice of one line to a Chinese customer', link: await paidInvoice(api, price, 1, '深圳市腾讯计算机系统有限公司') },
  ];
  const measured: Documents[] = [];
  for (const { document, link } of links) measured.push({ document, ...(await measureLink(stack, link, count)) });
  return measured;
}

/** The path of its PDF. */
async function paidInvoice(api: Api, price: string, lines: number, name: string): Promise<string> {
  const { id: customer } = await api.post('/v1/customers', { name, email: 'bench@example.com' });
  const { id: card } = await api.post('/v1/payment_methods/pm_card_visa/attach', { customer });
  for (let line = 0; line < lines; line += 1) {
    await api.post('/v1/invoiceitems', {
      customer,
      amount: '1900',
      currency: 'usd',
      description: `Seat ${String(line + 1)}, support and storage`,
    });
  }
  const invoice = await api.post('/v1/invoices', { customer, default_payment_method: card, pending_invoice_items_behavior: 'include' });
  const paid = await api.post(`/v1/invoices/${invoice.id}/pay`);
  return new URL(String(paid['invoice_pdf'])).pathname;
}

async function measureLink(stack: MeasuredStack, link: string, count: number): Promise<Omit<Documents, 'document'>> {
  const sender = createSender(stack.url, {});
  const times: number[] = [];
  let bytes = 0;
  const read = async (): Promise<void> => {
    const begun = performance.now();
    const { status, text, headers } = await sender.send('GET', link);
    if (status !== 200) throw new Error(`a document was refused: ${String(status)} ${text}`);
    times.push(performance.now() - begun);
    bytes = Number(headers['content-length']);
  };
  try {
    await sideBySide(WARM_UP, AT_ONCE, read);
    times.length = 0;
    const [before, begun] = [cpuOf(stack.pids), performance.now()];
    await sideBySide(count, AT_ONCE, read);
    const seconds = (performance.now() - begun) / 1000;
    const p50 = quantile(
      [...times].sort((a, b) => a - b),
      0.5,
    );
    return { kilobytes: Math.round(bytes / 1024), perSecond: count / seconds, p50, cpu: cpuPer(count, before, cpuOf(stack.pids)) };
  } finally {
    sender.close();
  }
}
