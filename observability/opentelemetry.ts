import type { IncomingHttpHeaders } from 'node:http';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import type { RequestSpan, Tracing } from './spans';

/** Sends spans of this process to a collector: requests, calls to Temporal, workflows and activities. */
export function openTracing(of: { endpoint: string; program: string; version: string }): Tracing {
  const resource = new Resource({ 'service.name': `dunlin-${of.program}`, 'service.version': of.version });
  const processor = new BatchSpanProcessor(withoutContents(new OTLPTraceExporter({ url: `${of.endpoint}/v1/traces` })));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  // Without the propagator for baggage, because callers' baggage must not be passed on.
  provider.register({ contextManager: new AsyncLocalStorageContextManager(), propagator: new W3CTraceContextPropagator() });
  const tracer = provider.getTracer('dunlin');
  return {
    requests: { begin: (headers) => beginRequest(tracer, headers) },
    clientInterceptors: [new OpenTelemetryWorkflowClientInterceptor({ tracer })],
    workflowInterceptorModules: [require.resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors')],
    activityInterceptors: [(ctx) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(ctx, { tracer }) })],
    sinks: { exporter: makeWorkflowExporter(processor, resource) },
    stop: () => provider.shutdown(),
  };
}

function beginRequest(tracer: Tracer, headers: IncomingHttpHeaders): RequestSpan {
  const caller = propagation.extract(ROOT_CONTEXT, headers);
  const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, caller);
  return {
    run(what) {
      context.with(trace.setSpan(caller, span), what);
    },
    end({ operation, method, status, request }) {
      span.updateName(`${method} ${operation}`);
      span.setAttributes({ 'http.request.method': method, 'http.route': operation, 'dunlin.request': request });
      if (status !== null) span.setAttribute('http.response.status_code', status);
      if (status === null || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** Ids and names of operations. Other attributes of libraries (memos, search attributes, error messages) are not sent. */
const ATTRIBUTES = new Set([
  ...['http.request.method', 'http.route', 'http.response.status_code', 'dunlin.request'],
  ...['run_id', 'temporalWorkflowId', 'temporalActivityId', 'temporalUpdateId', 'workflowId', 'runId', 'workflowType', 'taskQueue'],
]);

function withoutContents(exporter: SpanExporter): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans.map(bare), done);
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** Only the type of an exception is sent: its message and stack may quote a caller. */
function bare(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => ATTRIBUTES.has(name)));
  const events = span.events.map((event) => ({ ...event, attributes: { 'exception.type': event.attributes?.['exception.type'] } }));
  return Object.create(span, {
    attributes: { value: attributes },
    events: { value: events },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}
