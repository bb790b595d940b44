type Watcher = (near: boolean) => void;

/** One observer for each scrolled element, garbage-collected with it. */
const observers = new WeakMap<Element, IntersectionObserver>();
const watchers = new WeakMap<Element, Watcher>();

/** Calls `onChange` when an element comes near the visible part of its scroll container, and when it is far again. */
export function watchNear(element: Element, scrolled: Element, onChange: Watcher): () => void {
  let observer = observers.get(scrolled);
  if (observer === undefined) {
    observer = new IntersectionObserver(tell, { root: scrolled, rootMargin: "100% 0px" });
    observers.set(scrolled, observer);
  }
  watchers.set(element, onChange);
  observer.observe(element);
  return () => {
    watchers.delete(element);
    observer.unobserve(element);
  };
}

function tell(changes: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of changes) watchers.get(target)?.(isIntersecting);
}
