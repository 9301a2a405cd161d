/** The lab's own daemon: keeps the hollow nodes Ready and answers the nodes' DNS questions. Started by `up`. */
import { apiOf } from "./cluster/api.ts";
import { serveDns } from "./cluster/dns.ts";
import { keepHollowNodes } from "./cluster/hollow.ts";
import { gateway, placeOf } from "./place.ts";

const place = placeOf();
serveDns(gateway(place));
await keepHollowNodes(apiOf(place));
