package dev.migrator.sample.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A Dockerfile, read strictly: a line that is no instruction is an error. */
record Dockerfile(List<Instruction> instructions) {

    private static final Set<String> KNOWN = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    /**
     * One instruction.
     *
     * @param name in capitals
     * @param arguments the rest, on one line
     */
    record Instruction(String name, String arguments) {

        List<String> words() {
            return List.of(arguments.split("\\s+"));
        }
    }

    static Dockerfile parse(List<String> lines) {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder instruction = new StringBuilder();
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("#") || text.isEmpty() && instruction.isEmpty()) {
                continue;
            }
            if (text.endsWith("\\")) {
                instruction.append(text, 0, text.length() - 1);
            } else {
                instructions.add(instruction(instruction.append(text).toString()));
                instruction.setLength(0);
            }
        }
        if (!instruction.isEmpty()) {
            throw new IllegalArgumentException("The last instruction is not complete: " + instruction);
        }
        return new Dockerfile(instructions);
    }

    private static Instruction instruction(String text) {
        String[] words = text.split("\\s+", 2);
        String name = words[0].toUpperCase(Locale.ROOT);
        if (!KNOWN.contains(name) || words.length < 2) {
            throw new IllegalArgumentException("No instruction: " + text);
        }
        return new Instruction(name, words[1]);
    }

    List<Instruction> all(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .toList();
    }

    /** From that stage's FROM to the next one. */
    Dockerfile stage(int number) {
        List<Instruction> stage = new ArrayList<>();
        int current = -1;
        for (Instruction instruction : instructions) {
            if (instruction.name().equals("FROM")) {
                current++;
            }
            if (current == number) {
                stage.add(instruction);
            }
        }
        return new Dockerfile(stage);
    }

    Dockerfile lastStage() {
        return stage(all("FROM").size() - 1);
    }
}
