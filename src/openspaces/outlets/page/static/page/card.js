// A card's page: hand it to whatever this device shares with.
const share = document.getElementById("share");

if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    navigator.share({ title: document.title, url: location.href.split("#")[0] }).catch(() => {});
  });
}
