// Preloaded (`node --import`): as bin/node-why.mjs sets up V8. On the command line the same flags do less.
import v8 from "node:v8";

v8.setFlagsFromString("--semi-space-growth-factor=1");
v8.setFlagsFromString("--heap-growing-percent=20");
