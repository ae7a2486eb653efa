// Carries the language from address to address, and keeps `<html lang>` at it.
({ languages, parameter, cookieName }) => {
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
  const carried = url => {
    const here = new URL(location.href), there = new URL(url ?? "", here);
    const asked = here.searchParams.get(parameter);
    if (asked && !there.searchParams.has(parameter)) there.searchParams.set(parameter, asked);
    return there.href;
  };
  history.pushState = (state, title, url) => {
    const there = carried(url);
    (there === location.href ? replace : push)(state, title, there);
    follow();
  };
  history.replaceState = (state, title, url) => { replace(state, title, carried(url)); follow(); };
  addEventListener("popstate", follow);
  follow();
}
