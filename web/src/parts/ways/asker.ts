// Who sits at this desk. Said once, kept on this computer; every panel on the page hears of a change.
import { useEffect, useState } from "preact/hooks";

export interface Asker {
  id: string;
  name: string;
}

const KEY = "yiqiao.asker";
const CHANGED = "yiqiao-asker";

function read(): Asker | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const { id, name } = (kept ?? {}) as Partial<Asker>;
    return typeof id === "string" && typeof name === "string" ? { id, name } : null;
  } catch {
    return null;
  }
}

export function setAsker(asker: Asker | null): void {
  if (asker) localStorage.setItem(KEY, JSON.stringify(asker));
  else localStorage.removeItem(KEY);
  dispatchEvent(new Event(CHANGED));
}

export function useAsker(): Asker | null {
  const [asker, set] = useState(read);
  useEffect(() => {
    const changed = (): void => set(read());
    addEventListener(CHANGED, changed);
    addEventListener("storage", changed); // another tab
    return () => { removeEventListener(CHANGED, changed); removeEventListener("storage", changed); };
  }, []);
  return asker;
}
