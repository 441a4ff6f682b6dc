/** A document at its public link, without a key. `text` has one character for each byte. */
export interface FetchedDocument {
  status: number;
  type: string | null;
  name: string | null;
  text: string;
}

/** @param link as the API shows it; its host is that of the configuration, and not the one that the test's server has */
export async function documentAt({ url }: { url: string }, link: string | null | undefined): Promise<FetchedDocument> {
  const { pathname } = new URL(String(link));
  const response = await fetch(`${url}${pathname}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const { headers, status } = response;
  return { status, type: headers.get('content-type'), name: headers.get('content-disposition'), text: bytes.toString('latin1') };
}
