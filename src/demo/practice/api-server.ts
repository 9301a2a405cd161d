import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { apiAnswer, json, statusObject } from "./api-answer.ts";
import type { PracticeNode } from "./node.ts";
import { demoCa, demoCertificate, demoKey } from "./tls/loopback.ts";

export interface ApiServer {
  /** A kubeconfig file's content; the server wants no credentials. */
  readonly kubeconfig: string;
  readonly close: () => Promise<void>;
}

/** A Kubernetes API server on loopback that can only be read. */
export async function startApiServer(nodes: readonly PracticeNode[]): Promise<ApiServer> {
  const server = createServer({ cert: demoCertificate, key: demoKey }, (request, response) => {
    const answer =
      request.method === "GET"
        ? apiAnswer(nodes, request.url ?? "/")
        : isReview(request)
          ? json(201, { kind: "SelfSubjectAccessReview", status: { allowed: true } })
          : json(405, statusObject(405, "MethodNotAllowed", "the practice cluster can only be read"));
    if (answer.kind === "never") return;
    response.writeHead(answer.status, { "content-type": answer.type }).end(answer.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { kubeconfig: kubeconfigOf(port), close: () => closed(server) };
}

/** Whoever asks what they may do here may read all there is. */
function isReview({ method, url = "" }: IncomingMessage): boolean {
  return method === "POST" && /^\/apis\/authorization\.k8s\.io\/v1\/selfsubjectaccessreviews$/.test(url);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** JSON is YAML too. */
function kubeconfigOf(port: number): string {
  const ca = Buffer.from(demoCa).toString("base64");
  const cluster = { server: `https://127.0.0.1:${port}`, "certificate-authority-data": ca };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "practice",
    clusters: [{ name: "practice", cluster }],
    users: [{ name: "reader", user: {} }],
    contexts: [{ name: "practice", context: { cluster: "practice", user: "reader" } }],
  });
}
