// An element of the app's own: a heading and three buttons, of which one is pressed.
const MOODS = {
  calm: { nb: "Rolig", nn: "Roleg", en: "Calm" },
  festive: { nb: "Festlig", nn: "Festleg", en: "Festive" },
  solemn: { nb: "Høytidelig", nn: "Høgtideleg", en: "Solemn" },
};

class MoodPicker extends HTMLElement {
  set texts(texts) {
    const title = document.createElement("p");
    title.id = "title";
    title.textContent = texts.title;
    this.setAttribute("role", "group");
    this.setAttribute("aria-labelledby", title.id);
    this.replaceChildren(title, ...Object.keys(MOODS).map((mood) => this.button(mood)));
    this.show();
  }

  set formData(data) {
    this.chosen = data?.simpleBinding;
    this.show();
  }

  show() {
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === this.chosen));
    }
  }

  button(mood) {
    const button = document.createElement("button");
    button.type = "button";
    button.value = mood;
    button.textContent = MOODS[mood][document.documentElement.lang] ?? MOODS[mood].nb;
    button.addEventListener("click", () => {
      this.formData = { simpleBinding: mood };
      this.dispatchEvent(new CustomEvent("dataChanged", { detail: { value: mood } }));
    });
    return button;
  }
}

customElements.define("mood-picker", MoodPicker);
