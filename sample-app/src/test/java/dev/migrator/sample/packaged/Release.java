package dev.migrator.sample.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs in a folder that know one database and one port, as on a machine on which the application is deployed. */
record Release(Path folder, InstalledServer server, String database, int port) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** How a program ended, and what it printed. */
    record Result(int exitCode, String output, String errors) {

        Result ok() {
            assertThat(exitCode).as(output + errors).isZero();
            return this;
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(output);
        }
    }

    static Release in(Path folder, InstalledServer server, String database) throws IOException {
        server.createDatabase(database);
        Path java = Files.writeString(
                folder.resolve("java"), """
                #!/bin/sh
                exec %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
                """.formatted(Path.of(System.getProperty("java.home"), "bin", "java")));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return new Release(folder, server, database, InstalledServer.freePort());
    }

    Process start(Path jar) throws IOException {
        return builder(List.of(java(), "-jar", jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("bookshop.log").toFile())
                .start();
    }

    Result migrations(Path jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", jar.toString(), "migrations"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    Result run(List<String> command) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = builder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private String java() {
        return folder.resolve("java").toString();
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SPRING_") || name.startsWith("MIGRATOR_"));
        environment.put("JAVA", java());
        environment.put("SERVER_PORT", "" + port);
        environment.put("SPRING_DATASOURCE_URL", server.url(database));
        environment.put("SPRING_DATASOURCE_USERNAME", "postgres");
        environment.put("PATH", server.bin() + ":" + environment.get("PATH"));
        return builder;
    }

    String url(String path) {
        return "http://localhost:" + port + path;
    }

    void awaitReady(Process process) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("bookshop.log")))
                    .isTrue();
            try {
                return get("/actuator/health/readiness").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url(path))).build());
    }

    void addCustomer(String name) throws IOException, InterruptedException {
        String json = "{\"name\": \"%s\", \"email\": \"%s@example.org\"}".formatted(name, name);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url("/customers")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    List<String> rows(String query) {
        return server.jdbc(database).sql(query).query(String.class).list();
    }
}
