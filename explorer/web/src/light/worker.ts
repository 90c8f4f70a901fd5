// What is heavy of the light client, off the page's thread: reading what came, checking votes. Connections stay with the page,
// whose rules say to whom.

import { compileBytecode } from "smoldot/bytecode";
import { run } from "smoldot/worker";

addEventListener("message", ({ data }) => void run(data as MessagePort), { once: true });
void compileBytecode().then((bytecode) => postMessage(bytecode));
