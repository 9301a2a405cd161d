# Two stages: one that builds, one that runs as nobody in particular, with production dependencies only.
# The base is an argument so that a deployment can pin it by digest: NODE_IMAGE=node:24-slim@sha256:…
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# The devDependency that carries a Node of its own is not needed where Node is new enough.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY migrations migrations
RUN npx tsc -p tsconfig.build.json && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/dist dist
COPY package.json LICENSE README.md ./
COPY bin bin
COPY knowledge knowledge
COPY test/bundles test/bundles
# Any user may run it; what it must write goes to XDG_STATE_HOME or store.dir.
RUN mkdir -p /var/lib/node-why && chown 10001:10001 /var/lib/node-why
ENV XDG_STATE_HOME=/var/lib
USER 10001:10001
ENTRYPOINT ["node", "/app/bin/node-why.mjs"]
CMD ["serve"]
