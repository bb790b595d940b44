import "./styles/page.css";
import "./styles/charts.css";
import "./styles/projection.css";
import { render } from "preact";
import { loadPart } from "../laterParts";
import { UsageApp } from "./usageApp";

const root = document.getElementById("root");
if (root !== null) render(<UsageApp />, root);
// The figures come first: buttons get their looks right after the first paint.
requestAnimationFrame(() => setTimeout(() => void loadControls().catch(() => undefined)));

async function loadControls(): Promise<void> {
  const { registerControls } = await loadPart("controls");
  registerControls();
}
