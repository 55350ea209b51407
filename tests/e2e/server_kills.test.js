// The machine loses power while phones hand in: what was acknowledged is there afterwards, and nothing is there twice.

import assert from "node:assert/strict";
import { record } from "./support/bench.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const KILLS = Number(process.env.SERVER_KILLS ?? 50);
const PHONES = 3;

story(
  `${KILLS} power cuts in the middle of handing in: nothing acknowledged is lost, nothing counts twice`,
  async (stage) => {
    const server = await stage.server();
    const phones = await Promise.all(Array.from({ length: PHONES }, () => Wire.signIn(server, "steward")));
    const { community } = await phones[0].feed();
    const { run } = Object.values(community.windows).find((window) => window.sealed);
    const [{ id: building }] = Object.values(community.places.buildings);

    const acknowledged = new Set();
    let made = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // The cut comes when so many have been acknowledged since the start, with the other phones in mid-sentence.
      let left = 1 + ((kill * 7) % 4);
      let lit = true;
      let cut;
      const dark = new Promise((resolve) => (cut = resolve));
      const working = phones.map(async (phone) => {
        while (lit) {
          phone.unanswered = [...(phone.unanswered ?? []), phone.fact({ load: { run, b: building, taken: 1, returned: 0 } })];
          made += 1;
          const answers = await phone.handIn(phone.unanswered).catch(() => undefined);
          if (!answers) continue;
          for (const [id, word] of answers) if (word.stored) acknowledged.add(id);
          phone.unanswered = phone.unanswered.filter(({ id }) => !answers.get(id)?.stored);
          if ((left -= 1) > 0 || !lit) continue;
          lit = false;
          cut(server.kill());
        }
      });
      await dark;
      await Promise.all(working);
      await server.start();
    }

    for (const phone of phones) {
      for (const [id, word] of await phone.handIn(phone.unanswered)) if (word.stored) acknowledged.add(id);
    }
    assert.equal(acknowledged.size, made, "in the end every fact is acknowledged");
    const kept = (await phones[0].feed()).facts.map(({ fact }) => fact).filter(({ body }) => body.load);
    const ids = new Set(kept.map(({ id }) => id));
    const lost = [...acknowledged].filter((id) => !ids.has(id));
    await record("R2.server.kills", KILLS);
    await record("R2.server.lost", lost.length, { note: `${made} facts` });
    assert.deepEqual(lost, [], "acknowledged and lost");
    assert.equal(kept.length, ids.size, "twice");
    assert.equal(kept.length, made, "what nobody made");
  },
  { limit: 300_000 },
);
