/** Submits the form of a checkout page as a browser without script does. While the payment is being made, the page looks again. */
export async function submitPage(
  url: string,
  entries: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; html: string }> {
  let response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(entries), redirect: 'manual' });
  let html = await response.text();
  for (let looks = 0; html.includes('http-equiv="refresh"') && looks < 40; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    response = await fetch(url, { redirect: 'manual' });
    html = await response.text();
  }
  return { status: response.status, html };
}
