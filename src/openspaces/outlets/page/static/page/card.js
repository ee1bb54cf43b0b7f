// A card's page: hand it to whatever this device shares with; and ask whether anybody is there only while it runs.
const share = document.getElementById("share");
const nobody = document.querySelector("[data-starts]");

if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    navigator.share({ title: document.title, text: share.dataset.text, url: location.href.split("#")[0] }).catch(() => {});
  });
}

function showNobody() {
  const { starts, ends } = nobody.dataset;
  nobody.hidden = Date.now() < Date.parse(starts) || Date.now() >= Date.parse(ends);
}

if (nobody) {
  showNobody();
  setInterval(showNobody, 10_000);
}
