// The only program in the lab's container images. Without arguments it waits for a signal, as a pod's pause
// container does; `memory MB` takes that much memory, `spawn N` starts N processes that wait, `exit CODE` ends.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"syscall"
)

func main() {
	word, count := "", 0
	if len(os.Args) > 1 {
		word = os.Args[1]
	}
	if len(os.Args) > 2 {
		count, _ = strconv.Atoi(os.Args[2])
	}
	switch word {
	case "exit":
		os.Exit(count)
	case "memory":
		hold(count)
	case "spawn":
		spawn(count)
	}
	wait()
}

// hold touches every page, so that the kernel has to give it.
func hold(megabytes int) {
	var held [][]byte
	for i := 0; i < megabytes; i++ {
		block := make([]byte, 1<<20)
		for at := 0; at < len(block); at += 4096 {
			block[at] = 1
		}
		held = append(held, block)
	}
	fmt.Println("holding", len(held), "MB")
	defer func() { _ = held }()
	wait()
}

func spawn(count int) {
	for i := 0; i < count; i++ {
		if err := exec.Command("/proc/self/exe").Start(); err != nil {
			fmt.Println("started", i, "then:", err)
			break
		}
	}
}

func wait() {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	<-ended
}
