import { render } from "preact";
import { App } from "./app/App.tsx";
import "./styles/tokens.css";
import "./styles/layout.css";
import "./styles/components.css";
import "./styles/pages.css";

const host = document.getElementById("app");
if (host !== null) {
  render(<App />, host);
}
