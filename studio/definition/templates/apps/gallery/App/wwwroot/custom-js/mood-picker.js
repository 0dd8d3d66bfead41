// An element of the app's own: three buttons, of which one is pressed.
const MOODS = ["🎉", "🎻", "🌿"];

class MoodPicker extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(...MOODS.map((mood) => this.button(mood)));
  }

  set formData(data) {
    this.chosen = data?.simpleBinding;
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.textContent === this.chosen));
    }
  }

  button(mood) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = mood;
    button.setAttribute("aria-pressed", String(mood === this.chosen));
    button.addEventListener("click", () => {
      this.formData = { simpleBinding: mood };
      this.dispatchEvent(new CustomEvent("dataChanged", { detail: { value: mood } }));
    });
    return button;
  }
}

customElements.define("mood-picker", MoodPicker);
