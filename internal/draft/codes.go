package draft

// The codes of this package's diagnostics.
const (
	codeMapSchema  = "map-schema"  // the file is no map
	codeMapSection = "map-section" // a section without its file, or a file without its section
	codeMapField   = "map-field"   // a field that is unknown, given twice, incomplete or missing
	codeMapValues  = "map-values"  // translations that contradict each other

	codeCSVEncoding  = "csv-encoding"  // the file is not UTF-8 text
	codeCSVSyntax    = "csv-syntax"    // quotes that do not close, or a row of another length
	codeCSVColumn    = "csv-column"    // a column that the map names is not there, or is there twice
	codeCSVValue     = "csv-value"     // a cell that an agreement cannot hold
	codeCSVFormula   = "csv-formula"   // a cell that a spreadsheet would run
	codeCSVDuplicate = "csv-duplicate" // two rows of one key, or two people of one part
	codeCSVSameID    = "csv-same-id"   // two agreements of one id, or a file that is there already
	codeCSVOrphan    = "csv-orphan"    // a row that belongs to no company
	codeCSVRows      = "csv-rows"      // a row is left out because of others that belong to it
)
