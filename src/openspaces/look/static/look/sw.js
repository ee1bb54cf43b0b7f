// What runs while no page is open: it shows a message that came, and a tap on it opens what it is about. It keeps no copy
// of any page, so nobody ever reads an old board for the present one.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* a browser wants something shown all the same */ }
  const { title = "Open Spaces", body = "", url = "/", tag = "open-spaces", lang = "", dir = "auto" } = told;
  const icon = "/favicon.ico";
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang, dir, icon, renotify: true, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data?.url ?? "/", self.location.origin)));
});

/** Where a page of that address is open already, it comes forward. */
async function open(address) {
  if (address.origin !== self.location.origin) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === address.pathname);
  if (there) await there.focus();
  else await self.clients.openWindow(address.href);
}
