import { blocked, type Guard, passed } from "./guard.ts";

export const person: Guard = {
  id: "person",
  check: (situation) =>
    situation.person === "allowed"
      ? passed("you may run fixes here")
      : blocked(
          situation.person.why,
          "ask somebody who is among the operators (slack.operators, slack.roles.operators)",
        ),
};
