package fleet

// The codes of this package's diagnostics.
const (
	codeSameOutput = "fleet-same-id" // two agreements whose files would have one name
	codeName       = "fleet-name"    // an id that cannot be the name of a file everywhere
	codeID         = "fleet-id"      // an id that cannot be told without decoding the file
	codeIssued     = "fleet-issued"  // warning: a document that was sent or signed would be another now, and is left
	codeLost       = "fleet-lost"    // warning: a document that was sent or signed is not in the output folder, and cannot be made again
	codeUnknown    = "fleet-unknown" // warning: files in the way of a document, of which nobody knows the version
)
