// Phones in real hands: two people share one, a session ends in the stairwell, a building is given to somebody else,
// the app is updated. Whatever was marked arrives, under the name of whoever marked it.

import assert from "node:assert/strict";
import { Desk } from "./people/desk.js";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { enter } from "./support/people.js";
import { delivered, equipped, stored, unsealed } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const marksOf = async (wire) => (await wire.feed()).facts.filter(({ fact }) => fact.body.mark);

/** A steward's phone that is ready for the stairwell. */
async function outfitted(stage, server, role = "steward") {
  const page = await stage.person(server, role);
  await page.goto(`${server.url}/round`);
  await awake(page);
  await equipped(page);
  return page;
}

async function marksWithoutSignal(page, server, door) {
  await page.goto(server.url + door);
  await page.locator("form.mark:visible button.main").click();
  await page.getByText("已存在这部手机上").first().waitFor();
}

story("the steward's session ends while they are without signal: the mark still arrives, as theirs, and the phone says how to come back", async (stage) => {
  const server = await stage.server();
  const kept = await Wire.signIn(server, "steward");
  const page = await outfitted(stage, server);
  const [door] = await new Steward(page, server).doorsLeft();
  server.network.cut();
  await marksWithoutSignal(page, server, door);
  // The cookie is gone, as after an expiry; the phone's own hand-in token is not.
  await page.context().clearCookies();
  server.network.restore();
  await page.goto(`${server.url}/outbox`);
  await delivered(page);
  const marks = await marksOf(kept);
  assert.equal(marks.length, 1);
  assert.deepEqual(marks[0].by, { person: [2, "steward"] });

  // There is signal, and the server does not know this phone any more: it says so, with the way back in. The round is
  // still here, and the next mark goes out as well.
  const steward = new Steward(page, server);
  await steward.opensTheRound();
  const note = page.locator(".note:visible", { hasText: "您已退出登录。存在本机的内容还在，仍会发出。" });
  await note.getByRole("link", { name: "重新登录" }).waitFor();
  const next = (await steward.doorsLeft()).find((left) => left !== door);
  await marksWithoutSignal(page, server, next);
  await delivered(page);
  await note.waitFor();
  assert.equal((await marksOf(kept)).length, 2);
  await enter(page, server, "steward");
  await steward.opensTheRound();
  await page.locator(`a.stop.done[href="${next}"]:visible`).waitFor();
  assert.equal(await note.count(), 0);
});

story("a building is given to somebody else while its steward is without signal: what was marked before counts, what came after is flagged", async (stage) => {
  const server = await stage.server();
  const page = await outfitted(stage, server);
  const [door, next] = await new Steward(page, server).doorsLeft();
  server.network.cut();
  await marksWithoutSignal(page, server, door);

  await page.context().setOffline(true);
  server.network.restore();
  const desk = new Desk(await stage.person(server, "desk"), server);
  await desk.opens("/desk/people/2");
  const buttons = desk.page.locator('form[action="/desk/people/2/end"] button');
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await Promise.all([desk.page.waitForURL(/did=/), buttons.first().click()]);
    await desk.opens("/desk/people/2");
  }
  // Nobody has told them yet, and they go on.
  await marksWithoutSignal(page, server, next);
  await page.context().setOffline(false);
  await page.goto(`${server.url}/outbox`);
  await delivered(page);
  await page.getByText("记录人当时已不负责这里").waitFor();
  const rows = await stored(page);
  assert.ok(rows.every(({ state }) => !state?.includes("refused")), "a report is never refused");
  const look = desk.page.locator(".note", { hasText: "请核对这条记录" });
  for (const [marked, flagged] of [[door, 0], [next, 1]]) {
    await desk.opens(`/desk/door/${marked.split("/").at(-1)}`);
    await desk.page.getByText("当面交付").first().waitFor();
    assert.equal(await look.filter({ hasText: "记录人当时已不负责这里" }).count(), flagged, marked);
  }
  await desk.opens("/desk");
  await desk.page.getByText("记录需要核对的门").first().waitFor();
  await desk.opens(`/desk/door/${next.split("/").at(-1)}`);
  await look.getByRole("button", { name: "属实，确认" }).click();
  await desk.page.getByText("已确认。").waitFor();
  assert.equal(await look.count(), 0, "settled");
});

story("the steward signs out with a mark that waits, the volunteer signs in on the same phone: each mark has its author", async (stage) => {
  const server = await stage.server();
  const kept = await Wire.signIn(server, "steward");
  const page = await outfitted(stage, server);
  const doors = await new Steward(page, server).doorsLeft();

  await page.goto(`${server.url}/signout`);
  // The mark is made in another tab whose way to the server is cut, so that it still waits when somebody signs out.
  await page.route("**/api/facts", (route) => route.abort());
  const tab = await page.context().newPage();
  await tab.route("**/api/facts", (route) => route.abort());
  await marksWithoutSignal(tab, server, doors[0]);
  await tab.close();
  await page.locator("main form button:visible").first().click();
  await page.getByText("已退出。").waitFor();
  await page.unroute("**/api/facts");

  await enter(page, server, "volunteer");
  await page.goto(`${server.url}/round`);
  await awake(page);
  await equipped(page);
  await page.goto(server.url + doors[1]);
  await page.locator("form.mark:visible button.main").click();
  await page.getByText("已存在这部手机上").or(page.getByText("当面交付")).first().waitFor();
  await page.goto(`${server.url}/outbox`);
  await delivered(page);
  await unsealed(page);
  const by = (await marksOf(kept)).map(({ by: { person }, fact }) => [fact.body.mark.d, person[1]]);
  const number = (door) => Number(door.split("/").at(-1));
  assert.deepEqual(new Map(by), new Map([[number(doors[0]), "steward"], [number(doors[1]), "volunteer"]]));
});
