import { usageTabs } from "../../src/protocol/usageChoices";
import type { UsageTab } from "../../src/protocol/usageChoices";
import { words } from "./host";

/** The page's tabs; arrow keys move between them, as in any tab list. */
export function Tabs({
  chosen,
  onChoose,
}: {
  readonly chosen: UsageTab;
  readonly onChoose: (tab: UsageTab) => void;
}) {
  function step(event: KeyboardEvent): void {
    const next = tabAfter(chosen, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    document.getElementById(`tab-${next}`)?.focus();
  }
  return (
    <div class="tabs" role="tablist" aria-label={words.usage} onKeyDown={step}>
      {usageTabs.map((tab) => (
        <button
          type="button"
          role="tab"
          class="tab"
          key={tab}
          id={`tab-${tab}`}
          aria-selected={tab === chosen}
          {...(tab === chosen && { "aria-controls": `panel-${tab}` })}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => onChoose(tab)}
        >
          {words[tab]}
        </button>
      ))}
    </div>
  );
}

function tabAfter(tab: UsageTab, key: string): UsageTab | undefined {
  const place = usageTabs.indexOf(tab);
  switch (key) {
    case "ArrowRight":
      return usageTabs[(place + 1) % usageTabs.length];
    case "ArrowLeft":
      return usageTabs.at(place - 1);
    case "Home":
      return usageTabs[0];
    case "End":
      return usageTabs.at(-1);
    default:
      return undefined;
  }
}
