// An element of the app's own: a heading and three buttons, of which one is pressed.
const MOODS = ["calm", "festive", "solemn"];

class MoodPicker extends HTMLElement {
  set texts(texts) {
    const title = document.createElement("p");
    title.id = "title";
    title.textContent = texts.title;
    this.setAttribute("role", "group");
    this.setAttribute("aria-labelledby", title.id);
    this.replaceChildren(title, ...MOODS.map((mood) => this.button(mood, texts[mood] ?? mood)));
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

  button(mood, words) {
    const button = document.createElement("button");
    button.type = "button";
    button.value = mood;
    button.textContent = words;
    button.addEventListener("click", () => {
      this.formData = { simpleBinding: mood };
      this.dispatchEvent(new CustomEvent("dataChanged", { detail: { value: mood } }));
    });
    return button;
  }
}

customElements.define("mood-picker", MoodPicker);
