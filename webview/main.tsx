import "./styles/hidden.css";
import "./styles/page.css";
import "./styles/controls.css";
import "./styles/composer.css";
import "./styles/turns.css";
import "./styles/markdown.css";
import "./styles/code.css";
import { render } from "preact";
import { App } from "./app";
import { loadControlsSoon } from "./laterParts";

const root = document.getElementById("root");
if (root !== null) render(<App />, root);
// Later, because the message box is native and can be typed into at once.
loadControlsSoon();
