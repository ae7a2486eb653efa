// Keeps in this browser who works here, so that the name is asked for once, and marks the group of the page that is open.
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
  new MutationObserver(() => { keepName(); markGroup(); })
    .observe(document.documentElement, { childList: true, subtree: true });
}
