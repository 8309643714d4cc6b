package lock

// PrintedWords is a SHA-256 over the words that the program itself prints into
// documents, in schedules, summaries and signatures, and over the built-in
// frameworks: no file could pin them. A test computes it.
const PrintedWords = "62741fb4c6895edbde7837aa8f94d32720d4db394424a27374d392e4bbf4fde2"
