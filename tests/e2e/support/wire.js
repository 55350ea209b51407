// A phone without a screen: signs in, reads its feed, hands facts in. For tests that count what the server kept.

import { randomBytes } from "node:crypto";

/** The name of a fact: a UUIDv7, as phones make them. */
export function factId(at = Date.now()) {
  const time = at.toString(16).padStart(12, "0");
  const bytes = randomBytes(10);
  bytes[0] = 0x70 | (bytes[0] & 0x0f);
  bytes[2] = 0x80 | (bytes[2] & 0x3f);
  return time + bytes.toString("hex");
}

export class Wire {
  #number = 0;
  #epoch = randomBytes(4).readUInt32BE();

  /** Spends an invite or a letter. */
  static async signIn(server, role) {
    const wire = new Wire();
    wire.server = server;
    const headers = { origin: server.url, "content-type": "application/x-www-form-urlencoded" };
    const reply = await fetch(server.signIn[role], { method: "POST", redirect: "manual", headers });
    wire.cookie = reply.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
    if (!wire.cookie) throw new Error(`${role} was not signed in: ${reply.status}`);
    const me = await (await fetch(`${server.url}/api/me`, { headers: { cookie: wire.cookie } })).json();
    wire.token = me.hand_in;
    return wire;
  }

  async feed() {
    const reply = await fetch(`${this.server.url}/api/feed`, { headers: { cookie: this.cookie } });
    if (reply.status !== 200) throw new Error(`no feed: ${reply.status}`);
    return reply.json();
  }

  /** A fact made here and now. */
  fact(body) {
    this.#number += 1;
    const at = Date.now();
    return { v: 1, id: factId(at), made: { at, off: 0 }, seq: { e: this.#epoch, n: this.#number }, body };
  }

  /** The server's answers by fact id; throws if there is none. */
  async handIn(facts) {
    const headers = { origin: this.server.url, "content-type": "application/json", authorization: `Bearer ${this.token}` };
    const body = JSON.stringify({ sent: Date.now(), facts });
    const reply = await fetch(`${this.server.url}/api/facts`, { method: "POST", headers, body });
    if (reply.status !== 200) throw new Error(`facts were answered with ${reply.status}`);
    const { answers } = await reply.json();
    return new Map(answers.map(({ id, is }) => [id, is]));
  }
}
