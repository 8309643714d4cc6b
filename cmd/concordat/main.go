// Command concordat turns an agreement file into a Cyber Constitution.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"concordat/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(cli.Main(ctx, os.Args[1:], cli.StandardStreams(os.Stdin, os.Stdout, os.Stderr, os.Getenv), time.Now))
}
