package lock

// PrintedWords is a SHA-256 over the words that the program itself prints into
// documents, in schedules, summaries and signatures, and over the built-in
// frameworks: no file could pin them. A test computes it.
const PrintedWords = "d8338f09d132be19c94dcc56acf10ea3bf8725a1312c118bff2b91ba8ca07cb4"
