// Keeps in this browser who works here, so that the name is asked for once, and mends the navigation: the group of the page
// that is open is marked, and its list on a narrow screen is one that a screen reader can tell.
({ personAttribute, cookieName, groupAttribute }) => {
  const keepName = () => {
    const said = document.querySelector(`[${personAttribute}]`);
    if (!said) return;
    const name = encodeURIComponent(said.getAttribute(personAttribute));
    document.cookie = cookieName + "=" + name + "; path=/; max-age=" + (name ? 31536000 : 0) + "; samesite=lax";
  };
  const markGroup = () => {
    const open = document.querySelector(`[${groupAttribute}]`)?.getAttribute(groupAttribute);
    for (const button of document.querySelectorAll('[data-testid="stTopNavSection"]')) {
      const is = button.querySelector("span")?.textContent.trim() === open;
      if (is && button.getAttribute("aria-current") !== "true") button.setAttribute("aria-current", "true");
      if (!is && button.hasAttribute("aria-current")) button.removeAttribute("aria-current");
    }
  };
  // On a narrow screen the navigation is a list whose groups are no list items: its links are told, the broken list is not.
  const mendList = () => {
    for (const list of document.querySelectorAll('ul[data-testid="stSidebarNavItems"]:has(> div)')) {
      if (list.getAttribute("role") !== "group") list.setAttribute("role", "group");
      for (const item of list.querySelectorAll("li:not([role])")) item.setAttribute("role", "none");
    }
  };
  new MutationObserver(() => { keepName(); markGroup(); mendList(); })
    .observe(document.documentElement, { childList: true, subtree: true });
}
