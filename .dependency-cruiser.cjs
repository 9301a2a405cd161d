/** The walls of the house. Each has a name and a sentence for whoever trips over it. */
const pure = "^src/(evidence|facts|knowledge|reason|report)/";
const test = "\\.test\\.ts$";
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: { pathNot: test, ...from },
  to,
});

module.exports = {
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: test },
    enhancedResolveOptions: {
      extensions: [".ts", ".mjs", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
  forbidden: [
    forbid(
      "pure-core",
      "The same evidence must give the same report, for ever: no clock, no environment, no client in the core.",
      { path: pure },
      {
        pathNot: [pure, "^src/shared/", "node_modules/(zod|yaml|re2js|fastest-levenshtein|ms)/", "^(node:)?crypto$"],
      },
    ),
    forbid(
      "core-flows-one-way",
      "evidence, facts, knowledge, reason, report: each knows only what comes before it.",
      { path: "^src/(evidence|facts)/" },
      { path: "^src/(knowledge|reason|report)/" },
    ),
    forbid(
      "clients-in-platform",
      "One place to retry, type errors and redact.",
      { path: "^src/", pathNot: ["^src/(platform|entry|demo)/", test] },
      { path: "node_modules/(@kubernetes|@slack|node-ssh|ssh2|mongodb|mingo|pino)/" },
    ),
    forbid(
      "probes-never-act",
      "Asking must be safe at any hour.",
      { path: "^src/collect/" },
      { path: "^src/(remediate|present|entry|usecases|remember|platform)/" },
    ),
    forbid(
      "remediate-stands-alone",
      "Actions and guards are data and judgement; whoever carries them out comes in through ports.",
      { path: "^src/remediate/" },
      { path: "^src/", pathNot: ["^src/(remediate|evidence|facts|report|shared)/"] },
    ),
    forbid(
      "actions-cannot-run",
      "A plan is looked at before it is run: an action or guard reaches no file, process or network.",
      { path: "^src/remediate/(actions|guards)/" },
      { path: ["^(node:)?(fs|child_process|net|http|https)(/|$)", "node_modules/"] },
    ),
    forbid(
      "one-road-to-act",
      "Every change of a node goes through the use case that confirms, records and proves it.",
      {
        path: "^src/",
        pathNot: [
          "^src/(remediate|usecases/remediate|compose)/",
          "^src/platform/(ssh/acting|store/remediations)\\.ts$",
          "^src/main\\.ts$",
          test,
        ],
      },
      { path: ["^src/remediate/", "^src/platform/ssh/acting\\.ts$"] },
    ),
    forbid(
      "present-reads-reports",
      "A message may not know where facts come from.",
      { path: "^src/present/" },
      { path: "^src/", pathNot: ["^src/(present|report|shared)/"] },
    ),
    forbid(
      "entries-call-usecases",
      "Slack and the command line must behave alike.",
      { path: "^src/entry/" },
      { path: "^src/(remember|remediate|platform|demo)/" },
    ),
    forbid(
      "usecases-know-ports-only",
      "A use case is given its clients; it never makes one.",
      { path: "^src/usecases/" },
      { path: "^src/(platform|entry|present|demo)/" },
    ),
    forbid(
      "demo-is-a-guest",
      "The product must not lean on its demo.",
      { path: "^src/", pathNot: ["^src/(demo/|main\\.ts)", test] },
      { path: "^src/demo/" },
    ),
    forbid("no-cycles", "Flow is one way.", {}, { circular: true }),
    forbid(
      "production-needs-no-dev-dependencies",
      "What ships must run from its own dependencies.",
      { path: "^src/", pathNot: ["^src/demo/slack/page/", test] },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
  ],
};
