/// Larry's tables, and the indexes his questions need.
enum LarrySchema {
    /// - `larry_turns` keeps every question with its whole trace as JSON; a thread is the turns of one id, and belongs to who asked.
    /// - Conversations are counted without their texts, so that a question need not read through all mail.
    static let script = """
        CREATE TABLE larry_turns (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, thread TEXT NOT NULL, owner TEXT NOT NULL, asked_at BIGINT NOT NULL,
            question TEXT NOT NULL, status TEXT NOT NULL, model TEXT NOT NULL, frame TEXT, answer TEXT NOT NULL, trace TEXT NOT NULL,
            verdict TEXT, reason TEXT,
            PRIMARY KEY (workspace_id, id));
        CREATE INDEX larry_turns_by_owner ON larry_turns (workspace_id, owner, id);
        CREATE INDEX larry_turns_by_thread ON larry_turns (workspace_id, thread, id);
        CREATE INDEX conversations_by_time ON conversations
            (workspace_id, created_at, connection_id, ticket_id, kind, is_incoming, user_id);
        """
}
