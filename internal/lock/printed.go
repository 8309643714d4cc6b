package lock

// PrintedWords is a SHA-256 over the words that the program itself prints into
// documents, in schedules, summaries and signatures, and over the built-in
// frameworks: no file could pin them. A test computes it.
const PrintedWords = "9778c8b8ce6dc30426e10db6cc173d084d1b13e698d9916de1a38818a2d9da86"
