# One image for server, worker and migrations: the command decides. Postgres and Temporal are other containers.
FROM node:24.11.1-slim

# Temporal Cloud and webhook endpoints are reached over TLS.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*

ENV NODE_ENV=production
WORKDIR /app

# Documents use two weights of each font (documents/fonts.ts); the others would take 150 MB.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force \
  && find node_modules/@expo-google-fonts -name '*.ttf' ! -name '*_400Regular.ttf' ! -name '*_600SemiBold.ttf' -delete

COPY . .

USER node
EXPOSE 4010

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4010) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

CMD ["node", "--max-semi-space-size=32", "--enable-source-maps", "--import", "tsx", "server/main.ts"]
