import { blocked, type Guard, passed } from "./guard.ts";

export const onePerNode: Guard = {
  id: "one-per-node",
  check: ({ node, atWork }) => {
    if (atWork === "nobody") return passed("nobody else is at work on this node");
    if (atWork === null) return blocked("it is not known who is at work on this node", "wait until the store answers");
    const says = `${atWork.by} is at work on ${node} since ${atWork.since.slice(11, 19)} UTC; 1 fix per node at a time`;
    return blocked(says, "wait for its end, then press Fix… again");
  },
};
