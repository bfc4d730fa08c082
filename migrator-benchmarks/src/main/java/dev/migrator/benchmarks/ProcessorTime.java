package dev.migrator.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads from Linux' {@code /proc} what processes have had of the processor, in hundredths of a second. */
final class ProcessorTime {

    private ProcessorTime() {}

    /** Of the children of a process that have ended and been waited for, with their own; in seconds. */
    static double ofEndedChildren(String process) throws IOException {
        String stat = Files.readString(Path.of("/proc", process, "stat"));
        // the program's name, in parentheses, may hold blanks; cutime and cstime are fields 16 and 17
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }
}
