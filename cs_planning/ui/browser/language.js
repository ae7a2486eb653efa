// Carries language and workspace from address to address, and keeps `<html lang>` at the language.
({ languages, parameter, cookieName, placeParameter, waitMs }) => {
  const primary = tag => (tag || "").split("-")[0].toLowerCase();
  const cookie = () => (document.cookie.match(new RegExp("(?:^|; )" + cookieName + "=([a-z]+)")) || [])[1];
  const follow = () => {
    const asked = primary(new URLSearchParams(location.search).get(parameter));
    if (languages.includes(asked)) {
      document.cookie = cookieName + "=" + asked + "; path=/; max-age=31536000; samesite=lax";
      document.documentElement.lang = asked;
    } else {
      document.documentElement.lang = [cookie(), primary(navigator.language)].find(t => languages.includes(t)) || languages[0];
    }
  };
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  // On the way to another page the server first empties the address of this one, then names the workspace, then goes.  That is
  // one step, and what is left keeps its address: what empties an address waits for a moment whether a page follows.
  let waiting = null;
  const here = () => waiting ? waiting.there : location.href;
  const carried = url => {
    const from = new URL(here()), there = new URL(url ?? "", from);
    for (const name of [parameter, placeParameter]) {
      const asked = from.searchParams.get(name);
      if (asked && !there.searchParams.has(name)) there.searchParams.set(name, asked);
    }
    return there.href;
  };
  const bare = address => {
    const url = new URL(address);
    for (const name of [parameter, placeParameter]) url.searchParams.delete(name);
    return url;
  };
  const settle = () => {
    if (!waiting) return;
    const { state, title, there, timer } = waiting;
    clearTimeout(timer);
    waiting = null;
    if (there !== location.href) push(state, title, there);
    follow();
  };
  const hold = (state, title, there) => {
    if (waiting) clearTimeout(waiting.timer);
    waiting = { state, title, there, timer: setTimeout(settle, waitMs) };
  };
  history.pushState = (state, title, url) => {
    const there = carried(url), from = bare(location.href), to = bare(there);
    if (to.pathname !== from.pathname) {
      if (waiting) clearTimeout(waiting.timer);
      waiting = null;
      push(state, title, there);
    } else if (waiting || (from.search && !to.search)) {
      hold(state, title, there);
    } else {
      // An address that only learns which workspace it is of is the same step: else "back" would lead to itself.
      const same = to.href === from.href && new URL(there).searchParams.get(parameter) === new URL(location.href).searchParams.get(parameter);
      (same ? replace : push)(state, title, there);
    }
    follow();
  };
  history.replaceState = (state, title, url) => {
    const there = carried(url);
    if (waiting && bare(there).pathname === bare(location.href).pathname) hold(state, title, there);
    else replace(state, title, there);
    follow();
  };
  // A link that is opened in another tab, or copied, leads to the same workspace in the same language.
  const complete = event => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || link.pathname.includes("/media/")) return;
    const there = carried(link.href);
    if (there !== link.href) link.href = there;
  };
  for (const kind of ["pointerdown", "focusin", "contextmenu"]) addEventListener(kind, complete, true);
  addEventListener("popstate", () => {
    if (waiting) clearTimeout(waiting.timer);
    waiting = null;
    follow();
  });
  follow();
}
