/** By this id the editor restores the usage page after a reload. */
export const usagePanelType = "groqCoder.usagePanel";
