import { digestRace } from "./digest-race.ts";
import { openEmbeddedUnderTest } from "./embedded-under-test.ts";

digestRace(openEmbeddedUnderTest);
