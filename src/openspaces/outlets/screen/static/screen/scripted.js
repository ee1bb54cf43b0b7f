// Before the first paint: where scripts run, the list of the day is theirs to show.
document.documentElement.classList.add("scripted");
