/** Where the workspace's state has the id of the conversation that the window showed last. */
export const conversationKey = "conversationId";
