import "@vscode/codicons/dist/codicon.css";
import "./chat.css";
import { render } from "preact";
import { App } from "./app";
import { registerControls } from "./controls";

const root = document.getElementById("root");
if (root !== null) render(<App />, root);
// The message box is native and can be typed into at once; buttons get their looks right after.
setTimeout(registerControls);
