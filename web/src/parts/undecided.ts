// How many pairs wait in the queue, for the menu: asked for when a page opens, and told by whoever decides.
import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client";

const CHANGED = "yiqiao-undecided";

export function tellUndecided(open: number): void {
  dispatchEvent(new CustomEvent<number>(CHANGED, { detail: open }));
}

export function useUndecided(path: string): number {
  const [open, set] = useState(0);
  useEffect(() => {
    const told = (event: Event): void => set((event as CustomEvent<number>).detail);
    addEventListener(CHANGED, told);
    return () => removeEventListener(CHANGED, told);
  }, []);
  useEffect(() => {
    let left = false;
    api.status().then((s) => { if (!left) set(s.counts.undecided); }, () => undefined); // the page itself says when nothing answers
    return () => { left = true; };
  }, [path]);
  return open;
}
