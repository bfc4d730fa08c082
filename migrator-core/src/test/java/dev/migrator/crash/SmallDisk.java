package dev.migrator.crash;

import dev.migrator.testing.Program;
import dev.migrator.testing.Requirement;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is full soon. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts it; skips the test where that is not allowed. */
    public static SmallDisk mount(Path parent, String owner, int megabytes) {
        Path folder = parent.resolve("small-disk");
        folder.toFile().mkdir();
        boolean mounted = Program.run(List.of(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "mode=0777,size=" + megabytes + "m",
                                "tmpfs",
                                folder.toString()))
                        .exitCode()
                == 0;
        Requirement.that(mounted, "a tmpfs cannot be mounted here, which needs root");
        SmallDisk disk = new SmallDisk(folder);
        Program.succeed("chown", owner, folder.toString());
        return disk;
    }

    public Path folder() {
        return folder;
    }

    void resize(int megabytes) {
        Program.succeed("mount", "-o", "remount,size=" + megabytes + "m", folder.toString());
    }

    @Override
    public void close() {
        Program.succeed("umount", "--lazy", folder.toString());
    }
}
