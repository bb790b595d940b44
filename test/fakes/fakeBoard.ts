import type { ContextItem } from "../../src/core/context/contextItem";
import type {
  CollectedContext,
  ContextAdded,
  ContextBoard,
  ContextChip,
  ContextRequest,
} from "../../src/host/context/contextBoard";
import { EventEmitter } from "./vscode";

/** A board whose chips and contents the test decides; it notes what it was asked to do. */
export class FakeBoard implements ContextBoard {
  shown: ContextChip[] = [];
  collected: CollectedContext = { items: [], failures: [] };
  /** What `add` finds, by the kind of the request. */
  readonly there = new Map<ContextRequest["kind"], ContextItem>();
  readonly asked: string[] = [];
  automatic = true;
  instructions = true;
  readonly #changes = new EventEmitter<void>();
  readonly onDidChange = this.#changes.event;

  chips(): readonly ContextChip[] {
    return this.shown;
  }

  items(): readonly ContextItem[] {
    return this.collected.items;
  }

  switches() {
    return { automatic: this.automatic, instructions: this.instructions };
  }

  add(request: ContextRequest): Promise<ContextAdded> {
    this.asked.push(`add ${request.kind}`);
    const item = this.there.get(request.kind);
    if (item === undefined) return Promise.resolve({ ids: [], failures: [] });
    this.collected = { ...this.collected, items: [...this.collected.items, item] };
    return Promise.resolve({ ids: [request.kind], failures: [] });
  }

  restore(): void {
    this.asked.push("restore");
  }

  read(request: ContextRequest): Promise<CollectedContext> {
    this.asked.push(`read ${request.kind}`);
    const item = this.there.get(request.kind);
    return Promise.resolve({ items: item === undefined ? [] : [item], failures: [] });
  }

  remove(id: string): Promise<void> {
    this.asked.push(`remove ${id}`);
    return Promise.resolve();
  }

  setAutomatic(on: boolean): Promise<void> {
    this.automatic = on;
    this.change();
    return Promise.resolve();
  }

  setInstructions(on: boolean): Promise<void> {
    this.instructions = on;
    return Promise.resolve();
  }

  instructionsFor(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  collect(): Promise<CollectedContext> {
    return Promise.resolve(this.collected);
  }

  clear(): void {
    this.asked.push("clear");
  }

  change(): void {
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
