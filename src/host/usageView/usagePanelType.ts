/** By this the editor brings back the usage page after a reload. */
export const usagePanelType = "groqCoder.usagePanel";
