package pdf

// CodeGlyph is the code of a character that cannot be drawn right.
const CodeGlyph = "pdf-glyph"
