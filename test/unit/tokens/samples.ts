import { readFileSync } from "node:fs";

function file(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

/** Texts of many kinds: what people select in an editor, and what is hardest to guess. */
export const samples: Readonly<Record<string, string>> = {
  prose: file("LICENSE"),
  typescript: file("src/core/dispatch/dispatcher.ts"),
  preact: file("webview/markdown/markdown.tsx"),
  styles: file("webview/styles/page.css"),
  json: file("package.json"),
  "lock file": file("package-lock.json").slice(0, 20_000),
  python: file("test/fixtures/sampleWorkspace/reports/daily.py"),
  sql: file("src/store/schema.ts"),
  chinese: "这个函数计算购物车的总价,并且应用折扣。如果用户没有登录,则返回零。".repeat(20),
  japanese: "この関数はカートの合計金額を計算し、割引を適用します。".repeat(20),
  korean: "이 함수는 장바구니의 총액을 계산하고 할인을 적용합니다.".repeat(20),
  russian: "Эта функция вычисляет сумму корзины и применяет скидку.".repeat(20),
  arabic: "تحسب هذه الدالة إجمالي سلة التسوق وتطبق الخصم.".repeat(20),
  thai: "ฟังก์ชันนี้คำนวณยอดรวมของตะกร้าสินค้า".repeat(20),
  emoji: "😀🎉👩‍👩‍👧‍👦🚀".repeat(50),
  "a table of numbers": Array.from({ length: 500 }, (_, i) => (i * 7919) % 256).join(","),
  bits: "0,1,".repeat(400),
  hexadecimal: Array.from({ length: 200 }, (_, i) => ((i * 2654435761) >>> 0).toString(16)).join(
    "",
  ),
  base64: Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i * 31) % 251)).toString(
    "base64",
  ),
  punctuation: "){[]}({};:<>=!&&||??->=>".repeat(60),
  constants: "MAX_RETRY_COUNT = DEFAULT_TIMEOUT_MS\n".repeat(60),
  indentation: `${" ".repeat(37)}x\n`.repeat(40),
  mathematics: "∀x∈ℝ ∃y: x²≥y ∧ ¬(a⇒b)".repeat(30),
};
