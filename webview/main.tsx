import "./styles/page.css";
import "./styles/controls.css";
import "./styles/composer.css";
import "./styles/turns.css";
import "./styles/markdown.css";
import "./styles/code.css";
import { render } from "preact";
import { App } from "./app";
import { loadPart } from "./laterParts";
import { listenForFiles } from "./markdown/knownFiles";

listenForFiles();
const root = document.getElementById("root");
if (root !== null) render(<App />, root);
// The message box is native and can be typed into at once; buttons get their looks right after the first paint.
requestAnimationFrame(() => setTimeout(() => void loadControls().catch(() => undefined)));

async function loadControls(): Promise<void> {
  const { registerControls } = await loadPart("controls");
  registerControls();
}
