import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { buttonPages } from './checkout/button-pages';
import { linkPages } from './checkout/link-pages';
import { checkoutPages, sendPage } from './checkout/pages';
import { recoveryPages } from './checkout/recovery-pages';
import { trustProxies } from './http/address';
import { contextOf } from './http/context';
import type { Dependencies } from './http/dependencies';
import { docs } from './docs';
import { documentsOf } from './docs/documents';
import { documents } from './documents';
import { browserScripts } from './embedding/scripts';
import { answerOf, HttpError } from './http/errors';
import { execute } from './http/execute';
import { fileContents } from './files/contents';
import { productDownloadPages } from './files/downloads';
import { isUpload, receiveUpload } from './files/upload';
import { health, ready } from './health';
import { helpPages } from './help/pages';
import { inTurn } from './http/in-turn';
import { invoicePages } from './invoice-page/pages';
import { licenseMachines } from './licenses/machines';
import { licensePublic } from './licenses/public';
import { authenticate } from './middleware/authenticate';
import { authenticateSession } from './middleware/authenticate-session';
import { begin } from './middleware/begin';
import { deadline } from './middleware/deadline';
import { limit } from './middleware/limit';
import { moved } from './middleware/moved';
import { readableUrl } from './middleware/readable-url';
import { securityHeaders } from './middleware/security-headers';
import { shouldRetry } from './middleware/should-retry';
import { version } from './middleware/version';
import { consoleLoginPages, isInConsole, sendProblem } from './console/login-pages';
import { signOnPages } from './console/sign-on-pages';
import { ownPages } from './console/own-pages';
import { passkeyPages } from './console/passkey-pages';
import { consolePages } from './console/pages';
import { contractPages } from './contract/pages';
import { mcpPages } from './mcp/pages';
import { mailPreviews } from './mail/previews';
import { manualPages } from './manual/routes';
import { loginPages } from './portal/login-pages';
import { portalPages } from './portal/pages';
import { processorPages } from './processors/pages';
import { pricingPages } from './pricing/pages';
import { ProblemPage } from '../web/problem/problem-page';
import { renderPage } from '../web/render';
import type { Locale } from '../web/words/languages';
import { localeOfReader } from './branding/locale';
import type { PageProblem } from '../web/words/problem';
import type { Operation } from './http/operation';
import { route } from './http/routing';
import { operations as all } from './routes';
import { authenticationPage } from './sandbox/authentication-page';
import { microdepositsPage } from './sandbox/microdeposits-page';
import { voucherPage } from './sandbox/voucher-page';

const BODY_LIMIT = '1mb';

/** The API over HTTP: every operation under its path, behind authentication, with one error handler. */
export function createApp(deps: Dependencies, operations: readonly Operation[] = all): Express {
  const app = trustProxies(express(), deps.config);
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.get('/healthz', health);
  if (deps.readiness) app.get('/readyz', ready(deps.readiness));
  app.use(inTurn(begin(deps), shouldRetry, deadline, readableUrl, securityHeaders()));
  app.use(
    ['/v1', '/v2'],
    inTurn(
      notKept,
      limit(deps.config.requestsPerSecond),
      express.raw({ type: (request) => !isUpload(request as Request), limit: BODY_LIMIT }),
      authenticateSession(deps, authenticate(deps.sql)),
      version,
      ...receiveUpload(deps),
    ),
  );
  app.use(
    inTurn(
      moved,
      route(operations, (operation) => execute(deps, operation)),
    ),
  );
  const before = inTurn(notKept, limit(deps.config.requestsPerSecond), authenticate(deps.sql), version);
  app.use(mcpPages(deps, operations, before));
  app.use(browserScripts());
  const openApiDocuments = documentsOf(operations, deps.config.publicUrl ?? '/');
  app.use(docs(openApiDocuments, deps.config));
  app.use(manualPages(operations, openApiDocuments, deps.config));
  app.use(authenticationPage(deps));
  app.use(voucherPage(deps));
  app.use(microdepositsPage(deps));
  app.use(processorPages(deps));
  app.use(documents(deps));
  app.use(fileContents(deps));
  app.use(productDownloadPages(deps));
  app.use(licenseMachines(deps));
  app.use(licensePublic(deps));
  app.use(checkoutPages(deps));
  app.use(recoveryPages(deps));
  app.use(invoicePages(deps));
  app.use(linkPages(deps));
  app.use(buttonPages(deps));
  app.use(pricingPages(deps));
  app.use(loginPages(deps));
  app.use(mailPreviews());
  app.use(portalPages(deps));
  app.use(consoleLoginPages(deps));
  if (deps.config.oidc) app.use(signOnPages(deps, deps.config.oidc));
  app.use(passkeyPages(deps));
  app.use(ownPages(deps, operations));
  app.use(consolePages(deps, operations));
  app.use(helpPages(deps));
  app.use(contractPages(deps));
  app.use(unknownUrl);
  app.use(refuse(deps));
  return app;
}

/** An answer belongs to its caller and may be outdated at once, so no cache may keep it. */
function notKept(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

function unknownUrl(request: Request): void {
  throw new HttpError(404, `Unrecognized request URL (${request.method}: ${request.path}). Please see /docs, or /openapi.json.`);
}

/** The only error handler. Express recognizes it by its four parameters. */
function refuse(deps: Dependencies) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    // The deadline has already answered, so this answer is dropped.
    if (response.writableEnded) return;
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, error: body } = answerOf(fromExpress(error), deps.log.child({ request: contextOf(response).requestId }));
    if (isInConsole(request)) sendProblem(request, response, { status, text: body.message });
    else if (isReadByPerson(request)) sendPage(response, status, renderPage(ProblemPage(problemPageOf(request, status))));
    else response.status(status).json({ error: body });
  };
}

/** Somebody has opened an address outside of the API with a browser, which asks for HTML before anything else. */
const isReadByPerson = (request: Request): boolean =>
  !/^\/v\d+\//.test(request.path) && request.accepts(['application/json', 'text/html']) === 'text/html';

function problemPageOf(request: Request, status: number): { locale: Locale; problem: PageProblem } {
  const problem = [404, 410].includes(status) ? 'gone' : [429, 503].includes(status) ? 'busy' : 'failed';
  return { locale: localeOfReader(request), problem };
}

/** Errors of Express's own parsers: too long a body, an invalid URL. */
function fromExpress(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof HttpError) return error;
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && status < 500 && expose === true ? new HttpError(status, error.message) : error;
}
