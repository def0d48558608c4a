// The desk: one table of pages, the frame around them, language and light.
import { render, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { followLink, LanguageContext, usePlace, useTitle, useWords } from "./desk";
import { DocumentPage } from "./pages/document/document";
import { DocumentsPage } from "./pages/documents/documents";
import { EntityPage } from "./pages/entity/entity";
import { MatchPage } from "./pages/match/match";
import { NeedsPage } from "./pages/needs/needs";
import { QueuePage } from "./pages/queue/queue";
import { RegisterPage } from "./pages/register/register";
import { useUnseen } from "./parts/needs/news";
import { useUndecided } from "./parts/undecided";
import { needWords } from "./text/needs";
import { words, type Language, type Word } from "./text/words";
import "./style.css";

const pages: Array<{ path: RegExp; view: (id: string) => JSX.Element; word: Word; menu?: string }> = [
  { path: /^\/$/, view: () => <MatchPage />, word: "match", menu: "/" },
  { path: /^\/needs$/, view: () => <NeedsPage />, word: "standing", menu: "/needs" },
  { path: /^\/documents$/, view: () => <DocumentsPage />, word: "documents", menu: "/documents" },
  { path: /^\/documents\/([^/]+)$/, view: (id) => <DocumentPage key={id} id={id} />, word: "documents" },
  { path: /^\/register$/, view: () => <RegisterPage />, word: "register", menu: "/register" },
  { path: /^\/queue$/, view: () => <QueuePage />, word: "queue", menu: "/queue" },
  { path: /^\/entities\/([^/]+)$/, view: (id) => <EntityPage key={id} id={id} />, word: "register" },
];

// How much waits, beside the page that has it.
function Count({ n, what }: { n: number; what?: string }): JSX.Element | null {
  return n > 0 ? <> <span class="count">{n > 99 ? "99+" : n}{what && <span class="quiet"> {what}</span>}</span></> : null;
}

function Menu({ current, path, language, change }: { current: Word | undefined; path: string; language: Language; change: () => void }): JSX.Element {
  const w = words[language];
  const waiting: Partial<Record<Word, JSX.Element>> = { standing: <Count n={useUnseen()} what={needWords(language).new_items} />, queue: <Count n={useUndecided(path)} /> };
  return (
    <header class="frame">
      <a class="brand" href="/">{w.brand}</a>
      <nav aria-label={w.brand}>
        {pages.flatMap((p) => (p.menu ? [<a key={p.menu} href={p.menu} {...(p.word === current ? { "aria-current": "page" as const } : {})}>{w[p.word]}{waiting[p.word]}</a>] : []))}
      </nav>
      <button type="button" class="language" title={w.other_language} onClick={change}>{w.language}</button>
    </header>
  );
}

function NotFound(): JSX.Element {
  const w = useWords();
  useTitle(w("not_found"));
  return <><h1>{w("not_found")}</h1><p><a href="/">{w("go_home")}</a></p></>;
}

function Desk(): JSX.Element {
  const place = usePlace();
  const [language, set] = useState<Language>(localStorage.getItem("yiqiao.language") === "en" ? "en" : "zh");
  const page = pages.find((p) => p.path.test(place.path));
  const id = page?.path.exec(place.path)?.[1] ?? "";
  const w = words[language];
  useEffect(() => {
    localStorage.setItem("yiqiao.language", language);
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  }, [language]);
  return (
    <LanguageContext.Provider value={language}>
      <div onClick={followLink}>
        <a class="skip" href="#content">{w.skip}</a>
        <Menu current={page?.word} path={place.path} language={language} change={() => set(language === "zh" ? "en" : "zh")} />
        <main id="content" tabIndex={-1}>
          {page ? page.view(decodeURIComponent(id)) : <NotFound />}
        </main>
      </div>
    </LanguageContext.Provider>
  );
}

render(<Desk />, document.getElementById("desk") as HTMLElement);
