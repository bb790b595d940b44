import { expect, it } from "vitest";
import { succeed } from "../../../src/core/dispatch/failure";
import { createModelListings } from "../../../src/host/modelListings";
import { FakeClock } from "../../fakes/fakeClock";
import { MemoryState } from "../../fakes/memoryState";

const groq = "https://api.groq.com";
const rows = [{ id: "a", contextTokens: 8192 }, { id: "b" }];

function listingsOf(state: MemoryState, origin = () => groq) {
  return createModelListings(state, new FakeClock(), () => succeed(origin()));
}

it("remembers the list with its date, beyond the window", async () => {
  const state = new MemoryState();
  expect(listingsOf(state).current()).toBeUndefined();
  await listingsOf(state).remember(groq, rows);
  const listing = listingsOf(state).current();
  expect(listing).toEqual({ origin: groq, readAt: new FakeClock().now(), models: rows });
});

it("tells when the list has changed", async () => {
  const listings = listingsOf(new MemoryState());
  let changes = 0;
  listings.onDidChange(() => changes++);
  await listings.remember(groq, rows);
  await listings.forget();
  expect(changes).toBe(2);
  expect(listings.current()).toBeUndefined();
});

it("is of the address that requests go to", async () => {
  let origin = groq;
  const listings = listingsOf(new MemoryState(), () => origin);
  await listings.remember(groq, rows);
  origin = "https://proxy.example";
  expect(listings.current()).toBeUndefined();
  origin = groq;
  expect(listings.current()?.models).toEqual(rows);
});

it.each([7, {}, { origin: groq }, { origin: groq, readAt: 1, models: [{ name: "a" }] }])(
  "%j in the state is no list",
  async (stored) => {
    const state = new MemoryState();
    await state.update("modelListing", stored);
    expect(listingsOf(state).current()).toBeUndefined();
  },
);
