package dev.migrator.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.migrator.Migrator;
import dev.migrator.run.MigrationReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.postgresql.ds.PGSimpleDataSource;

/** The process that is measured: migrates a database once, and says what that took. */
final class MigrateOnce {

    private MigrateOnce() {}

    /** Host, port, user, database and the folder of the migrations; the password is in PGPASSWORD. */
    public static void main(String... arguments) throws IOException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {arguments[0]});
        dataSource.setPortNumbers(new int[] {Integer.parseInt(arguments[1])});
        dataSource.setUser(arguments[2]);
        dataSource.setDatabaseName(arguments[3]);
        String password = System.getenv("PGPASSWORD");
        if (password != null) {
            dataSource.setPassword(password);
        }
        long start = System.nanoTime();
        MigrationReport report = Migrator.builder(dataSource)
                .locations("filesystem:" + arguments[4])
                .build()
                .migrate();
        double seconds = (System.nanoTime() - start) / 1e9;
        long cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        System.out.printf(
                Locale.ROOT,
                "%d applied in %.2f s, %.2f s of this process's processor time, at most %s resident%n",
                report.applied().size(),
                seconds,
                cpu / 1e9,
                resident());
    }

    /** The most memory that the process has had, of all sorts; known on Linux only. */
    private static String resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                ? "?"
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.substring(6).strip())
                        .findFirst()
                        .orElse("?");
    }
}
