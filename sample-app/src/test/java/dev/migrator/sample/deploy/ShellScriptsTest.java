package dev.migrator.sample.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellScriptsTest {

    @Test
    void shellcheckFindsNothing() throws Exception {
        boolean installed = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "shellcheck")));
        if (System.getenv("CI") == null) {
            assumeThat(installed).as("shellcheck is installed").isTrue();
        }
        List<String> command = new ArrayList<>(List.of("shellcheck"));
        DeployFolder.find().files().stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".sh"))
                .forEach(command::add);
        assertThat(command).hasSizeGreaterThan(1);

        Process shellcheck =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        String findings = new String(shellcheck.getInputStream().readAllBytes());

        assertThat(findings).isEmpty();
        assertThat(shellcheck.waitFor()).isZero();
    }

    @Test
    void whatIsToBeRunCanBeRun() throws IOException {
        assertThat(DeployFolder.find().file("update.sh"))
                .isExecutable()
                .content()
                .startsWith("#!/usr/bin/env bash\n");
    }
}
