import { readFileSync } from "node:fs";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Clock, KubeletApi } from "../../collect/ports.ts";
import { type Answer, unavailable } from "../../evidence/evidence.ts";
import { messageOf, OperatorError } from "../../shared/errors.ts";
import { isTlsCode } from "./answer.ts";
import { rbacRuleFor } from "./grant.ts";
import { type HttpGet, httpGetOver } from "./http-get.ts";
import { kubeletAnswer, kubeletRule } from "./kubelet-answer.ts";
import { fingerprintAt, identityOf } from "./kubelet-identity.ts";

export interface DirectSettings {
  /** Where kubelets listen; 10250 unless somebody has moved them. */
  readonly port: number;
  /** PEM of the authority that signs the kubelets' serving certificates; left out: the cluster's own. */
  readonly ca?: string;
}

/** Through the API server, which needs nodes/proxy: a right that also runs commands in any pod. */
export function kubeletThroughApi(get: HttpGet): KubeletApi {
  return {
    needsAddress: false,
    on: ({ node }) => ({
      get: async (path, limits, signal) => {
        const through = `/api/v1/nodes/${encodeURIComponent(node)}/proxy${path}`;
        return kubeletAnswer(await get(through, limits, signal), path, rbacRuleFor(through), limits.maxBytes);
      },
    }),
  };
}

/**
 * The kubelet itself, with the cluster's credentials, which are sent only to a server whose certificate the cluster's
 * authority has signed for this node. There is no way to trust one unseen.
 */
export function kubeletDirect(config: KubeConfig, settings: DirectSettings, clock: Clock): KubeletApi {
  return {
    needsAddress: true,
    on: ({ address, node }) => {
      const host = address.includes(":") ? `[${address}]` : address;
      const get = httpGetOver(aimedAt(config, `https://${host}:${settings.port}`, settings.ca), clock, {
        rejectUnauthorized: true,
        checkServerIdentity: (_, certificate) => identityOf(certificate, [address, node]),
      });
      return {
        get: async (path, limits, signal) => {
          const outcome = await get(path, limits, signal);
          if (!outcome.ok && isTlsCode(outcome.problem.code)) {
            const shown = await fingerprintAt(address, settings.port, clock, signal);
            return refused(`${outcome.problem.code}: ${outcome.problem.detail}`, shown);
          }
          return kubeletAnswer(outcome, path, kubeletRule(path), limits.maxBytes);
        },
      };
    },
  };
}

function refused(why: string, shown: string | null): Answer {
  const detail = `the kubelet's certificate is not to be trusted: ${why}${shown === null ? "" : `; it shows ${shown}`}`;
  return unavailable("unreadable", detail, servingHint);
}

const servingHint =
  "serverTLSBootstrap: true in the kubelet's config, then approve its CSR; or kubeletApi.caFile for the authority that signed it";

/** The same user at another server. What the kubeconfig says of the way to its own server (proxy, name) stays there. */
function aimedAt(config: KubeConfig, server: string, ca: string | undefined): KubeConfig {
  const aimed = Object.assign(Object.create(Object.getPrototypeOf(config)), config) as KubeConfig;
  const current = config.getCurrentCluster();
  const authority = ca === undefined ? current : { caData: Buffer.from(ca).toString("base64") };
  const { caData, caFile } = { caFile: undefined, caData: undefined, ...authority };
  aimed.clusters = [
    {
      name: current?.name ?? "",
      server,
      skipTLSVerify: false,
      ...(caData === undefined ? {} : { caData }),
      ...(caFile === undefined ? {} : { caFile }),
    },
  ];
  return aimed;
}

/** @throws OperatorError where the file cannot be read or holds no certificate. */
export function readAuthority(file: string): string {
  const next = ["set clusters[].kubeletApi.caFile to a file with the PEM of the authority, which node-why may read"];
  try {
    const pem = readFileSync(file, "utf8");
    if (pem.includes("-----BEGIN CERTIFICATE-----")) return pem;
  } catch (thrown) {
    throw new OperatorError(`cannot read ${file}: ${messageOf(thrown)}`, next, { cause: thrown });
  }
  throw new OperatorError(`${file} holds no certificate`, next);
}
