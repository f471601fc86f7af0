const root = document.documentElement;
const titles = { en: {{ bodies.en.title | tojson }}, zh: {{ bodies.zh.title | tojson }} };
function speak(lang) {
  root.dataset.lang = lang;
  root.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = titles[lang] + " – ftz_sim";
  for (const button of document.querySelectorAll("button[data-speak]"))
    button.setAttribute("aria-pressed", String(button.dataset.speak === lang));
}
for (const button of document.querySelectorAll("button[data-speak]"))
  button.addEventListener("click", () => {
    // stay at the section that is being read
    const seen = [...document.querySelectorAll(`[data-edition="${root.dataset.lang}"] section`)];
    const place = seen.findIndex((each) => each.getBoundingClientRect().bottom > 80);
    const top = scrollY < 200;
    speak(button.dataset.speak);
    const now = document.querySelectorAll(`[data-edition="${root.dataset.lang}"] section`)[place];
    if (!top && now) now.scrollIntoView();
  });
for (const button of document.querySelectorAll("button[data-print]")) button.addEventListener("click", () => print());
const asked = new URLSearchParams(location.search).get("lang");
speak(asked in titles ? asked : root.dataset.lang);
