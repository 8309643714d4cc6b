package expand

import (
	"encoding/binary"
	"fmt"
	"text/template/parse"

	"concordat/internal/source"
)

// The functions that rewritten templates call. No template can name them:
// names that are not on the list are refused before the tree is rewritten.
// The first operand of each is an index into a table of program.
const (
	fnGet       = "x_get"       // a chain of fields of its second operand
	fnEmit      = "x_emit"      // prints the value of a pipeline
	fnEmitField = "x_emitField" // prints the last field of a chain
	fnCall      = "x_call"      // a function of the list
)

// order is what a text node of a rewritten tree tells the machine.
type order byte

const (
	orderStep order = 's' // a body begins
	orderText order = 't' // a piece of template text
	orderSlot order = 'k' // an inline or block function
)

// textNode is the text node that gives an order with an index into a table of
// program.
func textNode(o order, id int) *parse.TextNode {
	text := binary.BigEndian.AppendUint32([]byte{byte(o)}, uint32(id))
	return &parse.TextNode{NodeType: parse.NodeText, Text: text}
}

// program is what the functions of a rewritten tree look up.
type program struct {
	bodies    []work
	texts     []piece
	chains    []chain
	calls     []invocation
	emissions []Slot // without Text and Receiver
}

// work is what executing a body once costs, in nodes.
type work struct {
	weight int
	span   source.Span // the action that begins the body
}

// piece is a run of template text. Its place is exact: byte for byte.
type piece struct {
	text string
	span source.Span
}

// chain is a checked chain of fields such as .Customer.LegalName.
type chain struct {
	name  string // as written in front of the first field, "" for dot
	steps []step
	span  source.Span
}

type step struct {
	name  string
	index []int // for reflect.Value.FieldByIndex
}

// invocation is one call of a function of the list.
type invocation struct {
	*function
	span source.Span
}

// call is a command that calls one of the functions of rewritten trees.
func call(name string, id int, operands ...parse.Node) *parse.CommandNode {
	args := append([]parse.Node{parse.NewIdentifier(name), integer(id)}, operands...)
	return &parse.CommandNode{NodeType: parse.NodeCommand, Args: args}
}

func integer(i int) *parse.NumberNode {
	return &parse.NumberNode{NodeType: parse.NodeNumber, IsInt: true, Int64: int64(i), Text: fmt.Sprint(i)}
}

func pipeline(cmd *parse.CommandNode) *parse.PipeNode {
	return &parse.PipeNode{NodeType: parse.NodePipe, Cmds: []*parse.CommandNode{cmd}}
}

// printing is an action of one command.
func printing(cmd *parse.CommandNode) *parse.ActionNode {
	return &parse.ActionNode{NodeType: parse.NodeAction, Pipe: pipeline(cmd)}
}
