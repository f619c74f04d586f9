ALTER TABLE emails ADD COLUMN reply_to text;
COMMENT ON COLUMN emails.reply_to IS 'Address that reads the answers; NULL for mails queued before this column, which have none.';
