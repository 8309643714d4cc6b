package fleet

import (
	"context"
	"sync"
	"sync/atomic"
)

// each runs f for all agreements, by a number of workers, until ctx ends. What they
// give comes in no order; the channel, which has room for some, is closed when nobody
// works any more, and must be read to its end.
func each[T any](ctx context.Context, workers int, agreements []Agreement, f func(index int, a Agreement) T) <-chan T {
	results := make(chan T, groupSize)
	var next atomic.Int64
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(agreements) {
					return
				}
				results <- f(i, agreements[i])
			}
		})
	}
	go func() {
		running.Wait()
		close(results)
	}()
	return results
}

// inOrder reports results in the order of their indices.
type inOrder[T any] struct {
	report  func(T) error
	next    int
	waiting map[int]T
}

func (o *inOrder[T]) add(index int, result T) error {
	o.waiting[index] = result
	for {
		result, ok := o.waiting[o.next]
		if !ok {
			return nil
		}
		delete(o.waiting, o.next)
		o.next++
		if err := o.report(result); err != nil {
			return err
		}
	}
}
